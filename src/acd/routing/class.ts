import type { AtMs, QueueId } from '../../model/ids.ts';
import type { AcdState, Item } from '../state.ts';
import { suitedBy } from './agent-table.ts';
import { type Bits, countBits, eachBit, setBit } from './bits.ts';
import { type Demand, demandOf, ruleFits } from './demand.ts';
import { UNCOUNTED } from './heads.ts';
import { needsNumber } from './known-needs.ts';
import { keyOf, objectiveOf } from './order.ts';
import { SortedLine } from './sorted-line.ts';
import { clearRow, giveNumber, type Media, mediaOf, type QueueIndex, queueIndex } from './tables.ts';

/**
 * Items of a class are interchangeable for the question who may have them: same queue, channel, needs, step. So eligibility
 * is found once for each class and agent, and of a line only the first has to be looked at.
 */
export type RoutingClass = {
  readonly number: number;
  readonly key: string;
  readonly queueId: QueueId;
  readonly media: Media;
  readonly demand: Demand;
  readonly eligible: Bits;
  readonly eligibleCount: number;
  /** How many of the queue's agents can never have such an item, and why. */
  readonly unsuited: { readonly held: number; readonly team: number; readonly skills: number };
  line: SortedLine<Item>;
  /** Relaxation steps that its items took. */
  readonly step: number;
  readonly lifo: boolean;
  readonly objectiveMs: number;
  /** Made for a few named agents: forgotten as soon as nobody stands in it. */
  readonly passing: boolean;
};

/** Empty classes are forgotten when there are more than this many in all. */
const CLASSES_MAX = 4096;

/** The class an item belongs to as it is now; undefined when its queue is gone. */
export function classOf(state: AcdState, item: Item): RoutingClass | undefined {
  const queue = queueIndex(state, item.queueId);
  if (!queue) return undefined;
  const media = mediaOf(state, item.channel, item.label);
  const escalated = isEscalated(state, queue, item);
  const plain =
    item.hold.length === 0 &&
    !escalated &&
    queue.queue.rules.length === 0 &&
    needsNumber(state.index.needs, item.needs) === 0;
  if (!plain) return keyedClass(state, queue, media, item, escalated);
  const steps = queue.plain[media.number];
  const known = steps?.[item.step];
  if (known) return known;
  const made = makeClass(state, queue, media, item, escalated, '');
  if (steps) steps[item.step] = made;
  else queue.plain[media.number] = withOne(item.step, made);
  return made;
}

function withOne(step: number, made: RoutingClass): (RoutingClass | undefined)[] {
  const steps: (RoutingClass | undefined)[] = [];
  steps[step] = made;
  return steps;
}

function keyedClass(state: AcdState, queue: QueueIndex, media: Media, item: Item, escalated: boolean): RoutingClass {
  const key = `${queue.number} ${media.number} ${needsNumber(state.index.needs, item.needs)} ${item.step}${escalated ? 'e' : ''} ${rulesKey(queue, item)} ${item.hold.join(' ')}`;
  const known = state.index.byKey.get(key);
  if (known) return known;
  const made = makeClass(state, queue, media, item, escalated, key);
  state.index.byKey.set(key, made);
  return made;
}

function rulesKey({ queue }: QueueIndex, item: Item): string {
  if (queue.rules.length === 0) return '';
  // What the rules look at is the item's channel, label and attributes; those that fit are what sets classes apart. An
  // expression may look at more (priority, customer), so what counts of it is whether it holds.
  let held = '';
  for (const rule of queue.rules) if (rule.when.expression !== undefined) held += ruleFits(rule, item) ? '+' : '-';
  return JSON.stringify([item.label, item.attributes]) + held;
}

function isEscalated(state: AcdState, { queue }: QueueIndex, item: Item): boolean {
  const { escalation } = queue;
  const attempts = escalation && state.attempts.get(item.contactId);
  if (!escalation || !attempts) return false;
  return escalation.from.reduce((sum, team) => sum + (attempts[team] ?? 0), 0) >= escalation.after;
}

function makeClass(
  state: AcdState,
  queue: QueueIndex,
  media: Media,
  item: Item,
  escalated: boolean,
  key: string,
): RoutingClass {
  if (state.index.classCount >= CLASSES_MAX) forgetEmpty(state);
  const demand = demandOf(queue.queue, item, escalated);
  const number = giveNumber(state.index);
  const { rows, rowWords, heads, table } = state.index;
  const { eligible, unsuited } = suitedBy(table, queue.members, demand);
  eachBit(eligible, (slot) => {
    rows[slot * rowWords + (number >> 5)]! |= 1 << (number & 31);
  });
  const made: RoutingClass = {
    number,
    key,
    queueId: queue.queue.id,
    media,
    demand,
    eligible,
    eligibleCount: countBits(eligible),
    unsuited,
    line: new SortedLine(),
    step: item.step,
    lifo: queue.queue.order === 'lifo',
    objectiveMs: objectiveOf(queue.queue),
    passing: item.hold.length > 0,
  };
  heads.objectivesMs[number] = made.objectiveMs;
  heads.media[number] = media.number;
  heads.staffed[number] = UNCOUNTED;
  heads.lots[number] = UNCOUNTED;
  heads.special[number] = made.lifo || queue.queue.strategy === 'ring_all' ? 1 : 0;
  state.index.classes[number] = made;
  queue.classes.add(made);
  return made;
}

/** Puts an item into the line of its class. One that comes back from an offer finds its old place: its key is the same. */
export function stand(state: AcdState, item: Item): void {
  if (item.standsIn) return;
  const found = classOf(state, item);
  if (!found) return;
  item.standsIn = found;
  found.line.insert(item);
  state.index.heads.keys[found.number] = found.line.first()!.key;
  if (found.line.length === 1) setBit(state.index.waiting, found.number);
}

export function leaveLine(state: AcdState, item: Item): void {
  const from = item.standsIn;
  if (!from) return;
  from.line.remove(item);
  item.standsIn = null;
  const first = from.line.first();
  if (first) {
    state.index.heads.keys[from.number] = first.key;
    return;
  }
  state.index.waiting[from.number >> 5]! &= ~(1 << (from.number & 31));
  if (from.passing) forget(state, from);
}

/** After a change of what the item asks for: into the line of its new class, in the same place by its key. */
export function standAnew(state: AcdState, item: Item): void {
  if (!item.standsIn) return;
  leaveLine(state, item);
  stand(state, item);
}

export function setKey(state: AcdState, item: Item): void {
  const queue = queueIndex(state, item.queueId);
  if (queue) item.key = keyOf(queue.queue, item);
}

function forgetEmpty(state: AcdState): void {
  for (const one of state.index.classes) if (one && one.line.length === 0) forget(state, one);
}

function forget(state: AcdState, gone: RoutingClass): void {
  const { index } = state;
  eachBit(gone.eligible, (slot) => clearRow(index, slot, gone.number));
  index.classes[gone.number] = undefined;
  index.spare.push(gone.number);
  index.classCount -= 1;
  index.byKey.delete(gone.key);
  const queue = index.queues.get(gone.queueId);
  queue?.classes.delete(gone);
  for (const steps of queue?.plain ?? []) {
    const at = steps?.indexOf(gone) ?? -1;
    if (at >= 0) steps![at] = undefined;
  }
}

/** How many items of its queue stand before an item, over all classes of the queue. */
export function aheadInQueue(state: AcdState, item: Item): number {
  let count = 0;
  for (const one of state.index.queues.get(item.queueId)?.classes ?? []) count += one.line.ahead(item);
  return count;
}

/** How many items stand in the lines of a queue. */
export function lengthOf(state: AcdState, queueId: QueueId): number {
  let count = 0;
  for (const one of state.index.queues.get(queueId)?.classes ?? []) count += one.line.length;
  return count;
}

/** The items in a queue's lines in the order in which they would be served if every agent could take each. */
export function inOrder(state: AcdState, queueId: QueueId): Item[] {
  const items = [...(state.index.queues.get(queueId)?.classes ?? [])].flatMap((one) => [...one.line]);
  return items.sort((a, b) => a.key - b.key || (a.contactId < b.contactId ? -1 : 1));
}

/** How long an item has been in its queue. */
export function waitedMs(item: Item, nowMs: AtMs): number {
  return nowMs - item.queuedAtMs;
}
