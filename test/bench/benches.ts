import { acd } from './acd.ts';
import { answering } from './answering.ts';
import { type AriBenchRow, run as runAri } from './ari.ts';
import type { Bench } from './bench.ts';
import { startBenchAsterisk, startBenchPostgres } from './bench-exchange.ts';
import { calls } from './calls.ts';
import { determinism } from './determinism.ts';
import { ewt } from './ewt.ts';
import { flow } from './flow.ts';
import { run as runJournal } from './journal.ts';
import { recognition } from './recognition.ts';
import { accuracy } from './speech/accuracy.ts';
import { speech } from './speech/speech.ts';
import { figure } from './table.ts';

const ari: Bench = {
  summary: 'requests to Asterisk over its event socket beside the same over HTTP (half a minute)',
  needs: [],
  async run(context) {
    context.say('starting Asterisk');
    const asterisk = await startBenchAsterisk(context);
    const stop = (): void => void asterisk.stop();
    context.signal.addEventListener('abort', stop);
    try {
      const rows = await runAri({ ariUrl: asterisk.ariUrl, asteriskPid: asterisk.pid });
      const cells = (row: AriBenchRow): string[] => [
        row.work,
        row.transport,
        String(row.requests),
        ...[row.p50Ms, row.p95Ms, row.nodeMs, row.asteriskMs].map((value) => figure(value)),
      ];
      const head = ['work', 'transport', 'requests', 'p50 ms', 'p95 ms', 'Node CPU ms', 'Asterisk CPU ms'];
      const tables = [{ title: 'Requests to Asterisk, each in ms', head, rows: rows.map(cells) }];
      return { tables, notes: [], figures: rows, asterisk: asterisk.version };
    } finally {
      await asterisk.stop();
    }
  },
};

const journal: Bench = {
  summary: 'appending, committing, draining and replaying events in PostgreSQL (half a minute)',
  needs: [],
  async run(context) {
    context.say('starting PostgreSQL');
    const postgres = await startBenchPostgres(context.dir);
    const stop = (): void => void postgres.stop();
    context.signal.addEventListener('abort', stop);
    try {
      const figures = await runJournal(postgres.databaseUrl);
      const rows = Object.entries(figures).map(([name, value]) => [name, figure(value)]);
      return { tables: [{ title: 'The journal', head: ['', 'value'], rows }], notes: [], figures, asterisk: undefined };
    } finally {
      await postgres.stop();
    }
  },
};

/** Every bench by its name. */
export const BENCHES: ReadonlyMap<string, Bench> = new Map(
  Object.entries({
    calls,
    ari,
    journal,
    acd,
    answering,
    ewt,
    determinism,
    flow,
    recognition,
    speech,
    'speech-accuracy': accuracy,
  }),
);
