import type { AtMs, QueueId } from '../model/ids.ts';
import { isOursToCall } from './routing/overflow-for.ts';
import { queueIndex } from './routing/tables.ts';
import type { AcdState, AgentRecord, Item } from './state.ts';

/** How often the conditions of a queue that no event tells of are looked at: estimated wait, staff, calendar. */
export const LOOK_EVERY_MS = 1000;

/** Sets the one deadline of an item: the earliest moment at which anything of it is due. */
export function setItemMoment(state: AcdState, item: Item): void {
  const atMs = momentOf(state, item);
  if (atMs === undefined) state.deadlines.stop(item.due);
  else state.deadlines.move(item.due, atMs);
}

/** The same for many items at once. */
export function setItemMoments(state: AcdState, items: Iterable<Item>): void {
  const moved: Item['due'][] = [];
  const moments: AtMs[] = [];
  for (const item of items) {
    const atMs = momentOf(state, item);
    if (atMs === undefined) state.deadlines.stop(item.due);
    else {
      moved.push(item.due);
      moments.push(atMs);
    }
  }
  state.deadlines.moveMany(moved, moments);
}

/** While phones ring an item does not overflow: an answer is nearer than anything else. */
function momentOf(state: AcdState, item: Item): AtMs | undefined {
  if (item.stage === 'talking') return undefined;
  let atMs = item.giveUpAtMs ?? Number.POSITIVE_INFINITY;
  const known = queueIndex(state, item.queueId);
  const queue = known?.queue;
  if (queue && !item.overdue) atMs = Math.min(atMs, item.queuedAtMs + queue.serviceLevelMs);
  if (item.ringNextAtMs !== null && queue?.strategy === 'ring_progressively') atMs = Math.min(atMs, item.ringNextAtMs);
  if (item.stage === 'waiting') {
    if (item.holdUntilMs !== null) atMs = Math.min(atMs, item.holdUntilMs);
    const step = queue?.relaxation[item.step]?.when.waitedMs;
    if (step !== undefined) atMs = Math.min(atMs, item.queuedAtMs + step);
    const sendsOnAfterMs = isOursToCall(item.channel) ? known?.sendsToQueueAfterMs : known?.sendsOnAfterMs;
    if (sendsOnAfterMs !== undefined) atMs = Math.min(atMs, item.queuedAtMs + sendsOnAfterMs);
  }
  return atMs === Number.POSITIVE_INFINITY ? undefined : atMs;
}

/** Sets the one deadline of an agent's wrap-ups: the earliest of them. */
export function setWrapUpMoment(state: AcdState, agent: AgentRecord): void {
  let atMs = Number.POSITIVE_INFINITY;
  for (const { untilMs } of agent.work) if (untilMs !== null) atMs = Math.min(atMs, untilMs);
  if (atMs === Number.POSITIVE_INFINITY) state.deadlines.clear('wrap-up', agent.id);
  else state.deadlines.set('wrap-up', agent.id, atMs);
}

/** Sees to it that a queue with such conditions is looked at while somebody may stand in it. */
export function watchQueue(state: AcdState, queueId: QueueId, nowMs: AtMs): void {
  if (!queueIndex(state, queueId)?.watched || state.deadlines.of('queue', queueId) !== undefined) return;
  state.deadlines.set('queue', queueId, (Math.floor(nowMs / LOOK_EVERY_MS) + 1) * LOOK_EVERY_MS);
}
