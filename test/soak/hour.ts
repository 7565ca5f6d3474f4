import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type BenchAsterisk,
  type BenchController,
  startBenchAsterisk,
  startBenchController,
  startBenchPostgres,
} from '../bench/bench-exchange.ts';
import { BENCH_PORTS, NUMBERS, phonesOf } from '../bench/bench-ports.ts';
import { writeBenchSite } from '../bench/bench-site.ts';
import { logAgentsIn, registerPhones, startPhones } from '../bench/phones.ts';
import { runSipp } from '../bench/sipp.ts';
import { figure, type Table } from '../bench/table.ts';
import { until } from '../system/until.ts';
import { growth, type Sample, sampleOf } from './memory.ts';
import type { Soak, SoakContext, SoakResult } from './soak.ts';

// Calls at 60 % of the rate that `npm run bench -- calls` finds held (60 calls/s), minute after minute: the memory that is
// left after a collection stays what it was, and when the calls are over nothing of them is left anywhere.

const CALLS_PER_SECOND = 36;
const MINUTE_MS = 60_000;
const TAIL_MS_MAX = 20_000;
const CALLERS_MAX = 2_000;
/** Node's compiler and the caches of all sorts are full after this. */
const WARM_UP_MINUTES = 2;
const GROWTH_MAX = 0.05;
/** A registration lasts ten minutes. */
const REGISTER_EVERY_MINUTES = 8;
/** Connections to the database and idle ones to Asterisk come and go by themselves. */
const FILES_MORE_MAX = 4;

export const hour: Soak = {
  summary: `${CALLS_PER_SECOND} calls/s for an hour: memory stays flat, and nothing is left of the calls (needs root)`,
  round: 'a minute',
  rounds: 60,
  needs: [{ name: 'sip-tester', program: 'sipp' }],
  run,
};

type Closing = { stop(): Promise<void> };
type Parts = {
  readonly asterisk: BenchAsterisk;
  readonly controller: BenchController;
  readonly phones: Phones;
  readonly probeFile: string;
};

async function run(context: SoakContext): Promise<SoakResult> {
  const { rounds, signal, say } = context;
  const dir = mkdtempSync(join(tmpdir(), 'strowger-hour-'));
  // PostgreSQL and Asterisk run as a user of their own and must pass through.
  chmodSync(dir, 0o711);
  const started: Closing[] = [];
  try {
    const parts = await startParts(context, dir, started);
    const pids = { controller: parts.controller.pid, asterisk: parts.asterisk.pid };
    const samples: Sample[] = [];
    let failedMinutes = 0;
    for (let minute = 1; minute <= rounds + WARM_UP_MINUTES; minute += 1) {
      if (minute % REGISTER_EVERY_MINUTES === 0) await parts.phones.again();
      const status = await minuteOfCalls(dir, signal);
      if (status !== 0) failedMinutes += 1;
      const sample = await sampleOf(minute, pids, parts.probeFile);
      if (minute > WARM_UP_MINUTES) samples.push(sample);
      say(`minute ${minute}: heap ${figure(sample.heapMib)} MiB, RSS ${figure(sample.rssMib)} MiB, SIPp ${status}`);
    }
    const left = await leftOver(parts);
    const counted = await answeredInReport(parts.controller);
    return result({ samples, failedMinutes, left, counted, minutes: rounds + WARM_UP_MINUTES });
  } finally {
    for (const part of started.reverse()) await part.stop().catch((error: Error) => say(error.message));
    rmSync(dir, { recursive: true, force: true });
  }
}

async function startParts({ signal, say }: SoakContext, dir: string, started: Closing[]): Promise<Parts> {
  const keep = <T extends Closing>(part: T): T => {
    started.push(part);
    signal.throwIfAborted();
    return part;
  };
  const context = { dir, roundMs: MINUTE_MS, profileDir: undefined, signal, say };
  const postgres = keep(await startBenchPostgres(dir));
  const asterisk = keep(await startBenchAsterisk(context));
  const flowsDir = join(dir, 'flows');
  writeBenchSite(flowsDir);
  const probeFile = join(dir, 'probe.json');
  const env = {
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'probe.mjs')).href}`,
    STROWGER_TEST_PROBE: probeFile,
  };
  const { databaseUrl } = postgres;
  const controller = keep(await startBenchController(context, { flowsDir, databaseUrl, ariUrl: asterisk.ariUrl, env }));
  const phones = keep(await openPhones(dir, controller, signal));
  await logAgentsIn(controller, phonesOf('ours', 'wide'), signal);
  return { asterisk, controller, phones, probeFile };
}

type Phones = Closing & { again(): Promise<void> };

/** The agents' phones; `again` registers them anew, from the port on which they are rung, so when nobody calls. */
async function openPhones(dir: string, controller: BenchController, signal: AbortSignal): Promise<Phones> {
  const open = async (): Promise<Closing> => {
    await registerPhones(dir, 'wide', controller, signal);
    return startPhones(dir, 'ours', 'wide');
  };
  let phones = await open();
  return {
    stop: () => phones.stop(),
    async again() {
      await phones.stop();
      phones = await open();
    },
  };
}

/** @returns SIPp's exit status: 0 when every call of this minute came to its end as it should. */
function minuteOfCalls(dir: string, signal: AbortSignal): Promise<number> {
  const { callers: localPort, sip: exchangePort, sippMedia: mediaPort } = BENCH_PORTS;
  const calls = (CALLS_PER_SECOND * MINUTE_MS) / 1000;
  const options = [
    ...['-s', NUMBERS.ours.wide, '-key', 'caller', '7001'],
    ...['-r', String(CALLS_PER_SECOND), '-m', String(calls), '-l', String(CALLERS_MAX)],
    ...['-timeout', `${MINUTE_MS + TAIL_MS_MAX}ms`],
  ];
  return runSipp({ scenario: 'caller', dir, localPort, exchangePort, mediaPort, options }, signal);
}

/** What there is of calls although none is there any more. */
async function leftOver({ asterisk, controller }: Parts): Promise<string[]> {
  const url = new URL(asterisk.ariUrl);
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  const count = async (what: string): Promise<number> => {
    const response = await fetch(`${url.origin}${url.pathname}/${what}`, { headers: { authorization } });
    return ((await response.json()) as unknown[]).length;
  };
  const look = async (): Promise<string[]> => {
    const { contacts } = (await controller.ask('GET', '/v1/contacts')) as { contacts: unknown[] };
    const found = { channels: await count('channels'), bridges: await count('bridges'), contacts: contacts.length };
    return Object.entries(found).flatMap(([what, many]) => (many === 0 ? [] : [`${many} ${what} are left`]));
  };
  await until('nothing is left', async () => (await look()).length === 0 || undefined).catch(() => undefined);
  return look();
}

async function answeredInReport(controller: BenchController): Promise<number> {
  const report = (await controller.ask('GET', '/v1/reports/queues')) as { rows: { answered: number }[] };
  return report.rows.reduce((sum, { answered }) => sum + answered, 0);
}

type Found = {
  readonly samples: readonly Sample[];
  readonly failedMinutes: number;
  readonly left: readonly string[];
  readonly counted: number;
  readonly minutes: number;
};

function result({ samples, failedMinutes, left, counted, minutes }: Found): SoakResult {
  const placed = (minutes * CALLS_PER_SECOND * MINUTE_MS) / 1000;
  const heap = growth(samples.map(({ heapMib }) => heapMib));
  const rss = growth(samples.map(({ rssMib }) => rssMib));
  const asteriskRss = growth(samples.map(({ asteriskRssMib }) => asteriskRssMib));
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const row = (name: string, of: (sample: Sample) => number, grown: number): string[] => [
    name,
    figure(of(first)),
    figure(of(last)),
    `${(grown * 100).toFixed(1)} %`,
  ];
  const table: Table = {
    title: `${CALLS_PER_SECOND} calls/s for ${samples.length} minutes after ${WARM_UP_MINUTES} of warm-up`,
    head: ['', 'first minute', 'last minute', 'growth, medians of the first and the last fifth'],
    rows: [
      row('heap after a collection, MiB', ({ heapMib }) => heapMib, heap),
      row('RSS of the controller, MiB', ({ rssMib }) => rssMib, rss),
      row('RSS of Asterisk, MiB', ({ asteriskRssMib }) => asteriskRssMib, asteriskRss),
      ['open files and sockets of the controller', String(first.files), String(last.files), ''],
      ["Node's handles", handlesOf(first), handlesOf(last), ''],
    ],
  };
  const failures = [
    ...(heap > GROWTH_MAX ? [`the heap grew by ${(heap * 100).toFixed(1)} %`] : []),
    ...(rss > GROWTH_MAX ? [`the RSS of the controller grew by ${(rss * 100).toFixed(1)} %`] : []),
    ...(last.files > first.files + FILES_MORE_MAX ? [`${last.files - first.files} more open files`] : []),
    ...(failedMinutes > 0 ? [`in ${failedMinutes} minutes not every call came to its end`] : []),
    ...(counted !== placed ? [`${placed} calls were placed, ${counted} answered by our own report`] : []),
    ...left,
  ];
  const notes = [`${placed} calls placed, ${counted} answered by our own report.`];
  return { tables: [table], notes, failures, figures: { samples, placed, counted, left } };
}

function handlesOf({ handles }: Sample): string {
  return Object.entries(handles)
    .map(([kind, count]) => `${kind} ${count}`)
    .sort()
    .join(', ');
}
