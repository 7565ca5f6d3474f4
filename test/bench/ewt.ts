import { setImmediate as breathe } from 'node:timers/promises';
import type { Bench, BenchContext } from './bench.ts';
import { type Score, scoreOf } from './ewt-score.ts';
import { measureSpeed, type Speed } from './ewt-speed.ts';
import { liveTrace, type Outcome, type Trace } from './ewt-trace.ts';
import { TRACES } from './ewt-traces.ts';
import { figure, type Table } from './table.ts';

const SEEDS = [1, 2, 3, 4];
const CONTACTS = 50_000;
const QUEUES_PER_AGENT = [5, 50, 500];

type Row = Score & { readonly trace: string; readonly stream: string };

/** Estimated waits beside what app_queue would have told, with the real engine on a virtual clock. */
export const ewt: Bench = {
  summary: 'estimated waits beside app_queue on the same traces (a minute)',
  needs: [],
  async run(context) {
    const rows: Row[] = [];
    for (const trace of TRACES) rows.push(...(await scoreTrace(trace, context)));
    const speeds: Speed[] = [];
    for (const queuesPerAgent of QUEUES_PER_AGENT) {
      await breathe();
      context.signal.throwIfAborted();
      context.say(`speed with ${queuesPerAgent} queues for each agent`);
      speeds.push(measureSpeed(queuesPerAgent));
    }
    return {
      tables: [accuracy(rows), speed(speeds)],
      notes: [`Each trace: ${SEEDS.length} runs of ${CONTACTS} contacts; the first 5 % are not counted.`],
      figures: { traces: rows, speeds },
      asterisk: undefined,
    };
  },
};

async function scoreTrace(trace: Trace, { say, signal }: BenchContext): Promise<Row[]> {
  say(trace.name);
  const runs: Map<string, Outcome>[] = [];
  for (const seed of SEEDS) {
    // A turn of the event loop, so that Ctrl-C is heard.
    await breathe();
    signal.throwIfAborted();
    runs.push(liveTrace(trace, CONTACTS, seed));
  }
  return trace.streams.map(({ name }) => {
    const outcomes = runs.map((outcome) => outcome.get(name)!);
    return { trace: trace.name, stream: name, ...scoreOf(outcomes) };
  });
}

function accuracy(rows: readonly Row[]): Table {
  const cells = (row: Row): string[] => [
    row.trace,
    row.stream,
    String(row.told),
    figure(row.meanWaitS),
    figure(row.maeS),
    figure(row.emaMaeS),
    `${((1 - row.maeS / row.emaMaeS) * 100).toFixed(0)} %`,
    `${(row.withinP50 * 100).toFixed(1)} %`,
    `${(row.withinP90 * 100).toFixed(1)} %`,
  ];
  const head = [
    'trace',
    'stream',
    'told',
    'mean wait s',
    'error s',
    'app_queue s',
    'smaller by',
    'within P50',
    'within P90',
  ];
  const told = rows.reduce((sum, row) => sum + row.told, 0);
  const mean = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + row.told * of(row), 0) / told;
  const all: Row = {
    trace: 'all',
    stream: '',
    told,
    abandoned: rows.reduce((sum, row) => sum + row.abandoned, 0),
    meanWaitS: mean((row) => row.meanWaitS),
    maeS: mean((row) => row.maeS),
    emaMaeS: mean((row) => row.emaMaeS),
    withinP50: mean((row) => row.withinP50),
    withinP90: mean((row) => row.withinP90),
  };
  return {
    title: 'Mean absolute error of the wait that was told, over those who were served',
    head,
    rows: [...rows, all].map(cells),
  };
}

function speed(speeds: readonly Speed[]): Table {
  return {
    title: 'One estimate with 10,000 agents, 500 classes and 100,000 waiting, in µs',
    head: ['queues of an agent', 'mean', 'p50', 'p95', 'max'],
    rows: speeds.map((one) => [
      String(one.queuesPerAgent),
      ...[one.meanUs, one.p50Us, one.p95Us, one.maxUs].map((us) => figure(us)),
    ]),
  };
}
