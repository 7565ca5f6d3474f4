import type { Event } from '../../src/model/event.ts';
import { type RandomStream, randomStream } from '../../src/simulation/random.ts';
import { type Floor, offersIn, openFloor } from './acd-floor.ts';
import { type Load, type LoadShape, makeLoad, SEED, WAITING } from './acd-load.ts';
import { type Handle, idleWork, mixedWork } from './acd-mixed.ts';
import { type LookFigures, measureLooks, type ScanFigures, scanForAgents, scanForItems } from './acd-scan.ts';
import {
  type Collections,
  coreTime,
  keptOffBetween,
  type Times,
  timesOf,
  together,
  watchCollections,
} from './acd-times.ts';

/** What happened. Each is one decision, with everything that follows from it in the same moment. */
export const TRIGGERS = {
  freed: 'agent becomes free: next contact offered',
  answered: 'offer answered',
  queued: 'contact comes, everyone busy: waits',
  abandoned: 'waiting customer hangs up',
  rona: 'offer not answered in time: back to its place',
  rested: 'agent back from rest: next contact offered',
  overdue: 'service level of a waiting contact passes',
  halfIdle: 'contact comes, 50 % of agents idle: offered',
  fewIdle: 'contact comes, 1 % of agents idle: offered',
} as const;
export type Trigger = keyof typeof TRIGGERS;

export type DecisionFigures = {
  readonly classesOfAgent: number;
  readonly times: Readonly<Record<Trigger, TriggerTimes>>;
  readonly all: TriggerTimes;
  /** Pauses of the timed runs, and how long others had the cores meanwhile. */
  readonly collections: Collections;
  readonly keptOffPart: number;
  /** Triggers, and offers among what followed, by second of the thread's time on a core, without clocks around each; one figure a repetition. */
  readonly perSecond: readonly number[];
  readonly offersPerSecond: readonly number[];
  readonly explanations: ExplanationFigures;
  /** The same decisions by plain scans, and what looking costs when callers poll. */
  readonly scans: readonly ScanFigures[];
  readonly looks: LookFigures;
};

/** By the clock on the wall, and by the CPU time of the process: the second leaves out when other programs had the core. */
export type TriggerTimes = { readonly wall: Times; readonly cpu: Times };

/** Length as JSON. */
export type ExplanationFigures = { readonly count: number; readonly meanBytes: number; readonly maxBytes: number };

const WARM_UP_CYCLES = 5_000;
const CYCLES = 40_000;
const IDLE_CYCLES = 20_000;
const SPEED_RUNS = 5;
const SPEED_CYCLES = 10_000;
const EXPLAINED_CYCLES = 5_000;

export async function measureDecisions(shape: LoadShape): Promise<DecisionFigures> {
  const load = makeLoad(shape);
  const took = Object.fromEntries(
    Object.keys(TRIGGERS).map((name) => [name, { wallUs: [], cpuUs: [] }]),
  ) as unknown as Took;
  const random = randomStream(SEED, 0, 'mixed work');
  const busy = openFloor(load);
  busy.fill(WAITING + shape.agents);
  busy.open();
  mixedWork(busy, random, WARM_UP_CYCLES, busy.engine.take);
  const explanations = measureExplanations(busy, random);
  const speeds = Array.from({ length: SPEED_RUNS }, () => speedOf(busy, random));
  const before = coreTime();
  const mixed = await watchCollections(() => mixedWork(busy, random, CYCLES, timed(busy, took, 'queued')));
  const scans = [scanForAgents(busy, load)];
  const looks = measureLooks(busy, load);
  const pauses = [mixed.collections];
  for (const [name, idle] of [
    ['halfIdle', 0.5],
    ['fewIdle', 0.01],
  ] as const) {
    const floor = openWithIdle(load, idle);
    idleWork(floor, WARM_UP_CYCLES, floor.engine.take);
    const { collections } = await watchCollections(() => idleWork(floor, IDLE_CYCLES, timed(floor, took, name)));
    pauses.push(collections);
    scans.push(scanForItems(floor, load, name));
  }
  const after = coreTime();
  const times = Object.entries(took).map(([name, values]) => [name, triggerTimes([values])]);
  return {
    classesOfAgent: shape.queuesOfAgent * shape.skillsOfAgent,
    times: Object.fromEntries(times) as Record<Trigger, TriggerTimes>,
    all: triggerTimes(Object.values(took)),
    collections: together(pauses),
    keptOffPart: keptOffBetween(before, after),
    perSecond: speeds.map((speed) => speed.triggers),
    offersPerSecond: speeds.map((speed) => speed.offers),
    explanations,
    scans,
    looks,
  };
}

type Took = Record<Trigger, TookUs>;
type TookUs = { readonly wallUs: number[]; readonly cpuUs: number[] };

function triggerTimes(took: readonly TookUs[]): TriggerTimes {
  return { wall: timesOf(took.flatMap((one) => one.wallUs)), cpu: timesOf(took.flatMap((one) => one.cpuUs)) };
}

/** As many agents as asked for stay idle, while 100,000 wait for a skill that only absent agents have. */
function openWithIdle(load: Load, idlePart: number): Floor {
  const floor = openFloor(load);
  floor.fill(WAITING, 'away');
  floor.open();
  const busy = load.shape.agents * (1 - idlePart);
  for (let calls = 0; calls < busy; calls++) {
    for (const { offerId } of offersIn(floor.engine.take(floor.arrival()))) floor.engine.take(floor.answer(offerId));
  }
  return floor;
}

function timed({ engine }: Floor, took: Took, queued: Trigger): Handle {
  return (event) => {
    const cpuFrom = process.cpuUsage();
    const fromMs = performance.now();
    const followed = engine.take(event);
    const toMs = performance.now();
    const cpu = process.cpuUsage(cpuFrom);
    const { wallUs, cpuUs } = took[triggerOf(followed, queued)];
    wallUs.push((toMs - fromMs) * 1_000);
    cpuUs.push(cpu.user + cpu.system);
    return followed;
  };
}

/** Only offers, rests and service levels become due here: nobody gives up or asks for less within a bench. */
function triggerOf(followed: readonly Event[], queued: Trigger): Trigger {
  switch (followed[0]?.kind) {
    case 'offer.ended':
      return 'freed';
    case 'offer.answered':
      return 'answered';
    case 'contact.queued':
      return queued;
    case 'contact.ended':
      return 'abandoned';
    default:
      if (followed.some((event) => event.kind === 'offer.expired')) return 'rona';
      return followed.some((event) => event.kind === 'agent.rest_ended') ? 'rested' : 'overdue';
  }
}

function speedOf(floor: Floor, random: RandomStream): { triggers: number; offers: number } {
  let triggers = 0;
  let offers = 0;
  const from = coreTime().onCoreMs;
  mixedWork(floor, random, SPEED_CYCLES, (event) => {
    const followed = floor.engine.take(event);
    triggers += 1;
    for (const one of followed) if (one.kind === 'offer.made') offers += 1;
    return followed;
  });
  const seconds = (coreTime().onCoreMs - from) / 1_000;
  return { triggers: triggers / seconds, offers: offers / seconds };
}

function measureExplanations(floor: Floor, random: RandomStream): ExplanationFigures {
  const bytes: number[] = [];
  mixedWork(floor, random, EXPLAINED_CYCLES, (event) => {
    const followed = floor.engine.take(event);
    for (const { why } of offersIn(followed)) bytes.push(Buffer.byteLength(JSON.stringify(why) ?? ''));
    return followed;
  });
  const sum = bytes.reduce((a, b) => a + b, 0);
  return { count: bytes.length, meanBytes: sum / bytes.length, maxBytes: Math.max(...bytes) };
}
