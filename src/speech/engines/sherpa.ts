import type { ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { forkEntry, sendOrEnd } from '../../child-entry.ts';
import { ok, type Result } from '../../model/failure.ts';
import type { Engine, SpeakOrder } from '../engine.ts';
import { modelConfig } from '../sherpa/model-files.ts';
import type { FromChild, ToChild } from '../sherpa/protocol.ts';
import { speechFailed } from '../speech-failure.ts';

/** A large model takes seconds to load. */
const OPEN_MS_MAX = 60_000;
/** A job that was stopped must end within this, or the process is killed and begun anew. */
const STOP_MS_MAX = 10_000;

export type SherpaVoice = {
  readonly name: string;
  /** The folder of the model. */
  readonly model: string;
  /** In the place of the package, for tests. */
  readonly module?: string;
};

type Opened = { readonly rate: number; readonly speakers: number };
type Job = { readonly take: (samples: Int16Array) => void; readonly ended: (failed: boolean) => void };
type Running = {
  readonly child: ChildProcess;
  readonly jobs: Map<number, Job>;
  readonly opened: Promise<Result<Opened>>;
};

/**
 * A model of the user's, spoken by sherpa-onnx in a process of its own: a broken model may end the process that loads it. A voice is
 * the number of a speaker of the model. Failures: `speech.model_missing`, `speech.engine_missing` (the package is not installed).
 */
export async function openSherpa(setting: SherpaVoice, signal: AbortSignal): Promise<Result<Engine>> {
  const { name, model, module = 'sherpa-onnx-node' } = setting;
  const config = await modelConfig(model);
  if (!config) return speechFailed('speech.model_missing', { engine: name });
  let running: Running | undefined;
  let lastJob = 0;
  let closed = signal.aborted;
  const begin = (): Running => {
    const begun = start(name, { what: 'open', module, config });
    begun.child.once('exit', () => {
      if (running === begun) running = undefined;
    });
    return begun;
  };
  const close = (): void => {
    closed = true;
    running?.child.kill('SIGKILL');
  };
  signal.addEventListener('abort', close, { once: true });
  running = begin();
  const opened = await running.opened;
  if (!opened.ok) return opened;
  const { speakers } = opened.value;
  return ok({
    name,
    version: basename(model),
    streams: () => true,
    voiceFor: () => '0',
    voiceNamed: (voice) => (/^\d+$/.test(voice) && Number(voice) < speakers ? voice : undefined),
    async speak(order) {
      if (closed) return speechFailed('speech.closed');
      running ??= begin();
      const { opened, child, jobs } = running;
      const ready = await opened;
      if (!ready.ok) return ready;
      lastJob += 1;
      return speak(name, { child, jobs, job: lastJob, rate: ready.value.rate }, order);
    },
    async close() {
      signal.removeEventListener('abort', close);
      close();
    },
  });
}

type Speaking = Pick<Running, 'child' | 'jobs'> & { readonly job: number; readonly rate: number };

function speak(name: string, { child, jobs, job, rate }: Speaking, order: SpeakOrder): Promise<Result<void>> {
  const { words, voice, signal, take } = order;
  return new Promise((settle) => {
    let late: NodeJS.Timeout | undefined;
    const stop = (): void => {
      sendOrEnd(child, { what: 'stop', job });
      late = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      settle(speechFailed('speech.closed'));
    };
    const ended = (failed: boolean): void => {
      jobs.delete(job);
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
      settle(failed ? speechFailed('speech.engine_failed', { engine: name, exit: 'the model' }) : ok(undefined));
    };
    jobs.set(job, { take: (samples) => take({ samples, rate }), ended });
    sendOrEnd(child, { what: 'speak', job, words, speaker: Number(voice), rate: order.rate });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function start(name: string, open: ToChild): Running {
  const child = forkEntry('speech/sherpa/child');
  const jobs = new Map<number, Job>();
  const opened = new Promise<Result<Opened>>((settle) => {
    const late = setTimeout(() => child.kill('SIGKILL'), OPEN_MS_MAX);
    const settled = (result: Result<Opened>): void => {
      clearTimeout(late);
      settle(result);
    };
    child.on('message', (told: FromChild) => {
      if (told.what === 'opened') settled(ok(told));
      else if (told.what === 'unopened') settled(notOpened(name, told.reason));
      else if (told.what === 'sound') jobs.get(told.job)?.take(told.samples);
      else jobs.get(told.job)?.ended(told.failed);
    });
    child.on('error', () => child.kill('SIGKILL'));
    child.once('exit', () => {
      settled(speechFailed('speech.model_missing', { engine: name, reason: 'the process that loads it ended' }));
      for (const { ended } of [...jobs.values()]) ended(true);
    });
  });
  sendOrEnd(child, open);
  return { child, jobs, opened };
}

function notOpened(name: string, reason: string): Result<never> {
  const missing = reason === 'ERR_MODULE_NOT_FOUND' || reason === 'MODULE_NOT_FOUND';
  return speechFailed(missing ? 'speech.engine_missing' : 'speech.model_missing', { engine: name, reason });
}
