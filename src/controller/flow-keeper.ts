import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isError, type Problem, problemLine } from '../flow/problem.ts';
import { staticTexts } from '../flow/texts.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { FlowsStatus, PartHealth } from './desk.ts';
import { watchFlowFolder } from './flow-folder.ts';
import type { FlowReader } from './flow-reading/flow-reader.ts';
import { readFlows } from './flow-reading/read-flows.ts';
import type { Hall, HallLog } from './hall.ts';

export type FlowKeeperOptions = {
  readonly hall: Pick<Hall, 'state' | 'now' | 'enter' | 'refit'>;
  readonly flowsDir: string;
  /** Reads the folder aside once it is watched; it is closed with the keeper. Left out: in this thread. */
  readonly reader?: FlowReader;
  /** Where recordings are copied for the door to play: it may run as another user, on another machine. */
  readonly recordingsDir: string;
  /** Names of the secrets that there are now; left out: nothing is said of those that are missing. */
  readonly secretNames?: () => ReadonlySet<string>;
  /** Renders the texts of a set that is coming into service, in the background. */
  readonly prepare: (texts: readonly { text: string; language: string }[]) => void;
  readonly log: HallLog;
};

/** Most problems that one refusal puts into the log. */
const PROBLEMS_LOGGED_MAX = 20;
/** Most problems that are told at once. */
const PROBLEMS_TOLD_MAX = 200;
/** How many versions keep their recordings when no contact needs them any more. */
const RECORDINGS_KEPT = 10;

/** Keeps the flows in service: loads the folder, swaps whole or refuses whole, and watches for changes. */
export class FlowKeeper {
  readonly #options: FlowKeeperOptions;
  #health: PartHealth;
  #problems: readonly Problem[] = [];
  #stop: (() => void) | undefined;
  #loading: Promise<void> = Promise.resolve();
  /** What the folder held when it was last found in order. */
  #folderVersion = '';
  #counts: Pick<FlowsStatus, 'loads' | 'refusals' | 'refusedAtMs'> = { loads: 0, refusals: 0, refusedAtMs: null };

  constructor(options: FlowKeeperOptions) {
    this.#options = options;
    this.#health = { up: false, detail: 'not loaded yet', sinceMs: options.hall.now() };
  }

  health(): PartHealth {
    return this.#health;
  }

  /** What is wrong in the folder as it is now; the set in service is an older one then. */
  problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Loads the folder; loads follow one another. */
  load(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#load());
    return this.#loading;
  }

  /** How loading went since the start, and what is wrong with the folder now. */
  status(): FlowsStatus {
    const { current, pinnedOver } = this.#options.hall.state.flow;
    return {
      version: current ?? '',
      folderVersion: this.#folderVersion,
      pinned: pinnedOver !== null,
      ...this.#counts,
      problems: this.#problems.slice(0, PROBLEMS_TOLD_MAX),
      problemsOmitted: Math.max(0, this.#problems.length - PROBLEMS_TOLD_MAX),
    };
  }

  /** From here on changes are taken in. What was loaded before was read in this thread, which had nothing better to do. */
  watch(): void {
    this.#options.reader?.start();
    this.#stop ??= watchFlowFolder(this.#options.flowsDir, () => void this.load());
  }

  close(): void {
    this.#stop?.();
    this.#stop = undefined;
    void this.#options.reader?.close();
  }

  async #load(): Promise<void> {
    const { hall, flowsDir, log, reader } = this.#options;
    const current = hall.state.flow.current;
    try {
      const secrets = this.#options.secretNames?.();
      const { set, recordings, problems, texts } = await (this.#stop && reader
        ? reader.read(flowsDir, secrets)
        : readFlows(flowsDir, secrets));
      this.#problems = problems;
      if (!set) return this.#refused(problems.filter(isError), current);
      await this.#copyRecordings(recordings, set.version);
      // Also when the version is the one of the last run: prompts may have been cleared away since.
      this.#options.prepare(texts);
      this.#folderVersion = set.version;
      this.#counts = { ...this.#counts, loads: this.#counts.loads + 1 };
      // What was brought back by hand stays until somebody changes the folder.
      const { pinnedOver } = hall.state.flow;
      const pinned = pinnedOver === set.version;
      // The folder may hold again what was brought back by hand: from now on it is there because of the folder.
      const news = set.version !== current || pinnedOver !== null;
      if (news && !pinned) await this.#bringIntoService(set);
      await this.#forgetRecordings();
      const { current: now } = hall.state.flow;
      this.#note(true, pinned ? `version ${now}, by hand; the folder holds ${set.version}` : `version ${set.version}`);
    } catch (error) {
      log.error({ error: (error as Error).message }, 'The flows folder cannot be read; the flows in service stay.');
      this.#note(false, `the flows folder cannot be read; ${inService(current)}`);
    }
  }

  /**
   * Brings an older version into service, over restarts too, until the folder changes.
   * Failure: `flows.recordings_gone`, when its recordings were cleared away.
   */
  activate(set: FlowSet): Promise<Result<void>> {
    const activated = this.#loading.then(() => this.#activate(set));
    this.#loading = activated.then(() => undefined);
    return activated;
  }

  async #activate(set: FlowSet): Promise<Result<void>> {
    const { recordingsDir } = this.#options;
    const there = await readdir(join(recordingsDir, set.version)).catch(() => undefined);
    if (usesRecordings(set) && !there) {
      return failed('flows.recordings_gone', `The recordings of version ${set.version} are not kept any more.`);
    }
    this.#options.prepare(staticTexts(set));
    await this.#bringIntoService(set);
    await this.#forgetRecordings();
    this.#note(true, `version ${set.version}, by hand; the folder holds ${this.#folderVersion}`);
    return ok(undefined);
  }

  async #bringIntoService(set: FlowSet): Promise<void> {
    const { hall, log } = this.#options;
    const folderVersion = this.#folderVersion;
    const pinned = set.version === folderVersion ? {} : { pinned: { folderVersion } };
    hall.enter({ kind: 'flows.loaded', atMs: hall.now(), flows: set, ...pinned });
    log.info({ version: set.version, flows: Object.keys(set.flows).length }, 'Flows are in service.');
    await hall.refit();
  }

  #refused(problems: readonly Problem[], current: string | null): void {
    const { log, hall } = this.#options;
    this.#counts = { ...this.#counts, refusals: this.#counts.refusals + 1, refusedAtMs: hall.now() };
    for (const problem of problems.slice(0, PROBLEMS_LOGGED_MAX))
      log.error({ code: problem.code }, problemLine(problem));
    log.error({ problems: problems.length }, 'The flows are refused; those in service stay.');
    this.#note(false, `${problems.length} problems, first: ${problemLine(problems[0]!)}; ${inService(current)}`);
  }

  /** Copied under the version, so that a prompt that is playing does not change under the caller's ear. */
  async #copyRecordings(recordings: ReadonlySet<string>, version: string): Promise<void> {
    for (const name of recordings) {
      const target = `${join(this.#options.recordingsDir, version, name)}.wav`;
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      await copyFile(`${join(this.#options.flowsDir, name)}.wav`, `${target}.tmp`);
      await chmod(`${target}.tmp`, 0o644);
      await rename(`${target}.tmp`, target);
    }
  }

  /** Recordings of versions that no contact uses any more, but for the newest of them, which may be brought back. */
  async #forgetRecordings(): Promise<void> {
    const { hall, recordingsDir } = this.#options;
    const versions = await readdir(recordingsDir).catch(() => []);
    const unused = versions.filter((version) => !hall.state.flow.sets.has(version));
    const dated = await Promise.all(
      unused.map(async (version) => ({ version, atMs: (await stat(join(recordingsDir, version))).mtimeMs })),
    );
    const old = dated.sort((a, b) => b.atMs - a.atMs).slice(RECORDINGS_KEPT);
    for (const { version } of old) await rm(join(recordingsDir, version), { recursive: true, force: true });
  }

  #note(up: boolean, detail: string): void {
    if (this.#health.up === up && this.#health.detail === detail) return;
    this.#health = { up, detail, sinceMs: this.#options.hall.now() };
  }
}

function inService(current: string | null): string {
  return current === null ? 'no flows are in service' : `version ${current} stays in service`;
}

/** A piece of a prompt that is a recording has its name under `file`. */
function usesRecordings(set: FlowSet): boolean {
  return JSON.stringify(Object.values(set.flows).map(({ steps }) => steps)).includes('"file":"');
}
