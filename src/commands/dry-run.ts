import { type Config, readConfig } from '../config.ts';
import { createDryRun } from '../controller/dry-run/dry-run.ts';
import type { DryRunReport } from '../controller/dry-run/dry-run-report.ts';
import { fromSnapshot, SNAPSHOT_FORMAT } from '../controller/snapshot.ts';
import { apply, emptyState, type State } from '../controller/state.ts';
import { problemLine } from '../flow/problem.ts';
import { type JournalReader, openJournalReader } from '../journal/reader.ts';
import type { JournalEntry } from '../model/event.ts';
import type { Site } from '../model/site.ts';
import { openSecrets } from '../secrets.ts';
import { ownDatabaseUrl } from '../supervisor/postgres.ts';
import type { CliCommand } from './command.ts';
import { dryRunText } from './dry-run-text.ts';
import { readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { wrongUsage } from './wrong-usage.ts';

const HOUR_MS = 3_600_000;
const HOURS_MAX = 24 * 31;
/** Most events before the time looked at from which the state at its beginning is worked out. */
export const WARM_UP_EVENTS_MAX = 2_000_000;
const PROGRESS_EVERY = 50_000;

export const dryRun: CliCommand = {
  name: 'dry-run',
  usage: 'FOLDER [--hours 24] [--json]',
  summary: 'puts a changed flows folder against the last hours of the journal and tells which decisions change',
  async run(args, env) {
    const options = readOptions(args, { values: ['hours'], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(dryRun, options);
    const [folder, ...others] = options.others;
    if (folder === undefined || others.length > 0) return wrongUsage(dryRun, 'Which folder?');
    const hours = Number(options.values.hours ?? 24);
    if (!(hours > 0 && hours <= HOURS_MAX)) return wrongUsage(dryRun, `--hours takes a number up to ${HOURS_MAX}.`);
    const { set, problems } = await readFolder(folder);
    for (const problem of problems) process.stderr.write(`${problemLine(problem)}\n`);
    if (!set) return 1;
    const reader = openJournalReader(await databaseUrl(readConfig(env)));
    try {
      const report = await against(reader, set.site, Date.now() - hours * HOUR_MS);
      process.stdout.write(
        options.flags.has('json') ? `${JSON.stringify(report, undefined, 2)}\n` : dryRunText(report),
      );
      return 0;
    } finally {
      await reader.close();
    }
  },
};

/** The database that `serve` writes: the one of DATABASE_URL, else that of `npm start`. */
async function databaseUrl(config: Config): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const { databasePassword } = await openSecrets(config.dataDir);
  return ownDatabaseUrl({ port: config.databasePort, password: databasePassword });
}

/** Feeds the dry run: the state when the time begins, then every entry to the newest one. */
export async function against(reader: JournalReader, site: Site, fromMs: number): Promise<DryRunReport> {
  const lastSeq = await reader.lastSeq();
  const beginSeq = await reader.seqBefore(fromMs);
  const start = await stateAt(reader, beginSeq);
  const run = createDryRun(start, site, fromMs);
  const progress = progressOf('decisions looked at', lastSeq - beginSeq);
  await reader.replay(
    beginSeq,
    passed(progress, (entry) => run.take(entry)),
    lastSeq,
  );
  progress.end();
  return run.report();
}

/**
 * The state after a place: from the newest snapshot before it, else from the beginning of the journal. When that is too far
 * away it is worked out from the last WARM_UP_EVENTS_MAX events, with the configuration of then: whoever logged in before
 * them and not again since is missing.
 */
async function stateAt(reader: JournalReader, seq: number): Promise<State> {
  const snapshot = await reader.snapshotBefore(seq + 1, SNAPSHOT_FORMAT);
  const state = snapshot ? fromSnapshot(snapshot) : emptyState();
  const fromSeq = Math.max(state.seq, seq - WARM_UP_EVENTS_MAX);
  if (fromSeq > state.seq) {
    const flowsSeq = await reader.newestOf('flows.loaded', fromSeq);
    if (flowsSeq > 0) await reader.replay(flowsSeq - 1, ({ event }) => apply(state, event), flowsSeq);
  }
  const progress = progressOf('events before them', seq - fromSeq);
  await reader.replay(
    fromSeq,
    passed(progress, ({ event }) => apply(state, event)),
    seq,
  );
  progress.end();
  state.seq = seq;
  return state;
}

type Progress = { step(): void; end(): void };

function passed(progress: Progress, visit: (entry: JournalEntry) => void): (entry: JournalEntry) => void {
  return (entry) => {
    progress.step();
    visit(entry);
  };
}

/** One line on stderr that is written over, only where somebody looks at it. */
function progressOf(what: string, all: number): Progress {
  let done = 0;
  const shown = process.stderr.isTTY && all > PROGRESS_EVERY;
  return {
    step() {
      done += 1;
      if (shown && done % PROGRESS_EVERY === 0) process.stderr.write(`\r${what}: ${done} of ${all} events`);
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[2K');
    },
  };
}
