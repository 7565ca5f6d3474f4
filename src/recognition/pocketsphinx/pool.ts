import { ok, type Result } from '../../model/failure.ts';
import { type EngineProcess, startEngineProcess } from '../engine-process.ts';
import type { GrammarText } from '../grammar/grammar.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import type { ChildSetting, FromChild, ToChild } from './protocol.ts';
import type { Scored } from './scored-words.ts';

/** How long a child may take to start, and for one utterance; then it is killed. */
const OPEN_MS_MAX = 20_000;
const JOB_MS_MAX = 3_000;
/** Most utterances that wait for a child. */
const WAITING_MAX = 64;
/** A child died: its utterance is given to another one, but so often at most, because it may have been the cause. */
const ATTEMPTS_MAX = 2;

export type Pool = {
  /** Starts the children and makes the grammar in each, so that the first utterance need not wait. */
  warm(grammar: GrammarText | null): void;
  /**
   * Failures: `recognition.engine_missing` (library or model), `bad_grammar`, `busy`, `timed_out`, `engine_failed`, `closed`.
   */
  hear(grammar: GrammarText, samples: Int16Array): Promise<Result<Scored>>;
  /** Whether a child can be started. Failures: as `hear`. */
  check(): Promise<Result<void>>;
  /** The processes that run now. */
  pids(): readonly number[];
  close(): Promise<void>;
};

export type PoolOptions = {
  readonly setting: ChildSetting;
  readonly childrenMax: number;
  readonly jobMsMax?: number;
  readonly waitingMax?: number;
};

type Job = {
  readonly number: number;
  readonly grammar: GrammarText;
  readonly samples: Int16Array;
  readonly settle: (result: Result<Scored>) => void;
  attempts: number;
};

type Worker = {
  /** One decoder. */
  readonly child: EngineProcess<ToChild>;
  state: 'opening' | 'open' | 'dying';
  job: Job | null;
  timer: NodeJS.Timeout | undefined;
};

export function openPool(options: PoolOptions): Pool {
  return new ChildPool(options);
}

class ChildPool implements Pool {
  readonly #options: Required<PoolOptions>;
  readonly #workers = new Set<Worker>();
  readonly #waiting: Job[] = [];
  readonly #checks: ((result: Result<void>) => void)[] = [];
  readonly #whenEmpty: (() => void)[] = [];
  #jobs = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { jobMsMax: JOB_MS_MAX, waitingMax: WAITING_MAX, ...options };
  }

  warm(grammar: GrammarText | null): void {
    if (this.#closed) return;
    while (this.#workers.size < this.#options.childrenMax) this.#start();
    if (!grammar) return;
    for (const { child } of this.#workers) child.send({ what: 'prepare', job: 0, grammar });
  }

  hear(grammar: GrammarText, samples: Int16Array): Promise<Result<Scored>> {
    if (this.#closed) return Promise.resolve(recognitionFailed('recognition.closed'));
    if (this.#waiting.length >= this.#options.waitingMax) return Promise.resolve(recognitionFailed('recognition.busy'));
    return new Promise((settle) => {
      this.#jobs += 1;
      this.#waiting.push({ number: this.#jobs, grammar, samples, settle, attempts: 0 });
      this.#next();
    });
  }

  check(): Promise<Result<void>> {
    if (this.#closed) return Promise.resolve(recognitionFailed('recognition.closed'));
    if ([...this.#workers].some(({ state }) => state === 'open')) return Promise.resolve(ok(undefined));
    return new Promise((answer) => {
      this.#checks.push(answer);
      this.#next();
    });
  }

  pids(): readonly number[] {
    return [...this.#workers].flatMap(({ child: { pid } }) => (pid === undefined ? [] : [pid]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#refuse(recognitionFailed('recognition.closed'));
    if (this.#workers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenEmpty.push(resolve);
      for (const { child } of this.#workers) void child.kill();
    });
  }

  #start(): void {
    const { setting } = this.#options;
    const child = startEngineProcess<ToChild, FromChild>(
      'recognition/pocketsphinx/child',
      (from) => this.#take(worker, from),
      () => this.#ended(worker),
    );
    child.send({ what: 'open', setting });
    const worker: Worker = { child, state: 'opening', job: null, timer: undefined };
    this.#workers.add(worker);
    this.#limit(worker, OPEN_MS_MAX);
  }

  /** Kills the child when it has not answered by then. */
  #limit(worker: Worker, ms: number): void {
    clearTimeout(worker.timer);
    worker.timer = setTimeout(() => {
      this.#settle(worker, recognitionFailed('recognition.timed_out'));
      if (worker.state === 'open') worker.state = 'dying';
      void worker.child.kill();
    }, ms);
  }

  #settle(worker: Worker, result: Result<Scored>): void {
    const { job } = worker;
    worker.job = null;
    job?.settle(result);
  }

  #take(worker: Worker, from: FromChild): void {
    if (from.what === 'unopened') return this.#refuse(recognitionFailed(from.code, { reason: from.reason }));
    if (from.what === 'opened') {
      worker.state = 'open';
      for (const answer of this.#checks.splice(0)) answer(ok(undefined));
    } else {
      if (from.job !== worker.job?.number) return;
      const refused = from.what === 'refused' ? from.code : 'recognition.engine_failed';
      this.#settle(worker, from.what === 'heard' ? ok(from) : recognitionFailed(refused));
    }
    clearTimeout(worker.timer);
    this.#next();
  }

  /** Nobody can be started for those who wait. */
  #refuse(failure: ReturnType<typeof recognitionFailed>): void {
    for (const job of this.#waiting.splice(0)) job.settle(failure);
    for (const answer of this.#checks.splice(0)) answer(failure);
  }

  #ended(worker: Worker): void {
    clearTimeout(worker.timer);
    this.#workers.delete(worker);
    const { job } = worker;
    if (job && job.attempts < ATTEMPTS_MAX && !this.#closed) this.#waiting.unshift(job);
    else job?.settle(recognitionFailed(this.#closed ? 'recognition.closed' : 'recognition.engine_failed'));
    if (worker.state === 'opening')
      this.#refuse(recognitionFailed('recognition.engine_failed', { reason: 'never ready' }));
    if (this.#workers.size === 0) for (const empty of this.#whenEmpty.splice(0)) empty();
    this.#next();
  }

  #next(): void {
    if (this.#closed) return;
    for (const worker of this.#workers) {
      if (this.#waiting.length === 0) break;
      if (worker.state === 'open' && worker.job === null) this.#give(worker, this.#waiting.shift()!);
    }
    const starting = [...this.#workers].filter(({ state }) => state === 'opening').length;
    const wanted = Math.max(this.#waiting.length, Math.min(1, this.#checks.length));
    const room = this.#options.childrenMax - this.#workers.size;
    for (let more = Math.min(wanted - starting, room); more > 0; more--) this.#start();
  }

  #give(worker: Worker, job: Job): void {
    job.attempts += 1;
    worker.job = job;
    this.#limit(worker, this.#options.jobMsMax);
    worker.child.send({ what: 'hear', job: job.number, grammar: job.grammar, samples: job.samples });
  }
}
