import type { ChangeFigures } from './acd-change.ts';
import type { DayFigures } from './acd-day.ts';
import { type DecisionFigures, TRIGGERS, type Trigger, type TriggerTimes } from './acd-decisions.ts';
import type { MemoryFigures } from './acd-memory-child.ts';
import type { ReplayFigures } from './acd-replay.ts';
import { medianOf } from './acd-times.ts';
import type { Mean, WaitFigures } from './acd-waits.ts';
import { figure, type Table } from './table.ts';

const P99_TARGET_US = 100;
const PER_SECOND_TARGET = 200_000;
const ITEM_TARGET_BYTES = 1_024;
const CHANGE_TARGET_MS = 100;
const REPLAY_TARGET_MS = 10_000;
const CALLS_TARGET_PER_SECOND = 100_000;

const yesOrNo = (met: boolean): string => (met ? 'yes' : 'no');
const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');
/** Median with the smallest and the largest. */
const spread = (values: readonly number[], show = thousands): string =>
  `${show(medianOf(values))} (${show(Math.min(...values))} - ${show(Math.max(...values))})`;

export function decisionTable(all: readonly DecisionFigures[]): Table {
  const row = (classes: number, name: string, { wall, cpu }: TriggerTimes): string[] => [
    String(classes),
    name,
    thousands(wall.count),
    ...[wall.p50Us, wall.p99Us, wall.p999Us, wall.maxUs, cpu.p99Us, cpu.p999Us].map((value) => figure(value)),
    yesOrNo(wall.p99Us < P99_TARGET_US),
    yesOrNo(cpu.p99Us < P99_TARGET_US),
  ];
  return {
    title: `Decisions: 10,000 agents, 100,000 waiting, 500 classes of requirement. One decision is one trigger with all that follows from it,
applied and explained; times in µs from the trigger to the last of it, by the clock and in CPU time of the process`,
    head: [
      'classes an agent',
      'trigger',
      'decisions',
      'p50',
      'p99',
      'p99.9',
      'max',
      'CPU p99',
      'CPU p99.9',
      `p99 < ${P99_TARGET_US}`,
      `CPU p99 < ${P99_TARGET_US}`,
    ],
    rows: all.flatMap(({ classesOfAgent, times, all: total }) => [
      ...(Object.keys(TRIGGERS) as Trigger[]).map((name) => row(classesOfAgent, TRIGGERS[name], times[name])),
      row(classesOfAgent, 'all of them', total),
    ]),
  };
}

export function speedTable(all: readonly DecisionFigures[]): Table {
  return {
    title: `Decisions in a second of one core (CPU time of the thread), everyone busy, 100,000 waiting: median of ${all[0]?.perSecond.length} runs (least - most). The making of the events is in it`,
    head: ['classes an agent', 'triggers/s', `>= ${thousands(PER_SECOND_TARGET)}`, 'offers/s among them'],
    rows: all.map(({ classesOfAgent, perSecond, offersPerSecond }) => [
      String(classesOfAgent),
      spread(perSecond),
      yesOrNo(medianOf(perSecond) >= PER_SECOND_TARGET),
      spread(offersPerSecond),
    ]),
  };
}

/** Sentences on garbage collection and explanations, one pair for each load. */
export function decisionNotes(all: readonly DecisionFigures[]): string[] {
  return all.flatMap(({ classesOfAgent, collections, keptOffPart, explanations }) => [
    `${classesOfAgent} classes an agent: ${collections.count} garbage collections in the timed runs, ${figure(collections.sumMs, 'ms')} together, the longest ${figure(collections.maxMs, 'ms')}; they are in the times above. Other programs had the core for ${figure(keptOffPart * 100, '%')} of the time; that is in the times, too.`,
    `${classesOfAgent} classes an agent: explanations take ${figure(explanations.meanBytes)} bytes of JSON on average, ${explanations.maxBytes} at most (${thousands(explanations.count)} offers).`,
  ]);
}

export function memoryTable(all: readonly MemoryFigures[]): Table {
  return {
    title: 'Memory for each of 100,000 waiting items, with all that the dispatcher keeps about it',
    head: ['item', 'bytes', `< ${ITEM_TARGET_BYTES}`],
    rows: all.map(({ item, bytesEach }) => [item, figure(bytesEach), yesOrNo(bytesEach < ITEM_TARGET_BYTES)]),
  };
}

export function changeTable(all: readonly ChangeFigures[]): Table {
  return {
    title:
      'A changed configuration reaches 10,000 agents and 100,000 waiting items: ms, median (least - most), from the event to the last decision that follows',
    head: [
      'change',
      'changes',
      'ms',
      'CPU ms',
      'events that follow, at most',
      `< ${CHANGE_TARGET_MS}`,
      `CPU < ${CHANGE_TARGET_MS}`,
    ],
    rows: all.map(({ change, tookMs, cpuMs, events }) => [
      change,
      String(tookMs.length),
      spread(tookMs, figure),
      spread(cpuMs, figure),
      thousands(events),
      yesOrNo(medianOf(tookMs) < CHANGE_TARGET_MS),
      yesOrNo(medianOf(cpuMs) < CHANGE_TARGET_MS),
    ]),
  };
}

export function replayTable({ events, applyMs, parseAndApplyMs }: ReplayFigures): Table {
  return {
    title: `Replay of ${thousands(events)} events of a simulated day`,
    head: ['', 's', `< ${REPLAY_TARGET_MS / 1_000} s`],
    rows: [
      ['events in memory', spread(applyMs, (ms) => figure(ms / 1_000)), yesOrNo(medianOf(applyMs) < REPLAY_TARGET_MS)],
      ['lines of JSON, parsed', figure(parseAndApplyMs / 1_000), yesOrNo(parseAndApplyMs < REPLAY_TARGET_MS)],
    ],
  };
}

export function dayTable(all: readonly DayFigures[]): Table {
  return {
    title: `Simulated days, calls in a second of one core (CPU time of the thread): median of ${all[0]?.callsPerSecond.length} runs (least - most)`,
    head: ['day', 'calls', 'events a call', 'calls/s', `>= ${thousands(CALLS_TARGET_PER_SECOND)}`],
    rows: all.map(({ day, calls, eventsOfCall, callsPerSecond }) => [
      day,
      thousands(calls),
      figure(eventsOfCall),
      spread(callsPerSecond),
      yesOrNo(medianOf(callsPerSecond) >= CALLS_TARGET_PER_SECOND),
    ]),
  };
}

export function scanTable(all: readonly DecisionFigures[]): Table {
  const rows = all.flatMap(({ classesOfAgent, times, scans, looks }) => [
    ...scans.map(({ trigger, scan, same }) => [
      String(classesOfAgent),
      TRIGGERS[trigger],
      figure(times[trigger].wall.p50Us),
      figure(scan.p50Us),
      `1/${figure(scan.p50Us / times[trigger].wall.p50Us)}`,
      figure(same * 100, '%'),
    ]),
    [
      String(classesOfAgent),
      'one look of one caller each second, as in app_queue with a queue for each class',
      '-',
      figure(looks.lookUs),
      `${figure((looks.lookUs * looks.looksPerSecond) / 1e6)} s of CPU a second for ${thousands(looks.looksPerSecond)} callers`,
      '-',
    ],
  ]);
  return {
    title:
      'The same decisions by a scan of all items or of all agents, on the same state in turns; median of a decision in µs',
    head: ['classes an agent', 'decision', 'engine', 'scan', 'engine by scan', 'same choice'],
    rows,
  };
}

export function waitTable(
  all: readonly WaitFigures[],
  theory: { readonly asaMs: number; readonly within15s: number },
): Table {
  const plusMinus = ({ mean, half }: Mean, scale: number): string =>
    `${figure(mean * scale)} ± ${figure(half * scale)}`;
  const rows = all.map(({ dispatching, unansweredPart, asaMs, within15s, extraMs }) => [
    dispatching,
    `${unansweredPart * 100} %`,
    plusMinus(asaMs, 0.001),
    plusMinus(within15s, 100),
    plusMinus(extraMs, 0.001),
  ]);
  return {
    title: `What polling costs the callers: 360 calls in half an hour, 240 s each, 55 agents, 8 runs of 50,000 calls, the same calls for each row;
mean ± half of the 95 % interval over the runs`,
    head: [
      'dispatching',
      'offers not answered',
      'average speed of answer, s',
      'answered within 15 s, %',
      'longer than the engine, s',
    ],
    rows: [['Erlang C', '0 %', figure(theory.asaMs / 1_000), figure(theory.within15s * 100), '-'], ...rows],
  };
}
