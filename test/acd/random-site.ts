import fc from 'fast-check';
import type { Capacity } from '../../src/model/capacity.ts';
import { type Needs, NO_NEEDS } from '../../src/model/needs.ts';
import { ORDERS, type Queue, type RelaxationStep, STRATEGIES, WRAP_UP_MODES } from '../../src/model/queue.ts';
import type { Site } from '../../src/model/site.ts';
import { type AgentInTest, PLAIN_CAPACITY, site } from './site.ts';

/** Small sites in which everything that the engine can do meets everything else. Ids are always the same, so that one site can replace another. */

/** Records as they come out of a file or a journal. */
export function record<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

export const QUEUE_IDS = ['q1', 'q2', 'q3'] as const;
export const AGENT_IDS = ['a1', 'a2', 'a3', 'a4', 'a5'] as const;
export const LABELS = ['vip', 'long'] as const;
/** Strategies by which several phones ring, so that they come up more often. */
const RINGING = ['ring_all', 'ring_all', 'ring_progressively'] as const;
const SKILLS = ['german', 'billing', 'trainee'] as const;
const TEAMS = ['inside', 'outside'] as const;

/** Room for several calls and chats at once, with labels of their own: weights that cannot be confused with counts. */
const WIDE: Capacity = {
  id: 'wide',
  load: 10,
  rules: {
    voice: { max: 2, weight: 5, interrupts: ['email'] },
    callback: { max: 1, weight: 7, interrupts: [] },
    chat: { max: 3, weight: 3, interrupts: [] },
    email: { max: 2, weight: 4, interrupts: [] },
    vip: { max: 1, weight: 6, interrupts: ['chat', 'email', 'voice'] },
  },
};
/** Only text. */
const TEXT: Capacity = {
  id: 'text',
  load: 3,
  rules: { chat: { max: 2, weight: 1, interrupts: [] }, email: { max: 1, weight: 2, interrupts: [] } },
};

const levels = fc.dictionary(fc.constantFrom(...SKILLS), fc.constantFrom(0, 3, 5, 10), {
  maxKeys: 2,
  noNullPrototype: true,
});
/** The expression of rules on random sites; the oracle knows what it means without reading it. */
export const RAISED = 'item.priority > 0';
export const randomNeeds: fc.Arbitrary<Needs> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(NO_NEEDS) },
  {
    weight: 1,
    arbitrary: record({
      required: levels,
      anyOf: fc.array(levels, { maxLength: 2 }),
      preferred: levels,
      excluded: fc.oneof(fc.constant({}), fc.constant({ trainee: 3 })),
    }),
  },
);
const teams = fc.constantFrom(['inside'], ['outside'], ['inside', 'outside']);
/** Null three times of four. */
export function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const when = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1000, 5000, 30_000, 300_000).map((waitedMs) => ({ waitedMs })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2).map((agentsBelow) => ({ agentsBelow })) },
);
const relaxation: fc.Arbitrary<RelaxationStep[]> = fc.array(
  record({
    when,
    drop: fc.subarray([...SKILLS], { maxLength: 1 }),
    lower: fc.constantFrom({}, { german: 3 }, { billing: 0 }),
    teams: fc.constantFrom(null, 'all' as const, ['outside']),
  }),
  { maxLength: 3 },
);

/** To later queues only: circles are found when a site is loaded. */
function overflowFrom(place: number): fc.Arbitrary<Queue['overflow']> {
  const later = QUEUE_IDS.slice(place + 1);
  const target = fc.oneof(
    fc.constant({ to: 'voicemail' as const }),
    ...(later.length > 0 ? [fc.constantFrom(...later).map((queueId) => ({ to: 'queue' as const, queueId }))] : []),
  );
  const condition = fc.oneof(
    fc.constantFrom(60_000, 600_000).map((waitedMs) => ({ waitedMs })),
    fc.constant({ longerThan: 3 }),
    fc.constant({ unstaffed: true as const }),
    fc.constant({ closed: true as const, waitedMs: 10_000 }),
  );
  return fc.array(record({ when: condition, target }), { maxLength: 2 });
}

const notAnswered = fc.oneof(
  fc.constantFrom({ action: 'pause' as const }, { action: 'log_out' as const }),
  fc.constantFrom(1000, 20_000).map((restMs) => ({ action: 'rest' as const, restMs })),
);

function randomQueue(place: number): fc.Arbitrary<Partial<Queue>> {
  return record({
    strategy: fc.constantFrom(...STRATEGIES, ...RINGING),
    order: fc.constantFrom(...ORDERS),
    ageingMs: fc.constantFrom(null, 10_000, 60_000),
    objectiveMs: fc.constantFrom(20_000, 60_000, 3_600_000),
    needs: fc.oneof({ weight: 6, arbitrary: fc.constant(NO_NEEDS) }, { weight: 1, arbitrary: randomNeeds }),
    teams: seldom(teams),
    shares: fc.constant({ inside: 70, outside: 30 }),
    ringNextAfterMs: fc.constantFrom(3000, 10_000),
    answerWithinMs: fc.constantFrom(5000, 20_000),
    notAnswered: record({
      no_answer: notAnswered,
      busy: notAnswered,
      rejected: notAnswered,
      unavailable: notAnswered,
      failed: notAnswered,
    }),
    missesAllowed: fc.constantFrom(0, 1),
    restMs: fc.constantFrom(1000, 5000),
    wrapUp: record({
      mode: fc.constantFrom(...WRAP_UP_MODES),
      ms: fc.constantFrom(5000, 60_000),
      extendMs: fc.constant(10_000),
      extensionsMax: fc.constantFrom(0, 2),
      results: fc.constant(['sold', 'not-sold']),
    }),
    lastAgent: seldom(fc.constant({ keepMs: 3_600_000, holdMs: 15_000 })),
    relaxation,
    overflow: overflowFrom(place),
    rules: fc.array(
      record({
        when: fc.constantFrom(
          {},
          { channels: ['chat' as const] },
          { labels: ['vip'] },
          { attributes: { product: ['phone'] } },
          { expression: RAISED },
        ),
        needs: randomNeeds,
        priority: fc.constantFrom(-1, 0, 3),
        teams: seldom(teams),
      }),
      { maxLength: 2 },
    ),
    escalation: seldom(fc.constant({ after: 1, from: ['inside'], to: ['outside'] })),
    calendar: seldom(fc.constant('office')),
  });
}

const randomAgent: fc.Arbitrary<AgentInTest> = record({
  team: fc.constantFrom('inside', 'outside', 'outside', null),
  capacity: fc.constantFrom('default', 'default', 'wide', 'wide', 'text'),
  skills: levels,
  queues: fc
    .subarray([...QUEUE_IDS], { minLength: 1 })
    .chain((ids) =>
      fc.tuple(
        fc.constant(ids),
        fc.array(record({ tier: fc.constantFrom(1, 2), weight: fc.constantFrom(1, 4) }), {
          minLength: 3,
          maxLength: 3,
        }),
      ),
    )
    .map(([ids, parts]) => Object.fromEntries(ids.map((id, at) => [id, parts[at]!]))),
});

export const randomSite: fc.Arbitrary<Site> = fc
  .record({
    queues: fc.tuple(randomQueue(0), randomQueue(1), randomQueue(2)),
    queueCount: fc.constantFrom(2, 3, 3, 3, 3),
    agents: fc.array(randomAgent, { minLength: 2, maxLength: AGENT_IDS.length, size: 'max' }),
    /** Without the first agent: one who is removed from the site while at work. */
    withoutFirst: fc.constantFrom(false, false, true),
  })
  .map(({ queues, queueCount, agents, withoutFirst }) => {
    const kept = queues.slice(0, queueCount).map((queue, place) => withoutLostTargets(queue, place, queueCount));
    const people = agents.map((agent, place) => [AGENT_IDS[place]!, agent] as const);
    return site(
      Object.fromEntries(withoutFirst && people.length > 1 ? people.slice(1) : people),
      Object.fromEntries(kept.map((queue, place) => [QUEUE_IDS[place]!, queue])),
      {
        capacities: { default: PLAIN_CAPACITY, wide: WIDE, text: TEXT },
        teams: Object.fromEntries(TEAMS.map((id) => [id, { id, name: id, kind: 'internal' as const }])),
        calendars: {
          office: {
            id: 'office',
            timeZone: 'UTC',
            weekly: [[], [], [], [], [], [], []].map(() => [{ from: 480, to: 1080 }]),
            holidays: [],
            exceptions: [],
          },
        },
        pauseReasons: {
          '1': { name: 'lunch', limitMs: null, atLimit: 'tell' },
          '2': { name: 'coffee', limitMs: 600_000, atLimit: 'ready' },
          '3': { name: 'smoke', limitMs: 300_000, atLimit: 'log_out' },
          '4': { name: 'talk', limitMs: 60_000, atLimit: 'tell' },
        },
      },
    );
  });

function withoutLostTargets(queue: Partial<Queue>, place: number, queueCount: number): Partial<Queue> {
  const known: readonly string[] = QUEUE_IDS.slice(0, queueCount);
  const overflow = (queue.overflow ?? []).filter(
    ({ target }) => target.to !== 'queue' || known.includes(target.queueId),
  );
  return { ...queue, id: QUEUE_IDS[place]!, overflow };
}
