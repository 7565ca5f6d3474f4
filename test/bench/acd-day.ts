import type { Site } from '../../src/model/site.ts';
import { timeZoneNamed } from '../../src/model/time-zone.ts';
import type { Scenario, Traffic } from '../../src/simulation/scenario.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { site } from '../acd/site.ts';
import { FIFTY_CLASSES, makeLoad, REST_MS, resting, SEED } from './acd-load.ts';
import { coreTime } from './acd-times.ts';

/** A simulated day, and how many calls go by in a second of the thread's time on a core; one figure a run. */
export type DayFigures = {
  readonly day: string;
  readonly calls: number;
  readonly eventsOfCall: number;
  readonly callsPerSecond: readonly number[];
};

const DAY_MS = 86_400_000;
const START_MS = 1_763_683_200_000;
const STAY_MS = 3_600_000;
const RUNS = 3;
const HANDLE_MS = 240_000;

export function measureDays(): DayFigures[] {
  return [
    { day: '55 agents, 1 queue, load 0.87, nobody gives up', scenario: erlangDay(10 * DAY_MS) },
    {
      day: '500 agents with 50 of 500 classes each, 20 queues, load 0.9, some give up, 3 % of offers not answered',
      scenario: largeDay(),
    },
  ].map(({ day, scenario }) => {
    const runs = Array.from({ length: RUNS }, (_, run) => {
      const fromMs = coreTime().onCoreMs;
      const end = liveDay(scenario, run, () => undefined);
      return { ...end, perSecond: (end.contacts * 1_000) / (coreTime().onCoreMs - fromMs) };
    });
    const { contacts, events } = runs[0]!;
    return { day, calls: contacts, eventsOfCall: events / contacts, callsPerSecond: runs.map((run) => run.perSecond) };
  });
}

/** The worked example of the Erlang C literature: 360 calls in half an hour, 240 s each, 55 agents. */
export const ERLANG_CASE = { arrivalsPerHour: 720, handleMs: HANDLE_MS, agents: 55, patienceMs: null };
export const ERLANG_TRAFFIC = 'call';

export function erlangDay(lengthMs: number, notAnswered = 0): Scenario {
  const toMs = START_MS + lengthMs;
  const agents = Object.fromEntries(Array.from({ length: ERLANG_CASE.agents }, (_, at) => [`agent-${at}`, {}]));
  const queue = { answerWithinMs: 20_000, notAnswered: resting(REST_MS), restMs: REST_MS };
  const rate = { fromMs: START_MS, toMs, expected: (ERLANG_CASE.arrivalsPerHour * lengthMs) / 3_600_000 };
  const traffic = { ...plainTraffic(ERLANG_TRAFFIC, 'sales', []), notAnswered };
  return scenarioOf(site(agents, { sales: queue }), toMs, [
    { ...traffic, arrivals: { kind: 'poisson', rates: [rate] } },
  ]);
}

/** As many calls as keep 500 agents 90 % busy, each queue asking for a skill of its own. */
export function largeDay(): Scenario {
  const load = makeLoad({ ...FIFTY_CLASSES, agents: 500 });
  const queues = Object.keys(load.site.queues);
  const toMs = START_MS + DAY_MS;
  const expected = (0.9 * load.shape.agents * DAY_MS) / HANDLE_MS / queues.length;
  const traffic = queues.map(
    (queueId, at): Traffic => ({
      ...plainTraffic(`${queueId}-call`, queueId, [`skill-${at}`]),
      patience: { kind: 'exponential', meanMs: 180_000 },
      ring: { kind: 'exponential', meanMs: 4_000 },
      notAnswered: 0.03,
      arrivals: { kind: 'poisson', rates: [{ fromMs: START_MS, toMs, expected }] },
    }),
  );
  return scenarioOf(load.site, toMs, traffic);
}

function plainTraffic(name: string, queueId: string, skills: readonly string[]): Omit<Traffic, 'arrivals'> {
  return {
    name,
    queueId,
    channel: 'voice',
    label: null,
    priority: 0,
    skills,
    attributes: {},
    handle: { kind: 'exponential', meanMs: HANDLE_MS },
    patience: null,
    ring: { kind: 'fixed', meanMs: 0 },
    notAnswered: 0,
    wrapUp: null,
  };
}

function scenarioOf(where: Site, toMs: number, traffic: readonly Traffic[]): Scenario {
  // The agents stay until nobody waits any more, so that each call has its end.
  const shift = { fromMs: START_MS, toMs: toMs + STAY_MS, breaks: [] };
  return {
    name: 'bench',
    site: where,
    zone: timeZoneNamed('UTC')!,
    fromMs: START_MS,
    toMs,
    interval: '15m',
    runs: 1,
    seed: SEED,
    traffic,
    staff: [{ name: 'all', agentIds: Object.keys(where.agents), shifts: [shift], backAfterMs: 0 }],
  };
}
