import { estimateWait } from '../acd/estimated-wait.ts';
import { standsBefore } from '../acd/routing/sorted-line.ts';
import { queueOf } from '../acd/routing/tables.ts';
import type { AcdState, Item, Work } from '../acd/state.ts';
import type { DispatcherFloor, Floor, QueueStatus } from '../flow/floor.ts';
import { PHONE_CHANNELS } from '../model/channel.ts';
import type { AtMs, QueueId } from '../model/ids.ts';
import { bookingsIn } from '../outbound/bookings.ts';
import { agentState } from './agent-view.ts';
import type { State } from './state.ts';

/** All that flows may ask. `dispatcherAt` is what they are told of agents and queues: a rehearsal has its own. */
export function wholeFloor(
  { acd, outbound }: Pick<State, 'acd' | 'outbound'>,
  atMs: AtMs,
  dispatcherAt: typeof floorOf = floorOf,
): Floor {
  return { bookings: bookingsIn(outbound), ...dispatcherAt(acd, atMs) };
}

/** What flows may ask about agents and queues, looked up in the dispatcher's state when it is asked. */
export function floorOf(acd: AcdState, atMs: AtMs): DispatcherFloor {
  return {
    loggedIn: (agentId) => acd.agents.get(agentId)?.loggedIn ?? false,
    talk: (agentId) => acd.agents.get(agentId)?.work.find(isCallTalk),
    queue: (queueId) => (queueOf(acd, queueId) ? statusOf(acd, queueId, atMs) : undefined),
    place: (contactId) => {
      const item = acd.items.get(contactId);
      if (item?.stage !== 'waiting') return undefined;
      const ahead = waitingIn(acd, item.queueId).filter((other) => standsBefore(other, item)).length;
      const estimatedWaitMs = estimateWait(acd, item, atMs)?.p50Ms ?? null;
      return { position: ahead + 1, waitedMs: atMs - item.queuedAtMs, estimatedWaitMs };
    },
  };
}

/** What stands on paper is listened to by reading it. */
function isCallTalk({ stage, channel }: Work): boolean {
  return stage === 'talking' && PHONE_CHANNELS.has(channel);
}

function statusOf(acd: AcdState, queueId: QueueId, atMs: AtMs): QueueStatus {
  const waiting = waitingIn(acd, queueId);
  const last = waiting.reduce<Item | undefined>(
    (behind, item) => (behind && standsBefore(item, behind) ? behind : item),
    undefined,
  );
  const states = agentsOf(acd, queueId).map(agentState);
  const agentsReady = states.filter((state) => state === 'ready').length;
  const agentsInService = states.filter((state) => state !== 'logged_out' && state !== 'unreachable').length;
  // Who comes now stands behind the last one and waits a little longer; with nobody there, somebody is free or nobody knows.
  const estimatedWaitMs = last ? (estimateWait(acd, last, atMs)?.p50Ms ?? null) : agentsReady > 0 ? 0 : null;
  return {
    agentsReady,
    agentsInService,
    waiting: waiting.length,
    longestWaitMs: waiting.reduce((longest, item) => Math.max(longest, atMs - item.queuedAtMs), 0),
    estimatedWaitMs,
  };
}

function waitingIn(acd: AcdState, queueId: QueueId): Item[] {
  const classes = [...(acd.index.queues.get(queueId)?.classes ?? [])];
  return classes.flatMap(({ line }) => [...line]).filter(({ stage }) => stage === 'waiting');
}

function agentsOf(acd: AcdState, queueId: QueueId) {
  const direct = queueId.startsWith('@') ? queueId.slice(1) : undefined;
  return [...acd.agents.values()].filter(({ id }) => {
    if (direct !== undefined) return id === direct;
    return Object.hasOwn(acd.site.agents[id]?.queues ?? {}, queueId);
  });
}
