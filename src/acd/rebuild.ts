import { CHANNELS } from '../model/channel.ts';
import type { QueueId } from '../model/ids.ts';
import type { Queue } from '../model/queue.ts';
import { tableOf } from './routing/agent-table.ts';
import { bitsFor, setBit } from './routing/bits.ts';
import { classOf, type RoutingClass } from './routing/class.ts';
import { headsFor } from './routing/heads.ts';
import { inHandFor } from './routing/in-hand.ts';
import { keyOf } from './routing/order.ts';
import { SortedLine, standsBefore } from './routing/sorted-line.ts';
import { queueIndex, ROW_WORDS_MIN, refresh } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';

/**
 * Builds the index and the lines anew from agents, items and site. Items that stood in one class go on as one line where
 * nothing sets them apart now: same steps, no rules that look at the single item, the same order.
 */
export function rebuildIndex(state: AcdState, orderKept: (queueId: QueueId) => boolean = () => false): void {
  const before = state.index.classes;
  resetIndex(state);
  for (const agent of state.index.slots) refresh(state, agent);
  const lines: Lines = new Map();
  for (const old of before) if (old && old.line.length > 0) placeLine(state, old, orderKept(old.queueId), lines);
  // Those who stood nowhere: offered ones, and all of them after a snapshot.
  for (const item of state.items.values()) if (item.standsIn === null) placeItem(state, item, lines);
  for (const [one, parts] of lines) fillLine(state, one, parts);
}

/** What comes together in one class, each part in order. */
type Lines = Map<RoutingClass, Item[][]>;

function placeLine(state: AcdState, old: RoutingClass, orderKept: boolean, lines: Lines): void {
  const queue = queueIndex(state, old.queueId)?.queue;
  const bySteps: { one: RoutingClass; part: Item[] }[] = [];
  for (const item of old.line.toArray()) {
    // Rules look at the single item, so what went alike need not do so any more.
    if (!queue || queue.rules.length > 0 || !standsInLine(queue, item)) {
      item.standsIn = null;
      continue;
    }
    if (!orderKept) item.key = keyOf(queue, item);
    let place = bySteps[item.step];
    if (!place) {
      place = { one: classOf(state, item)!, part: [] };
      bySteps[item.step] = place;
    }
    item.standsIn = place.one;
    place.part.push(item);
  }
  for (const place of bySteps) if (place) addPart(lines, place.one, orderKept ? place.part : inOrder(place.part));
}

function placeItem(state: AcdState, item: Item, lines: Lines): void {
  const queue = queueIndex(state, item.queueId)?.queue;
  if (!queue) return;
  item.key = keyOf(queue, item);
  const found = standsInLine(queue, item) ? classOf(state, item) : undefined;
  if (!found) return;
  item.standsIn = found;
  const last = lines.get(found)?.at(-1);
  if (last && standsBefore(last.at(-1)!, item)) last.push(item);
  else addPart(lines, found, [item]);
}

function addPart(lines: Lines, one: RoutingClass, part: Item[]): void {
  const parts = lines.get(one);
  if (parts) parts.push(part);
  else lines.set(one, [part]);
}

function fillLine({ index }: AcdState, one: RoutingClass, parts: readonly Item[][]): void {
  const items = parts.length === 1 ? parts[0]! : inOrder(([] as Item[]).concat(...parts));
  one.line = SortedLine.of(items);
  index.heads.keys[one.number] = items[0]!.key;
  setBit(index.waiting, one.number);
}

function inOrder(items: Item[]): Item[] {
  for (let at = 1; at < items.length; at++) {
    if (!standsBefore(items[at - 1]!, items[at]!)) return items.sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  }
  return items;
}

/** An item for which several phones ring stays in line, so that agents who become free join in. */
export function standsInLine(queue: Queue, item: Item): boolean {
  return item.stage === 'waiting' || (item.stage === 'offered' && queue.strategy === 'ring_all');
}

function resetIndex({ agents, site, index }: AcdState): void {
  // In the order of the site: a map that came out of a snapshot has another order, and a strategy goes by this one.
  const gone = [...agents.values()].filter(({ id }) => !site.agents[id]).sort((a, b) => (a.id < b.id ? -1 : 1));
  index.slots = [...Object.keys(site.agents).flatMap((id) => agents.get(id) ?? []), ...gone];
  index.slots.forEach((agent, slot) => {
    agent.slot = slot;
  });
  index.capacities = index.slots.map(({ id }) => {
    const about = site.agents[id];
    return about && (site.capacities[about.capacity] ?? site.capacities['default']);
  });
  index.classes = [];
  index.classCount = 0;
  index.spare = [];
  index.byKey.clear();
  index.rowWords = ROW_WORDS_MIN;
  index.rows = new Uint32Array(index.slots.length * ROW_WORDS_MIN);
  index.waiting = new Uint32Array(ROW_WORDS_MIN);
  index.heads = headsFor(ROW_WORDS_MIN * 32);
  index.table = tableOf(site, index.slots);
  index.media = [];
  index.inService = bitsFor(index.slots.length);
  index.serviceChanges += 1;
  index.idleSinceMs = new Float64Array(index.slots.length);
  index.reachable = bitsFor(index.slots.length);
  index.inHand = inHandFor(index.slots.length);
  index.queues.clear();
  index.queueList = [];
  index.openings.clear();
  const names = Object.values(site.capacities).flatMap((capacity) => Object.keys(capacity.rules));
  index.labels = new Set(names.filter((name) => !(CHANNELS as readonly string[]).includes(name)));
}
