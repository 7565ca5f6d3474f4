import { readFileSync } from 'node:fs';
import type { Bench, BenchContext, BenchResult } from './bench.ts';
import type { BenchController } from './bench-exchange.ts';
import { BENCH_PORTS, type System } from './bench-ports.ts';
import { offerTimes, refillTimes, setUpTimes } from './call-times.ts';
import { createCallers } from './callers.ts';
import {
  type Closing,
  cpuOf,
  cpuPerCall,
  type Parts,
  type Place,
  SYSTEMS,
  startParts,
  TAIL_MS_MAX,
} from './calls-ground.ts';
import { measureMore } from './calls-more.ts';
import { type CallFigures, type CpuTimes, callsResult, type Step } from './calls-table.ts';
import { startCapture } from './capture.ts';
import { spreadOf } from './spread.ts';

const FREE_ROUNDS = 5;
const FREE_CALLS_PER_SECOND = 10;
/** So many calls warm each system up: Node compiles a function well only after it ran some hundred times. */
const WARM_UP_CALLS = 300;
const WARM_UP_CALLS_PER_SECOND = 25;
const BUSY_ROUNDS = 3;
const BUSY_CALLS = 30;
const BUSY_CALLS_PER_SECOND = 30;
const STEP_MS = 4_000;
const STEP_CALLS_PER_SECOND = 5;
const STEP_CALLS_PER_SECOND_MAX = 60;
const SET_UP_MS_MAX = 1_000;
const BUSY_MS_MAX = 60_000;

const NOTHING_MORE = { tables: [], notes: [], figures: undefined };

/** Our application and app_queue in one Asterisk, with the same callers and the same kind of phones. */
export const calls: Bench = {
  summary:
    'our application beside app_queue in one Asterisk, on real SIP calls (12 minutes; --only first: 5; needs root)',
  needs: [
    { name: 'sip-tester', program: 'sipp' },
    { name: 'tcpdump', program: 'tcpdump' },
  ],
  run,
};

async function run(context: BenchContext): Promise<BenchResult> {
  const started: Closing[] = [];
  try {
    const parts = await startParts(context, started);
    const capture = await startCapture(context.dir, BENCH_PORTS.capture);
    started.push(capture);
    const callers = createCallers(context.dir, capture, context.signal);
    let placed = 0;
    const place: Place = async (load) => {
      const round = await callers(load);
      if (load.system === 'ours') placed += round.calls.size;
      return round;
    };
    if (context.only === 'more')
      return { ...(await measureMore(context, parts, place)), asterisk: parts.asterisk.version };
    const free = await measureFree(context, parts, place);
    const busy = await measureBusy(context, place);
    const steps = await measureSteps(context, parts, place);
    const journalled = await offeredInReport(parts.controller);
    const warnings = countWarnings(parts.controller.logFile);
    const figures: CallFigures = { ...free, ...busy, steps, journalled, placed, warnings };
    const first = callsResult(figures);
    const more = context.only === 'first' ? NOTHING_MORE : await measureMore(context, parts, place);
    return {
      tables: [...first.tables, ...more.tables],
      notes: [...first.notes, ...more.notes],
      figures: { ...figures, more: more.figures },
      asterisk: parts.asterisk.version,
    };
  } finally {
    for (const part of started.reverse()) {
      await part.stop().catch((error: Error) => context.say(`could not be stopped: ${error.message}`));
    }
  }
}

/** Targets (a) and (c): both from the same rounds, the two systems in turns, each beginning every other round. */
async function measureFree(
  { roundMs, say }: BenchContext,
  parts: Parts,
  place: Place,
): Promise<Pick<CallFigures, 'offer' | 'cpu' | 'freeFailed'>> {
  const offerMs: Record<System, number[]> = { ours: [], appQueue: [] };
  const cpu: Record<System, CpuTimes[]> = { ours: [], appQueue: [] };
  const freeFailed: Record<System, number> = { ours: 0, appQueue: 0 };
  const count = Math.round((FREE_CALLS_PER_SECOND * roundMs) / 1000);
  for (const system of SYSTEMS) {
    say(`warming up, ${system}`);
    const load = { system, queue: 'wide', callsPerSecond: WARM_UP_CALLS_PER_SECOND, calls: WARM_UP_CALLS } as const;
    await place({ ...load, timeoutMs: (WARM_UP_CALLS / WARM_UP_CALLS_PER_SECOND) * 1000 + TAIL_MS_MAX });
  }
  for (let round = 1; round <= FREE_ROUNDS; round += 1) {
    for (const system of round % 2 === 0 ? SYSTEMS : SYSTEMS.toReversed()) {
      say(`agents free, round ${round} of ${FREE_ROUNDS}, ${system}`);
      const before = cpuOf(parts);
      const load = { system, queue: 'wide', callsPerSecond: FREE_CALLS_PER_SECOND, calls: count } as const;
      const done = await place({ ...load, timeoutMs: roundMs + TAIL_MS_MAX });
      cpu[system].push(cpuPerCall(before, cpuOf(parts), done.calls.size));
      offerMs[system].push(...offerTimes(done.calls));
      freeFailed[system] += done.failed;
    }
  }
  const offer = { ours: spreadOf(offerMs.ours), appQueue: spreadOf(offerMs.appQueue) };
  return { offer, cpu, freeFailed };
}

/** Target (b): more callers than agents, all of whom come within one second. */
async function measureBusy({ say }: BenchContext, place: Place): Promise<Pick<CallFigures, 'busy' | 'busyFailed'>> {
  const refillMs: Record<System, number[]> = { ours: [], appQueue: [] };
  const busyFailed: Record<System, number> = { ours: 0, appQueue: 0 };
  for (let round = 1; round <= BUSY_ROUNDS; round += 1) {
    for (const system of round % 2 === 0 ? SYSTEMS : SYSTEMS.toReversed()) {
      say(`agents busy, round ${round} of ${BUSY_ROUNDS}, ${system}`);
      const load = { system, queue: 'narrow', callsPerSecond: BUSY_CALLS_PER_SECOND, calls: BUSY_CALLS } as const;
      const { packets, places, failed } = await place({ ...load, timeoutMs: BUSY_MS_MAX });
      busyFailed[system] += failed;
      refillMs[system].push(...refillTimes(packets, places));
    }
  }
  return { busy: { ours: spreadOf(refillMs.ours), appQueue: spreadOf(refillMs.appQueue) }, busyFailed };
}

/** Target (d): steps upwards, until a call of the system fails or its set-up gets slow. */
async function measureSteps({ say }: BenchContext, parts: Parts, place: Place): Promise<CallFigures['steps']> {
  const steps: Record<System, Step[]> = { ours: [], appQueue: [] };
  for (let rate = STEP_CALLS_PER_SECOND; rate <= STEP_CALLS_PER_SECOND_MAX; rate += STEP_CALLS_PER_SECOND) {
    for (const system of SYSTEMS.filter((one) => steps[one].every(({ held }) => held))) {
      say(`${rate} calls/s, ${system}`);
      const load = { system, queue: 'wide', callsPerSecond: rate, calls: (rate * STEP_MS) / 1000 } as const;
      const before = cpuOf(parts);
      const round = await place({ ...load, timeoutMs: STEP_MS + TAIL_MS_MAX });
      const cpu = cpuPerCall(before, cpuOf(parts), round.calls.size);
      const setUp = spreadOf(setUpTimes(round.calls));
      const held = round.failed === 0 && (setUp.p95 ?? Infinity) <= SET_UP_MS_MAX;
      steps[system].push({ callsPerSecond: rate, failed: round.failed, setUp, cpu, held });
    }
  }
  return steps;
}

/** How many calls our own report knows of: the journal was on while all this was measured. */
async function offeredInReport(controller: BenchController): Promise<number> {
  const report = (await controller.ask('GET', '/v1/reports/queues')) as { rows: { offered: number }[] };
  return report.rows.reduce((sum, { offered }) => sum + offered, 0);
}

/** A line of the controller's log is one JSON object; 40 is pino's level of a warning. */
function countWarnings(logFile: string): number {
  const lines = readFileSync(logFile, 'utf8').split('\n').filter(Boolean);
  return lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 40).length;
}
