import { standsBefore } from '../acd/routing/sorted-line.ts';
import { queueOf } from '../acd/routing/tables.ts';
import type { Item } from '../acd/state.ts';
import { emergencyOf } from '../model/call/emergency.ts';
import type { AgentId, AtMs, QueueId } from '../model/ids.ts';
import type { Queue } from '../model/queue.ts';
import { agentState } from './agent-view.ts';
import { calendarView } from './calendar-view.ts';
import { type AgentState, CONTACTS_LISTED_MAX, type QueueView, type WaitingView } from './desk.ts';
import type { State } from './state.ts';

type Counts = Record<AgentState, number>;

/** Every queue of the site in its order, then the agents' own queues in which somebody stands. */
export function queueViews(state: State, nowMs: AtMs): QueueView[] {
  const itemsOf = itemsByQueue(state);
  const counts = agentCounts(state);
  const direct = [...itemsOf.keys()].filter((id) => id.startsWith('@')).sort();
  return [...Object.keys(state.acd.site.queues), ...direct].flatMap((id) => {
    const queue = queueOf(state.acd, id);
    if (!queue) return [];
    const agents = (id.startsWith('@') ? countOne(state, id.slice(1)) : counts.get(id)) ?? noAgents();
    return [queueView(state, queue, itemsOf.get(id) ?? [], agents, nowMs)];
  });
}

function queueView(state: State, queue: Queue, items: readonly Item[], agents: Counts, nowMs: AtMs): QueueView {
  const unserved = items.filter(({ stage }) => stage !== 'talking');
  const listed = firstInLine(unserved, CONTACTS_LISTED_MAX);
  const emergency = emergencyOf(state.acd.emergencies, queue.id);
  const calendar = queue.calendar === null ? undefined : calendarView(state, queue.calendar, nowMs);
  return {
    id: queue.id,
    name: queue.name,
    strategy: queue.strategy,
    ...(calendar ? { calendar } : {}),
    ...(emergency ? { emergency } : {}),
    waiting: unserved.filter(({ stage }) => stage === 'waiting').length,
    ringing: unserved.filter(({ stage }) => stage === 'offered').length,
    talking: items.length - unserved.length,
    overdue: unserved.filter(({ overdue }) => overdue).length,
    longestWaitMs: unserved.reduce((longest, item) => Math.max(longest, nowMs - item.queuedAtMs), 0),
    agents,
    estimates: estimatesOf(state, queue.id),
    contacts: listed.map((item, place) => waitingView(state, item, place + 1, nowMs)),
    contactsOmitted: unserved.length - listed.length,
  };
}

/**
 * The first of a queue, in the order in which they are served. Keys hold across the classes of one queue, and an item that
 * is being offered keeps its own. One pass that keeps the best so far, because a queue may hold far more than are listed.
 */
function firstInLine(items: readonly Item[], max: number): Item[] {
  if (items.length <= max) return items.toSorted(inOrder);
  const first = items.slice(0, max).sort(inOrder);
  for (let at = max; at < items.length; at++) {
    const item = items[at]!;
    if (!standsBefore(item, first[max - 1]!)) continue;
    const place = first.findLastIndex((other) => standsBefore(other, item)) + 1;
    first.splice(place, 0, item);
    first.pop();
  }
  return first;
}

function inOrder(a: Item, b: Item): number {
  return standsBefore(a, b) ? -1 : 1;
}

function waitingView({ acd }: State, item: Item, position: number, nowMs: AtMs): WaitingView {
  const ringing = item.offers.flatMap((offerId) => acd.offers.get(offerId)?.agentId ?? []);
  const { estimate } = item;
  return {
    contactId: item.contactId,
    channel: item.channel,
    position,
    waitedMs: nowMs - item.queuedAtMs,
    overdue: item.overdue,
    relaxationStep: item.step,
    ...(estimate ? { estimatedWaitP50Ms: estimate.p50Ms, estimatedWaitP90Ms: estimate.p90Ms } : {}),
    ...(ringing[0] === undefined ? {} : { ringingAgentId: ringing[0] }),
    ...(ringing.length > 1 ? { ringingAgentIds: ringing } : {}),
  };
}

function estimatesOf({ acd }: State, queueId: QueueId): QueueView['estimates'] {
  const waits = acd.queues.get(queueId)?.waits;
  if (!waits || waits.compared === 0) return { compared: 0 };
  const { compared, errorMs, withinP90 } = waits;
  return { compared, meanErrorMs: Math.round(errorMs / compared), withinP90: withinP90 / compared };
}

function itemsByQueue(state: State): Map<QueueId, Item[]> {
  const itemsOf = new Map<QueueId, Item[]>();
  for (const item of state.acd.items.values()) {
    const items = itemsOf.get(item.queueId);
    if (items) items.push(item);
    else itemsOf.set(item.queueId, [item]);
  }
  return itemsOf;
}

/** What the agents of each queue are doing, in one pass over the agents. */
function agentCounts({ acd }: State): Map<QueueId, Counts> {
  const counts = new Map<QueueId, Counts>();
  for (const agent of acd.agents.values()) {
    const about = acd.site.agents[agent.id];
    if (!about) continue;
    const doing = agentState(agent);
    for (const queueId of Object.keys(about.queues)) {
      const ofQueue = counts.get(queueId) ?? noAgents();
      counts.set(queueId, ofQueue);
      ofQueue[doing] += 1;
    }
  }
  return counts;
}

function countOne({ acd }: State, agentId: AgentId): Counts | undefined {
  const agent = acd.agents.get(agentId);
  return agent && { ...noAgents(), [agentState(agent)]: 1 };
}

function noAgents(): Counts {
  return {
    talking: 0,
    ringing: 0,
    wrap_up: 0,
    logged_out: 0,
    paused: 0,
    unreachable: 0,
    busy: 0,
    resting: 0,
    ready: 0,
  };
}
