import type { Queue } from '../../src/model/queue.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import type { Stream, Trace } from './ewt-trace.ts';

const HANDLE_MS = 240_000;
const PATIENCE_MS = 180_000;

/** Contacts an hour that keep so many agents busy for so large a part of their time. */
function rate(agents: number, load: number, handleMs = HANDLE_MS): number {
  return (agents * load * 3_600_000) / handleMs;
}

function trace(
  name: string,
  agents: Record<string, number>,
  queues: Record<string, Partial<Queue>>,
  streams: readonly Stream[],
  ringMs = 0,
): Trace {
  const staff: Record<string, AgentInTest> = {};
  for (const [served, count] of Object.entries(agents)) {
    for (let at = 0; at < count; at++) staff[`${served} ${at}`] = { queues: served.split('+') };
  }
  return { name, site: site(staff, queues), streams, swing: 0.25, ringMs };
}

/** The load of the measurement that the goal comes from: 55 agents, 240 s, a swing of 25 % in two hours. */
export const REFERENCE = trace('one queue, load 0.98, patience 180 s', { sales: 55 }, { sales: {} }, [
  { name: 'calls', queueId: 'sales', contactsPerHour: rate(55, 0.98), handleMs: HANDLE_MS, patienceMs: PATIENCE_MS },
]);

export const NOBODY_GIVES_UP = trace('one queue, load 0.90, nobody gives up', { sales: 55 }, { sales: {} }, [
  { name: 'calls', queueId: 'sales', contactsPerHour: rate(55, 0.9), handleMs: HANDLE_MS },
]);

const SMALL = trace(
  'one queue, 6 agents, wrap-up, ringing',
  { sales: 6 },
  { sales: { wrapUp: wrapUp(30_000) } },
  [
    {
      name: 'calls',
      queueId: 'sales',
      contactsPerHour: rate(6, 0.95, 275_000),
      handleMs: HANDLE_MS,
      patienceMs: PATIENCE_MS,
    },
  ],
  5000,
);

export const SHARED = trace(
  'two queues, 20 own agents each, 20 shared; talks of 120 and 360 s',
  { sales: 20, service: 20, 'sales+service': 20 },
  { sales: {}, service: {} },
  [
    {
      name: 'sales',
      queueId: 'sales',
      contactsPerHour: rate(30, 0.95, 120_000),
      handleMs: 120_000,
      patienceMs: PATIENCE_MS,
    },
    {
      name: 'service',
      queueId: 'service',
      contactsPerHour: rate(30, 0.95, 360_000),
      handleMs: 360_000,
      patienceMs: PATIENCE_MS,
    },
  ],
);

export const PRIORITIES = trace(
  'two queues, all 40 agents shared, one goes first',
  { 'gold+plain': 40 },
  { gold: {}, plain: {} },
  [
    {
      name: 'gold',
      queueId: 'gold',
      priority: 10,
      contactsPerHour: rate(40, 0.4),
      handleMs: HANDLE_MS,
      patienceMs: PATIENCE_MS,
    },
    { name: 'plain', queueId: 'plain', contactsPerHour: rate(40, 0.55), handleMs: HANDLE_MS, patienceMs: PATIENCE_MS },
  ],
);

export const AGEING = trace(
  'one queue, 40 agents, a point of priority is worth 60 s',
  { sales: 40 },
  { sales: { ageingMs: 60_000 } },
  [
    {
      name: 'urgent',
      queueId: 'sales',
      priority: 2,
      contactsPerHour: rate(40, 0.3),
      handleMs: HANDLE_MS,
      patienceMs: PATIENCE_MS,
    },
    { name: 'plain', queueId: 'sales', contactsPerHour: rate(40, 0.65), handleMs: HANDLE_MS, patienceMs: PATIENCE_MS },
  ],
);

export const CALLBACKS = trace('calls and callbacks that keep their place, 40 agents', { sales: 40 }, { sales: {} }, [
  { name: 'calls', queueId: 'sales', contactsPerHour: rate(40, 0.75), handleMs: HANDLE_MS, patienceMs: PATIENCE_MS },
  {
    name: 'callbacks',
    queueId: 'sales',
    channel: 'callback',
    headStartMs: 120_000,
    contactsPerHour: rate(40, 0.21),
    handleMs: HANDLE_MS,
  },
]);

export const CHATS = trace('chats, 20 agents with four each', { chat: 20 }, { chat: {} }, [
  {
    name: 'chats',
    queueId: 'chat',
    channel: 'chat',
    contactsPerHour: rate(80, 0.98, 480_000),
    handleMs: 480_000,
    patienceMs: 600_000,
  },
]);

const LOGNORMAL = trace('one queue, load 0.98, lognormal talks', { sales: 55 }, { sales: {} }, [
  {
    name: 'calls',
    queueId: 'sales',
    contactsPerHour: rate(55, 0.98),
    handleMs: HANDLE_MS,
    handleSpread: 0.8,
    patienceMs: PATIENCE_MS,
  },
]);

/** The trace set of the bench. */
export const TRACES: readonly Trace[] = [
  REFERENCE,
  NOBODY_GIVES_UP,
  LOGNORMAL,
  SMALL,
  SHARED,
  PRIORITIES,
  AGEING,
  CALLBACKS,
  CHATS,
];

function wrapUp(ms: number): Queue['wrapUp'] {
  return { mode: 'timed', ms, extendMs: 0, extensionsMax: 0, results: [] };
}
