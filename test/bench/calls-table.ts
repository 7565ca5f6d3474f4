import type { BenchResult } from './bench.ts';
import type { System } from './bench-ports.ts';
import { type Spread, spreadOf } from './spread.ts';
import { figure, type Table } from './table.ts';

/** CPU time of each program, in ms a call. */
export type CpuTimes = { readonly controllerMs: number; readonly asteriskMs: number; readonly postgresMs: number };

export type Step = {
  readonly callsPerSecond: number;
  readonly failed: number;
  readonly setUp: Spread;
  readonly cpu: CpuTimes;
  /** No call failed, and the 95th percentile of the set-up was within a second. */
  readonly held: boolean;
};

export type CallFigures = {
  /** Caller's INVITE in to agent's INVITE out, in ms, with agents free. */
  readonly offer: Record<System, Spread>;
  /** One for each round. */
  readonly cpu: Record<System, readonly CpuTimes[]>;
  readonly freeFailed: Record<System, number>;
  /** Agent's BYE in to the next waiting caller's INVITE out, in ms. */
  readonly busy: Record<System, Spread>;
  readonly busyFailed: Record<System, number>;
  readonly steps: Record<System, readonly Step[]>;
  /** Calls that our own report counts. */
  readonly journalled: number;
  /** Calls that were placed on our numbers. */
  readonly placed: number;
  /** Warnings and errors in the controller's log. */
  readonly warnings: number;
};

const OFFER_RATIO_MAX = 2;
const REFILL_RATIO_MAX = 1 / 60;
const CONTROLLER_MS_MAX = 4;
const HELD_CALLS_PER_SECOND_MIN = 30;

/** The four targets with what was measured, and the steps of (d). */
export function callsResult(figures: CallFigures): Pick<BenchResult, 'tables' | 'notes'> {
  return { tables: [targetTable(figures), cpuTable(figures), stepTable(figures)], notes: notesOf(figures) };
}

function targetTable({ offer, busy, cpu, steps }: CallFigures): Table {
  const times = (name: string, { ours, appQueue }: Record<System, Spread>, target: string, ratioMax: number) => {
    const ratio = (ours.p50 ?? Number.NaN) / (appQueue.p50 ?? Number.NaN);
    const shown = ratio < 0.1 ? `1/${figure(1 / ratio)}` : figure(ratio);
    return [name, spread(ours), spread(appQueue), shown, target, met(ratio <= ratioMax)];
  };
  const controllerMs = median(cpu.ours, 'controllerMs');
  const held = heldRate(steps.ours);
  return {
    title: 'Our application beside app_queue; times in ms as p50 / p95 (number of calls)',
    head: ['', 'ours', 'app_queue', 'ratio of p50', 'target', 'met'],
    rows: [
      times('(a) INVITE in to agent INVITE out, agent free', offer, 'ratio <= 2', OFFER_RATIO_MAX),
      times('(b) agent BYE to next agent INVITE out', busy, 'ratio <= 1/60', REFILL_RATIO_MAX),
      [
        '(c) CPU of the controller, ms a call',
        figure(controllerMs),
        '-',
        '-',
        `<= ${CONTROLLER_MS_MAX}`,
        met((controllerMs ?? Infinity) <= CONTROLLER_MS_MAX),
      ],
      [
        '(d) calls/s held',
        `${held}`,
        `${heldRate(steps.appQueue)}`,
        '-',
        `>= ${HELD_CALLS_PER_SECOND_MIN}`,
        met(held >= HELD_CALLS_PER_SECOND_MIN),
      ],
    ],
  };
}

function cpuTable({ cpu }: CallFigures): Table {
  const row = (name: string, part: keyof CpuTimes): string[] => [
    name,
    figure(median(cpu.ours, part)),
    figure(median(cpu.appQueue, part)),
  ];
  return {
    title: '(c) CPU time in ms a call at 10 calls/s, median of the rounds',
    head: ['', 'ours', 'app_queue'],
    rows: [row('controller', 'controllerMs'), row('Asterisk', 'asteriskMs'), row('PostgreSQL', 'postgresMs')],
  };
}

function stepTable({ steps }: CallFigures): Table {
  const cell = (step: Step | undefined): string =>
    step ? `${spread(step.setUp, true)}${step.held ? '' : `, ${step.failed} failed: not held`}` : '-';
  const rates = [...new Set([...steps.ours, ...steps.appQueue].map(({ callsPerSecond }) => callsPerSecond))];
  const at = (system: System, rate: number): Step | undefined =>
    steps[system].find(({ callsPerSecond }) => callsPerSecond === rate);
  return {
    title: "(d) set-up: caller's INVITE in until both sides are answered, in ms as p50 / p95 / max (number of calls)",
    head: ['calls/s', 'ours', 'app_queue', 'CPU of the controller, ms a call'],
    rows: rates
      .sort((a, b) => a - b)
      .map((rate) => [
        String(rate),
        cell(at('ours', rate)),
        cell(at('appQueue', rate)),
        figure(at('ours', rate)?.cpu.controllerMs),
      ]),
  };
}

function notesOf({ freeFailed, busyFailed, journalled, placed, warnings }: CallFigures): string[] {
  return [
    `Calls that failed in (a), (b) and (c): ours ${freeFailed.ours + busyFailed.ours}, app_queue ${freeFailed.appQueue + busyFailed.appQueue}.`,
    `Calls on our numbers: ${placed} placed, ${journalled} in our own report. Warnings and errors in the controller's log: ${warnings}.`,
  ];
}

function heldRate(steps: readonly Step[]): number {
  return steps.filter(({ held }) => held).at(-1)?.callsPerSecond ?? 0;
}

function median(rounds: readonly CpuTimes[], part: keyof CpuTimes): number | undefined {
  return spreadOf(rounds.map((round) => round[part])).p50;
}

function spread({ p50, p95, max, count }: Spread, withMax = false): string {
  return `${figure(p50)} / ${figure(p95)}${withMax ? ` / ${figure(max)}` : ''} (${count})`;
}

function met(yes: boolean): string {
  return yes ? 'yes' : 'NO';
}
