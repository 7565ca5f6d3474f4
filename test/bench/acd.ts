import { setImmediate as turn } from 'node:timers/promises';
import { type ChangeFigures, measureChanges } from './acd-change.ts';
import { measureDays } from './acd-day.ts';
import { measureDecisions } from './acd-decisions.ts';
import { ALL_CLASSES, FIFTY_CLASSES } from './acd-load.ts';
import { measureMemory } from './acd-memory.ts';
import { measureReplay } from './acd-replay.ts';
import {
  changeTable,
  dayTable,
  decisionNotes,
  decisionTable,
  memoryTable,
  replayTable,
  scanTable,
  speedTable,
  waitTable,
} from './acd-tables.ts';
import { measureWaits, theory } from './acd-waits.ts';
import type { Bench } from './bench.ts';

/** Part of the offers that are not answered where waits are measured with them. */
const UNANSWERED_PART = 0.05;

/** The dispatcher alone, on a clock of its own; no door, no journal, no network. */
export const acd: Bench = {
  summary:
    'the dispatcher alone: decisions, memory, changes, replay, simulated days, beside scans and polls (two minutes)',
  needs: [],
  async run({ say, signal }) {
    /** The work between two of these holds the event loop, so that an interruption is seen here only. */
    const next = async (part: string): Promise<void> => {
      await turn();
      signal.throwIfAborted();
      say(part);
    };
    await next('memory');
    const memory = await measureMemory(signal);
    await next('decisions, 50 classes an agent');
    const fifty = await measureDecisions(FIFTY_CLASSES);
    await next('decisions, 500 classes an agent');
    const decisions = [fifty, await measureDecisions(ALL_CLASSES)];
    const changes: ChangeFigures[] = [];
    await next('changes of the configuration');
    for (const change of measureChanges()) {
      changes.push(change);
      await next(change.change);
    }
    await next('replay');
    const replay = measureReplay();
    await next('simulated days');
    const days = measureDays();
    await next('waiting times');
    const waits = measureWaits(0);
    await next('waiting times when phones are not answered');
    waits.push(...measureWaits(UNANSWERED_PART));
    const tables = [
      decisionTable(decisions),
      speedTable(decisions),
      memoryTable(memory),
      changeTable(changes),
      replayTable(replay),
      dayTable(days),
      scanTable(decisions),
      waitTable(waits, theory()),
    ];
    const figures = { memory, decisions, changes, replay, days, theory: theory(), waits };
    return { tables, notes: decisionNotes(decisions), figures, asterisk: undefined };
  },
};
