import { type Failure, ok, type Result } from '../../model/failure.ts';
import { type EngineProcess, startEngineProcess } from '../engine-process.ts';
import { type RecognitionFailureCode, recognitionFailed } from '../recognition-failure.ts';
import type { ChildSetting, FromChild, ToChild } from './protocol.ts';

/** A large model is read from the disk. */
const OPEN_MS_MAX = 60_000;
/** A child that has something to answer and does not for so long hangs, and is killed. */
export const ANSWER_MS_MAX = 10_000;

type Refused = { readonly ok: false; readonly failure: Failure };

export type HearingTold = {
  heard(answer: Extract<FromChild, { readonly utterance: number }>): void;
  /** The last that is told. */
  failed(code: RecognitionFailureCode): void;
};

export type HearingUtterance = { send(samples: Int16Array): void; end(): void; drop(): void };

/** One process with one model, which hears many utterances at once. Where it ended, the next utterance starts another. */
export class HearingProcess {
  readonly #setting: ChildSetting;
  readonly #answerMsMax: number;
  readonly #utterances = new Map<number, HearingTold>();
  #child: EngineProcess<ToChild> | undefined;
  #opened = false;
  #waiting: ((result: Result<void>) => void)[] = [];
  #owed = 0;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(setting: ChildSetting, answerMsMax: number) {
    this.#setting = setting;
    this.#answerMsMax = answerMsMax;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  begin(continuous: boolean, told: HearingTold): HearingUtterance {
    const child = this.#start();
    const utterance = ++this.#count;
    this.#utterances.set(utterance, told);
    child.send({ what: 'begin', utterance, continuous });
    return {
      send: (samples) => {
        this.#owes();
        child.send({ what: 'sound', utterance, samples });
      },
      end: () => {
        this.#owes();
        child.send({ what: 'end', utterance });
      },
      drop: () => {
        if (this.#utterances.delete(utterance)) child.send({ what: 'drop', utterance });
      },
    };
  }

  /** Starts the child where there is none; resolves when its model is read, or cannot be. */
  ready(): Promise<Result<void>> {
    this.#start();
    return this.#opened ? Promise.resolve(ok(undefined)) : new Promise((settle) => this.#waiting.push(settle));
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#gone(recognitionFailed('recognition.closed'));
    await child?.kill();
  }

  #start(): EngineProcess<ToChild> {
    if (this.#child) return this.#child;
    const child: EngineProcess<ToChild> = startEngineProcess<ToChild, FromChild>(
      'recognition/sherpa/child',
      (answer) => child === this.#child && this.#take(answer),
      (how) => child === this.#child && this.#gone(recognitionFailed('recognition.engine_failed', { reason: how })),
    );
    child.send({ what: 'open', setting: this.#setting });
    this.#child = child;
    this.#limit(OPEN_MS_MAX);
    return child;
  }

  #take(answer: FromChild): void {
    if (answer.what === 'unopened') return this.#gone(recognitionFailed(answer.code, { reason: answer.reason }));
    if (answer.what === 'opened') {
      this.#opened = true;
      for (const settle of this.#waiting.splice(0)) settle(ok(undefined));
    } else {
      if (answer.what === 'taken' || answer.last) this.#owed = Math.max(0, this.#owed - 1);
      this.#utterances.get(answer.utterance)?.heard(answer);
    }
    this.#limit(this.#owed > 0 ? this.#answerMsMax : undefined);
  }

  #owes(): void {
    this.#owed++;
    if (this.#opened && this.#owed === 1) this.#limit(this.#answerMsMax);
  }

  #limit(ms: number | undefined): void {
    clearTimeout(this.#timer);
    if (ms !== undefined) this.#timer = setTimeout(() => this.#gone(recognitionFailed('recognition.timed_out')), ms);
    this.#timer?.unref();
  }

  #gone(failure: Refused): void {
    this.#limit(undefined);
    void this.#child?.kill();
    this.#child = undefined;
    this.#opened = false;
    this.#owed = 0;
    for (const settle of this.#waiting.splice(0)) settle(failure);
    const told = [...this.#utterances.values()];
    this.#utterances.clear();
    for (const one of told) one.failed(failure.failure.code as RecognitionFailureCode);
  }
}
