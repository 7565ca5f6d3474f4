import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/open.ts';
import type { Event } from '../../src/model/event.ts';

export type JournalFigures = {
  readonly appendP50Us: number;
  readonly appendP99Us: number;
  /**
   * CPU time of this process, append and writer together, at 30 calls a second of 25 events each; what the same loop
   * takes without a journal is subtracted.
   */
  readonly cpuMsPer1000Events: number;
  /** From the call of `append` until the event is committed. */
  readonly durableP50Ms: number;
  readonly durableP99Ms: number;
  /** Events a second out of a backlog. */
  readonly drainPerSecond: number;
  /** Events a second into a replay. */
  readonly replayPerSecond: number;
};

const CALLS = 300;
const CALL_EVERY_MS = 1_000 / 30;
const EVENTS_PER_CALL = 25;
const BACKLOG_EVENTS = 50_000;
const DURABLE_SAMPLES = 200;

/** Measures the journal on an empty database; takes some 25 s. */
export async function run(databaseUrl: string): Promise<JournalFigures> {
  const spoolDir = mkdtempSync(join(tmpdir(), 'strowger-bench-journal-'));
  const log = { info() {}, warn() {}, error() {} };
  const journal = await openJournal({ databaseUrl, spoolDir, log, now: Date.now });
  try {
    const calls = await measureCalls(journal);
    const durable = await measureDurable(journal);
    return { ...calls, ...durable, ...(await measureBacklog(journal)) };
  } finally {
    await journal.close();
    rmSync(spoolDir, { recursive: true, force: true });
  }
}

async function measureCalls(journal: Journal) {
  const tookUs: number[] = [];
  const bareCpuMs = await cpuOfCalls(() => undefined);
  const cpuMs = await cpuOfCalls((events) => {
    const fromMs = performance.now();
    journal.append(events);
    tookUs.push((performance.now() - fromMs) * 1_000);
  });
  await journal.flush();
  return {
    appendP50Us: at(tookUs, 0.5),
    appendP99Us: at(tookUs, 0.99),
    cpuMsPer1000Events: ((cpuMs - bareCpuMs) * 1_000) / (CALLS * EVENTS_PER_CALL),
  };
}

/** A call's events come a few at a time: here two by two, each pair in a turn of its own. */
async function cpuOfCalls(append: (events: readonly Event[]) => void): Promise<number> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  for (let call = 0; call < CALLS; call += 1) {
    await delay(Math.max(0, startedMs + call * CALL_EVERY_MS - performance.now()));
    for (let event = 0; event < EVENTS_PER_CALL; event += 2) {
      append([eventOf(call, event), eventOf(call, event + 1)].slice(0, EVENTS_PER_CALL - event));
      await delay(1);
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function measureDurable(journal: Journal) {
  const tookMs: number[] = [];
  for (let sample = 0; sample < DURABLE_SAMPLES; sample += 1) {
    const fromMs = performance.now();
    journal.append([eventOf(sample, sample)]);
    await journal.flush();
    tookMs.push(performance.now() - fromMs);
  }
  return { durableP50Ms: at(tookMs, 0.5), durableP99Ms: at(tookMs, 0.99) };
}

async function measureBacklog(journal: Journal) {
  const events = Array.from({ length: BACKLOG_EVENTS }, (_, index) => eventOf(index, index));
  const lastSeq = journal.append(events);
  const drainedFromMs = performance.now();
  await journal.flush();
  const drainedMs = performance.now() - drainedFromMs;
  const replayedFromMs = performance.now();
  await journal.replay(lastSeq - BACKLOG_EVENTS, () => undefined);
  return {
    drainPerSecond: (BACKLOG_EVENTS * 1_000) / drainedMs,
    replayPerSecond: (BACKLOG_EVENTS * 1_000) / (performance.now() - replayedFromMs),
  };
}

function eventOf(call: number, event: number): Event {
  const contactId = `exchange-1763690000.${call}`;
  const atMs = 1_763_690_000_000 + event;
  if (event % 3 === 0) return { kind: 'offer.answered', atMs, offerId: `${contactId}.o1` };
  if (event % 3 === 1) return { kind: 'step.entered', atMs, contactId, stepId: 'main_menu', type: 'menu' };
  return {
    kind: 'prompt.started',
    atMs,
    contactId,
    promptId: `${contactId}.p${event}`,
    parts: [{ say: 'Welcome. For sales press one, for service press two.', language: 'en' }],
  };
}

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)] ?? 0;
}
