import type { AgentId, AtMs, QueueId } from '../model/ids.ts';
import type { Queue } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import { setItemMoments, setWrapUpMoment, watchQueue } from './moments.ts';
import { rebuildIndex } from './rebuild.ts';
import { queueOf } from './routing/tables.ts';
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
  const concerned: Item[] = [];
  for (const item of changed.size === 0 ? [] : state.items.values()) {
    const queue = changed.get(item.queueId);
    if (!queue) continue;
    restep(item, queue, atMs);
    concerned.push(item);
  }
  const orderKept = (id: QueueId): boolean =>
    orderText(queueOf({ site: before }, id)) === orderText(queueOf({ site }, id));
  rebuildIndex(state, orderKept);
  setItemMoments(state, concerned);
  // A rule that is new here may need looks that the queue did without so far.
  for (const queueId of state.index.queues.keys()) watchQueue(state, queueId, atMs);
}

/** Queues whose steps or overflow are others now. */
function changedQueues(before: Site, after: Site): Map<QueueId, Queue> {
  const text = (queue: Queue | undefined): string =>
    JSON.stringify([queue?.relaxation ?? [], queue?.overflow ?? [], queue?.serviceLevelMs]);
  const changed = new Map<QueueId, Queue>();
  for (const queue of Object.values(after.queues)) {
    const old = before.queues[queue.id];
    if (old !== queue && text(old) !== text(queue)) changed.set(queue.id, queue);
  }
  return changed;
}

/** All that the place of an item in its queue hangs on. */
function orderText(queue: Queue | undefined): string {
  return JSON.stringify([queue?.order, queue?.ageingMs, queue?.objectiveMs, queue?.rules]);
}

/** Steps by time are counted anew; those by other conditions are found at the next look at the queue. */
function restep(item: Item, { relaxation }: Queue, atMs: AtMs): void {
  item.step = 0;
  for (const { when } of relaxation) {
    if (when.waitedMs === undefined || item.queuedAtMs + when.waitedMs > atMs) return;
    item.step += 1;
  }
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
