import type { BenchResult } from './bench.ts';
import type { System } from './bench-ports.ts';
import type { CpuTimes } from './calls-table.ts';
import { type Spread, spreadOf } from './spread.ts';
import { figure, type Table } from './table.ts';

/** One round of calls of one kind; `cpu` is in ms a call. */
export type Apart = {
  readonly name: 'plain' | 'recorded' | 'passed on';
  readonly system: System;
  readonly failed: number;
  readonly cpu: CpuTimes;
};

export type Undisturbed = {
  readonly system: System;
  readonly beside: 'nobody' | 'callers with music' | 'callers who are told things' | 'callbacks';
  readonly offer: Spread;
  readonly failed: number;
};

export type HeldStep = {
  readonly waiting: number;
  /** All of them were answered and wait. */
  readonly taken: boolean;
  /** The part of the packets of music that was sent, median of some callers. */
  readonly sound: number;
  readonly offer: Spread;
  readonly failed: number;
  /** Cores: ms of CPU time a ms. */
  readonly cpu: CpuTimes;
  readonly held: boolean;
};

export type MoreFigures = {
  readonly apart: readonly Apart[];
  /** ms of CPU time for each second that one caller waits. */
  readonly music: Record<System, CpuTimes>;
  readonly undisturbed: readonly Undisturbed[];
  readonly held: Record<System, readonly HeldStep[]>;
};

const PROGRAMS = ['controllerMs', 'asteriskMs', 'postgresMs'] as const;

export function moreResult(figures: MoreFigures): Pick<BenchResult, 'tables' | 'notes'> {
  const failed = [...figures.apart, ...figures.undisturbed].reduce((sum, one) => sum + one.failed, 0);
  return {
    tables: [apartTable(figures), undisturbedTable(figures), heldTable(figures)],
    notes: [
      `Calls that failed in (e) and (f): ${failed}. Callers that were held: ours ${heldMost(figures.held.ours)}, app_queue ${heldMost(figures.held.appQueue)}.`,
      'What app_queue cannot do: keep the place of a caller who hangs up (callbacks); so there is no row for it. Its recordings are WAV files of both sides mixed, in the clear; ours are two sides apart, compressed and encrypted, and in our figures.',
    ],
  };
}

function apartTable({ apart, music }: MoreFigures): Table {
  const cells = (times: readonly CpuTimes[]): string =>
    times.length === 0 ? '-' : PROGRAMS.map((part) => figure(spreadOf(times.map((one) => one[part])).p50)).join(' / ');
  const of = (name: Apart['name'], system: System): string =>
    cells(apart.filter((one) => one.name === name && one.system === system).map(({ cpu }) => cpu));
  const row = (what: string, name: Apart['name']): string[] => [what, of(name, 'ours'), of(name, 'appQueue')];
  return {
    title: '(e) CPU time in ms: controller / Asterisk / PostgreSQL',
    head: ['', 'ours', 'app_queue'],
    rows: [
      row('a talk of 2 s with sound, a call', 'plain'),
      row('the same, recorded, a call', 'recorded'),
      row('passed on to another queue (REFER) after 0.2 s, a call', 'passed on'),
      ['waiting with music, a caller and second', cells([music.ours]), cells([music.appQueue])],
    ],
  };
}

function undisturbedTable({ undisturbed }: MoreFigures): Table {
  const kinds = [...new Set(undisturbed.map(({ beside }) => beside))];
  const cell = (beside: Undisturbed['beside'], system: System): string => {
    const found = undisturbed.find((one) => one.beside === beside && one.system === system);
    return found ? spreadText(found.offer) : 'cannot';
  };
  return {
    title:
      "(f) caller's INVITE in to agent's INVITE out, an agent free, beside 200 who wait: ms as p50 / p95 / max (number)",
    head: ['beside', 'ours', 'app_queue'],
    rows: kinds.map((beside) => [beside, cell(beside, 'ours'), cell(beside, 'appQueue')]),
  };
}

function heldTable({ held }: MoreFigures): Table {
  const most = Math.max(held.ours.length, held.appQueue.length);
  const cell = (step: HeldStep | undefined): string => {
    if (!step) return '-';
    const { controllerMs, asteriskMs } = step.cpu;
    const cores = `${figure(controllerMs)} / ${figure(asteriskMs)}`;
    const verdict = step.held ? '' : `; not held${step.taken ? '' : ', not all were taken'}`;
    return `${cores}; ${(step.sound * 100).toFixed(1)} %; ${figure(step.offer.p50)} / ${figure(step.offer.p95)}${verdict}`;
  };
  return {
    title:
      '(g) callers who wait with music: cores of controller / Asterisk; packets of sound sent; offer of another call, ms p50 / p95',
    head: ['waiting', 'ours', 'app_queue'],
    rows: Array.from({ length: most }, (_, place) => [
      String(held.ours[place]?.waiting ?? held.appQueue[place]?.waiting),
      cell(held.ours[place]),
      cell(held.appQueue[place]),
    ]),
  };
}

function heldMost(steps: readonly HeldStep[]): number {
  return steps.filter(({ held }) => held).at(-1)?.waiting ?? 0;
}

function spreadText({ p50, p95, max, count }: Spread): string {
  return `${figure(p50)} / ${figure(p95)} / ${figure(max)} (${count})`;
}
