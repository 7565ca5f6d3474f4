import { CHANNELS } from '../model/channel.ts';
import type { AgentId, AtMs, QueueId } from '../model/ids.ts';
import type { Queue } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import { setItemMoments, setWrapUpMoment, watchQueue } from './moments.ts';
import { tableOf } from './routing/agent-table.ts';
import { bitsFor, setBit } from './routing/bits.ts';
import { classOf, type RoutingClass } from './routing/class.ts';
import { headsFor } from './routing/heads.ts';
import { keyOf } from './routing/order.ts';
import { SortedLine, standsBefore } from './routing/sorted-line.ts';
import { queueIndex, queueOf, ROW_WORDS_MIN, refresh } from './routing/tables.ts';
import type { AcdState, AgentRecord, Item } from './state.ts';

/**
 * Takes a new site into service. Agents that are new start logged out; those that are gone stay while they have something
 * in hand. Items keep their place by their key, and the new rules reach them: what they ask for, how they are ordered and
 * which steps of relaxation they have taken follow from the site as it is now.
 */
export function adoptSite(state: AcdState, site: Site, atMs: AtMs): void {
  const before = state.site;
  state.site = site;
  for (const id of Object.keys(site.agents)) {
    if (!state.agents.has(id)) state.agents.set(id, newAgent(id, atMs));
  }
  for (const [id, agent] of state.agents) {
    if (!site.agents[id] && agent.work.length === 0) dropAgent(state, id);
  }
  const changed = changedQueues(before, site);
  const concerned = changed.size === 0 ? [] : [...state.items.values()].filter(({ queueId }) => changed.has(queueId));
  for (const item of concerned) restep(state, item, atMs);
  const orderKept = (id: QueueId): boolean =>
    orderText(queueOf({ site: before }, id)) === orderText(queueOf({ site }, id));
  rebuildIndex(state, orderKept);
  setItemMoments(state, concerned);
  // A rule that is new here may need looks that the queue did without so far.
  for (const queueId of state.index.queues.keys()) watchQueue(state, queueId, atMs);
}

/** Queues whose steps or overflow are others now. */
function changedQueues(before: Site, after: Site): Set<QueueId> {
  const text = (queue: Queue | undefined): string =>
    JSON.stringify([queue?.relaxation ?? [], queue?.overflow ?? [], queue?.serviceLevelMs]);
  const changed = new Set<QueueId>();
  for (const queue of Object.values(after.queues)) {
    const old = before.queues[queue.id];
    if (old !== queue && text(old) !== text(queue)) changed.add(queue.id);
  }
  return changed;
}

/** All that the place of an item in its queue hangs on. */
function orderText(queue: Queue | undefined): string {
  return JSON.stringify([queue?.order, queue?.ageingMs, queue?.objectiveMs, queue?.rules]);
}

/** Steps by time are counted anew; those by other conditions are found at the next look at the queue. */
function restep(state: AcdState, item: Item, atMs: AtMs): void {
  const { relaxation } = state.site.queues[item.queueId]!;
  item.step = 0;
  for (const { when } of relaxation) {
    if (when.waitedMs === undefined || item.queuedAtMs + when.waitedMs > atMs) return;
    item.step += 1;
  }
}

/**
 * Builds the index and the lines anew from agents, items and site. Items that stood in one class go on as one line where
 * nothing sets them apart now: same steps, no rules that look at the single item, the same order.
 */
export function rebuildIndex(state: AcdState, orderKept: (queueId: QueueId) => boolean = () => false): void {
  const before = state.index.classes;
  resetIndex(state);
  for (const agent of state.index.slots) refresh(state, agent);
  const lines = new Map<RoutingClass, Item[][]>();
  for (const old of before) if (old && old.line.length > 0) placeLine(state, old, orderKept(old.queueId), lines);
  // Those who stood nowhere: offered ones, and all of them after a snapshot.
  for (const item of state.items.values()) if (item.standsIn === null) placeItem(state, item, lines);
  for (const [one, parts] of lines) fillLine(state, one, parts);
}

type Lines = Map<RoutingClass, Item[][]>;

function placeLine(state: AcdState, old: RoutingClass, orderKept: boolean, lines: Lines): void {
  const queue = queueIndex(state, old.queueId)?.queue;
  const items = [...old.line];
  // Rules look at the single item, so what went alike need not do so any more.
  if (!queue || queue.rules.length > 0 || !standsInLine(queue, items[0]!)) {
    for (const item of items) item.standsIn = null;
    return;
  }
  const bySteps: { one: RoutingClass; part: Item[] }[] = [];
  for (const item of items) {
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

function inOrder(items: Item[]): Item[] {
  for (let at = 1; at < items.length; at++) {
    if (!standsBefore(items[at - 1]!, items[at]!)) return items.sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  }
  return items;
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

function addPart(lines: Lines, one: RoutingClass, items: Item[]): void {
  const parts = lines.get(one);
  if (parts) parts.push(items);
  else lines.set(one, [items]);
}

function fillLine({ index }: AcdState, one: RoutingClass, parts: readonly Item[][]): void {
  const items = parts.length === 1 ? parts[0]! : parts.flat().sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  one.line = SortedLine.of(items);
  index.heads.keys[one.number] = items[0]!.key;
  setBit(index.waiting, one.number);
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
  index.idleSinceMs = new Float64Array(index.slots.length);
  index.reachable = bitsFor(index.slots.length);
  index.queues.clear();
  index.queueCount = 0;
  index.openings.clear();
  const names = Object.values(site.capacities).flatMap((capacity) => Object.keys(capacity.rules));
  index.labels = new Set(names.filter((name) => !(CHANNELS as readonly string[]).includes(name)));
}

/** Every deadline that follows from the records, for a state that came out of a snapshot. */
export function setDeadlines(state: AcdState, atMs: AtMs): void {
  const { deadlines } = state;
  for (const agent of state.agents.values()) {
    if (agent.restUntilMs !== null) deadlines.set('rest', agent.id, agent.restUntilMs);
    const { pause } = agent;
    if (pause && pause.untilMs !== null && !pause.overran) deadlines.set('pause', agent.id, pause.untilMs);
    setWrapUpMoment(state, agent);
  }
  for (const offer of state.offers.values()) {
    if (offer.answeredAtMs === null) deadlines.set('offer', offer.id, offer.deadlineMs);
  }
  setItemMoments(state, state.items.values());
  for (const item of state.items.values()) {
    watchQueue(state, item.queueId, atMs);
  }
}

function dropAgent(state: AcdState, agentId: AgentId): void {
  state.agents.delete(agentId);
  state.deadlines.clear('rest', agentId);
  state.deadlines.clear('pause', agentId);
}

function newAgent(id: AgentId, atMs: AtMs): AgentRecord {
  return {
    id,
    slot: 0,
    loggedIn: false,
    loggedInAtMs: null,
    loginOrder: 0,
    pause: null,
    phone: 'unreachable',
    restUntilMs: null,
    work: [],
    misses: 0,
    contacts: 0,
    talkMs: 0,
    busyMs: 0,
    busySinceMs: null,
    idleSinceMs: atMs,
    idleOrder: 0,
    stateSinceMs: atMs,
  };
}
