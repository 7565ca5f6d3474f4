import fc from 'fast-check';
import type { AgentRecord } from '../../src/acd/state.ts';
import { endWrapUp, extendWrapUp } from '../../src/controller/ask-wrap-up.ts';
import type { State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { Result } from '../../src/model/failure.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { NO_NEEDS } from '../../src/model/needs.ts';
import type { Queue } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { site as siteOf } from '../acd/site.ts';
import { flowSet, Rooms } from './hall-state.ts';

// A small centre in which everything that the dispatcher keeps in mind can come about, and days of any happenings in it.

const WRAP_UP = { mode: 'timed', ms: 5000, extendMs: 4000, extensionsMax: 2, results: ['sold', 'lost'] } as const;

const QUEUES: Record<string, Partial<Queue>> = {
  sales: {
    answerWithinMs: 10_000,
    wrapUp: WRAP_UP,
    needs: { ...NO_NEEDS, required: { german: 3 } },
    relaxation: [
      { when: { waitedMs: 12_000 }, drop: [], lower: { german: 1 }, teams: null },
      { when: { agentsBelow: 2 }, drop: ['german'], lower: {}, teams: 'all' },
    ],
    overflow: [{ when: { waitedMs: 40_000 }, target: { to: 'queue', queueId: 'support' } }],
    lastAgent: { keepMs: 600_000, holdMs: 8000 },
  },
  support: {
    strategy: 'ring_all',
    answerWithinMs: 10_000,
    missesAllowed: 1,
    wrapUp: { ...WRAP_UP, mode: 'until_cleared', ms: 60_000 },
    overflow: [
      { when: { longerThan: 2 }, target: { to: 'voicemail' } },
      { when: { closed: true }, target: { to: 'external', number: '0800' } },
    ],
    calendar: 'office',
  },
  chats: {
    strategy: 'ring_progressively',
    ringNextAfterMs: 3000,
    answerWithinMs: 10_000,
    order: 'objective',
    objectiveMs: 60_000,
    wrapUp: { ...WRAP_UP, mode: 'result_required', ms: 30_000 },
    escalation: { after: 1, from: ['inside'], to: ['outside'] },
    overflow: [{ when: { unstaffed: true, waitedMs: 9000 }, target: { to: 'callback' } }],
  },
  tasks: {
    strategy: 'percent_allocation',
    shares: { inside: 70, outside: 30 },
    wrapUp: { ...WRAP_UP, mode: 'extendable', ms: 40_000 },
  },
};

const AGENTS = {
  anna: { team: 'inside', skills: { german: 5 } },
  ben: { team: 'inside', skills: { german: 2 } },
  carla: { team: 'outside' },
};

const MORE: Partial<Site> = {
  teams: {
    inside: { id: 'inside', name: 'Inside', kind: 'internal' },
    outside: { id: 'outside', name: 'Outside', kind: 'outsourced' },
  },
  calendars: {
    office: {
      id: 'office',
      timeZone: 'Europe/Berlin',
      weekly: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]),
      holidays: [],
      exceptions: [],
    },
  },
  pauseReasons: {
    '1': { name: 'lunch', limitMs: 20_000, atLimit: 'ready' },
    '2': { name: 'training', limitMs: 10_000, atLimit: 'tell' },
  },
};

const FLOW = `
steps:
  choose: { type: menu, prompt: Press., options: { "1": wait, "2": help }, on: { no_input: end, no_match: end } }
  wait: { type: queue, queue: sales, max_wait: 60s }
  help: { type: queue, queue: support }
  end: { type: hangup }
`;

/** The sites that are loaded one after the other: others leave, rules change, a queue is gone. */
function setsOfTheDay(): readonly [FlowSet, ...FlowSet[]] {
  const whole = siteOf(AGENTS, QUEUES, MORE);
  const { carla: _, ...staying } = whole.agents;
  const { tasks: __, ...fewer } = whole.queues;
  const sales = { ...whole.queues['sales']!, order: 'lifo' as const, relaxation: [] };
  return [
    flowSet(whole, 'v1', FLOW),
    flowSet({ ...whole, agents: staying }, 'v2', FLOW),
    flowSet({ ...whole, queues: { ...fewer, sales } }, 'v3', FLOW),
  ];
}
const SETS = setsOfTheDay();

const CALLS = ['c1', 'c2', 'c3', 'c4', 'c5'];
const OTHERS = ['m1', 'm2', 'm3', 'm4'];

export type Happening = {
  readonly what: (typeof WHAT)[number];
  readonly contactId: string;
  readonly otherId: string;
  readonly agentId: string;
  readonly digit: string;
  readonly ms: number;
};

const WHAT = [
  ...(['arrive', 'arrive', 'press', 'press', 'hang up', 'lost', 'door lost', 'door agreed', 'door agreed'] as const),
  ...(['chat', 'chat', 'chat', 'task', 'task', 'mail', 'direct', 'other ends'] as const),
  ...(['answer', 'answer', 'answer', 'fail', 'agent ends', 'agent ends'] as const),
  ...(['log in', 'log in', 'log in', 'phone', 'phone', 'phone', 'pause', 'ready', 'log out'] as const),
  ...(['extend', 'extend', 'end wrap-up', 'end wrap-up', 'force', 'load', 'pass', 'pass', 'pass', 'pass'] as const),
];

/** Days of up to so many happenings; without the size fast-check would seldom make one of more than ten. */
export function anyDay(happeningsMax: number): fc.Arbitrary<Happening[]> {
  return fc.array(happening, { maxLength: happeningsMax, size: 'max' });
}

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...WHAT),
  contactId: fc.constantFrom(...CALLS),
  otherId: fc.constantFrom(...OTHERS),
  agentId: fc.constantFrom('anna', 'ben', 'carla'),
  digit: fc.constantFrom('1', '1', '2', '9'),
  ms: fc.integer({ min: 0, max: 15_000 }),
});

export function live(day: readonly Happening[]): Rooms {
  const rooms = new Rooms(SETS[0]);
  for (const agentId of Object.keys(AGENTS)) rooms.readyAgent(agentId);
  for (const one of day) for (const event of eventsOf(rooms, one)) rooms.take(event);
  return rooms;
}

function eventsOf(rooms: Rooms, one: Happening): Event[] {
  return ofCall(rooms, one) ?? ofOther(rooms, one) ?? ofOffer(rooms, one) ?? ofAgent(rooms, one) ?? ofHouse(rooms, one);
}

function ofCall({ state, nowMs: atMs }: Rooms, { what, contactId, digit }: Happening): Event[] | undefined {
  switch (what) {
    case 'arrive':
      return [
        state.contacts.has(contactId)
          ? { kind: 'contact.answered', atMs, contactId }
          : { kind: 'contact.arrived', atMs, contactId, legId: contactId, channel: 'voice', from: '1', to: '100' },
      ];
    case 'press':
      return [{ kind: 'digit.received', atMs, contactId, digit }];
    case 'hang up':
      return [{ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' }];
    default:
      return undefined;
  }
}

/** Contacts of channels that have no door yet come to their queues by themselves. */
function ofOther(
  { state, nowMs: atMs }: Rooms,
  { what, otherId: contactId, agentId, ms }: Happening,
): Event[] | undefined {
  if (what === 'other ends') {
    return [{ kind: 'contact.ended', atMs, contactId, cause: 'hung_up', endedBy: 'customer' }];
  }
  const about = { kind: 'contact.queued', atMs, contactId, skills: [], virtualStartMs: atMs - (ms % 5000) } as const;
  const priority = ms % 3;
  // One contact stands in one queue; a door does not queue it twice.
  const here = state.acd.items.has(contactId);
  switch (what) {
    case 'chat':
      return here ? [] : [{ ...about, queueId: 'chats', channel: 'chat', customer: `guest ${ms % 2}`, priority }];
    case 'task':
      return here ? [] : [{ ...about, queueId: 'tasks', channel: 'task', deadlineMs: atMs + ms, priority }];
    case 'mail': {
      const preferred = { agentIds: [agentId], untilMs: atMs + ms };
      return here
        ? []
        : [{ ...about, queueId: 'sales', channel: 'email', preferred, giveUpAtMs: atMs + 90_000, priority }];
    }
    case 'direct':
      return here ? [] : [{ ...about, queueId: `@${agentId}`, channel: 'message', priority }];
    default:
      return undefined;
  }
}

/** Something happens to what rings or talks, half the time at one agent alone; nothing there: a stale offer. */
function ofOffer({ state, nowMs: atMs }: Rooms, { what, agentId, ms }: Happening): Event[] | undefined {
  const agents = [...state.acd.agents.values()].filter(({ id }) => ms % 2 === 0 || id === agentId);
  const work = agents.flatMap((agent) => agent.work);
  const ringing = work.find(({ stage }) => stage === 'ringing')?.offerId ?? 'none.o1-0';
  const talking = work.find(({ stage }) => stage === 'talking');
  switch (what) {
    case 'answer':
      return [{ kind: 'offer.answered', atMs, offerId: ringing }];
    case 'fail':
      return [{ kind: 'offer.failed', atMs, offerId: ringing, cause: ms % 3 ? 'busy' : 'no_answer' }];
    case 'agent ends':
      return [{ kind: 'offer.ended', atMs, offerId: talking?.offerId ?? 'none.o1-0', cause: 'hung_up' }];
    case 'lost':
      return talking
        ? [{ kind: 'connection.failed', atMs, contactId: talking.contactId, offerId: talking.offerId }]
        : [];
    default:
      return undefined;
  }
}

function ofAgent({ state, nowMs: atMs }: Rooms, { what, agentId, ms }: Happening): Event[] | undefined {
  switch (what) {
    case 'log in':
      return [{ kind: 'agent.logged_in', atMs, agentId, by: 'api' }];
    case 'phone':
      return [{ kind: 'phone.changed', atMs, agentId, phone: ms < 12_000 ? 'idle' : ms % 2 ? 'busy' : 'unreachable' }];
    case 'pause':
      return [{ kind: 'agent.paused', atMs, agentId, reason: ms % 2 ? 'lunch' : 'training', by: 'api' }];
    case 'ready':
      return [{ kind: 'agent.readied', atMs, agentId, by: 'api' }];
    case 'log out':
      return [{ kind: 'agent.logged_out', atMs, agentId, by: 'api' }];
    case 'extend':
      return firstOf(state, ({ agent, contactId }) => extendWrapUp(state, agent, contactId, atMs));
    case 'end wrap-up': {
      const said = ms % 2 ? { result: 'sold' } : {};
      return firstOf(state, ({ agent, contactId }) => endWrapUp(state, agent, { contactId, ...said }, atMs));
    }
    default:
      return undefined;
  }
}

/** The first wrap-up of anybody for which the wish is fulfilled. */
function firstOf(state: State, ask: (about: { agent: AgentRecord; contactId: string }) => Result<Event>): Event[] {
  for (const agent of state.acd.agents.values()) {
    for (const { stage, contactId } of agent.work) {
      const asked = stage === 'wrap_up' ? ask({ agent, contactId }) : undefined;
      if (asked?.ok) return [asked.value];
    }
  }
  return [];
}

function ofHouse(rooms: Rooms, { what, ms }: Happening): Event[] {
  const { nowMs: atMs } = rooms;
  switch (what) {
    case 'door lost':
      return [{ kind: 'door.lost', atMs, door: 'voice', reason: 'ari.disconnected' }];
    case 'door agreed':
      return [{ kind: 'door.agreed', atMs, door: 'voice' }];
    case 'force':
      return [
        {
          kind: 'calendar.forced',
          atMs,
          calendarId: 'office',
          forced: ([null, 'open', 'closed'] as const)[ms % 3]!,
          by: 'api',
        },
      ];
    case 'load':
      return [{ kind: 'flows.loaded', atMs, flows: SETS[ms % SETS.length]! }];
    default:
      rooms.nowMs += ms;
      return [{ kind: 'time.passed', atMs: rooms.nowMs }];
  }
}
