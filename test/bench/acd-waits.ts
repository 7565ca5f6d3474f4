import { predict } from '../../src/simulation/erlang.ts';
import type { Scenario } from '../../src/simulation/scenario.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { ERLANG_CASE, ERLANG_TRAFFIC, erlangDay } from './acd-day.ts';
import { callsOf, type PollRule, pollWaits } from './acd-poll.ts';

/** What callers wait under one kind of dispatching. Halves of 95 % intervals over the runs stand beside the means. */
export type WaitFigures = {
  readonly dispatching: string;
  readonly unansweredPart: number;
  readonly asaMs: Mean;
  /** Part of the calls that were answered within 15 s. */
  readonly within15s: Mean;
  /** Longer than the engine, call by call of the same runs. */
  readonly extraMs: Mean;
};
export type Mean = { readonly mean: number; readonly half: number };

const RUNS = 8;
const CALLS_OF_RUN = 50_000;
/** The centre starts empty; so much of each run is left out. */
const WARM_UP_PART = 0.05;
const SERVICE_LEVEL_MS = 15_000;
/** Student's t for 95 % with RUNS - 1 degrees of freedom. */
const T_95 = 2.365;

const POLLS: readonly { readonly dispatching: string; readonly rule: PollRule }[] = [
  { dispatching: 'app_queue: each caller looks every 1 s', rule: { by: 'caller', everyMs: 1_000, retryMs: 5_000 } },
  { dispatching: 'a tick every 0.1 s', rule: { by: 'tick', everyMs: 100 } },
  { dispatching: 'a tick every 1 s', rule: { by: 'tick', everyMs: 1_000 } },
  { dispatching: 'a tick every 5 s', rule: { by: 'tick', everyMs: 5_000 } },
];

/** Erlang C's own values for the case without unanswered offers. */
export function theory(): { asaMs: number; within15s: number } {
  const { averageSpeedOfAnswerMs, answeredWithin } = predict(ERLANG_CASE);
  return { asaMs: averageSpeedOfAnswerMs, within15s: answeredWithin(SERVICE_LEVEL_MS) };
}

export function measureWaits(unansweredPart: number): WaitFigures[] {
  const lengthMs = (CALLS_OF_RUN * 3_600_000) / ERLANG_CASE.arrivalsPerHour;
  const day = erlangDay(lengthMs, unansweredPart);
  const own = runsOf((run) => engineWaits(day, run));
  const rows = [{ dispatching: 'this engine', runs: own }];
  for (const { dispatching, rule } of POLLS) {
    rows.push({ dispatching, runs: runsOf((run) => pollWaits(callsOf(day, run), rule)) });
  }
  return rows.map(({ dispatching, runs }) => ({
    dispatching,
    unansweredPart,
    asaMs: meanOf(runs.map(({ asaMs }) => asaMs)),
    within15s: meanOf(runs.map(({ within15s }) => within15s)),
    extraMs: meanOf(runs.map(({ asaMs }, run) => asaMs - own[run]!.asaMs)),
  }));
}

function engineWaits(day: Scenario, run: number): Float64Array {
  const waitsMs: number[] = [];
  liveDay(day, run, (event) => {
    if (event.kind !== 'contact.dequeued') return;
    if (event.reason !== 'answered') throw new Error(`a call left as ${event.reason}`);
    // Contacts are numbered in the order in which they came, from 1.
    waitsMs[Number(event.contactId.slice(ERLANG_TRAFFIC.length + 1)) - 1] = event.waitedMs;
  });
  return Float64Array.from(waitsMs);
}

function runsOf(waits: (run: number) => Float64Array): { asaMs: number; within15s: number }[] {
  return Array.from({ length: RUNS }, (_, run) => {
    const all = waits(run);
    const counted = all.subarray(Math.floor(all.length * WARM_UP_PART));
    const sum = counted.reduce((a, b) => a + b, 0);
    const within = counted.filter((waitedMs) => waitedMs <= SERVICE_LEVEL_MS).length;
    return { asaMs: sum / counted.length, within15s: within / counted.length };
  });
}

function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, half: T_95 * Math.sqrt(variance / values.length) };
}
