import type { AtMs, RecordingId } from '../model/ids.ts';
import type { FinishedSound, Kept } from './keep.ts';
import type { RecordingFaultCode } from './recording-fault.ts';
import { mayPass, type TroubleLog, troubleFree } from './trouble.ts';

/** So many are brought in at once: compressing is the vault's only work that takes the processor. */
export const AT_ONCE = 2;
/** More than this are not waited for; the newest is given up then, and that is told. */
export const WAITING_MAX = 10_000;
/** After so long a recording is given up. */
export const TRYING_MS_MAX = 24 * 3_600_000;

export type KeepingOptions = {
  keep(finished: FinishedSound): Promise<Kept>;
  now(): AtMs;
  readonly log: TroubleLog;
  onKept(finished: FinishedSound, kept: Kept): void;
  /** It is given up. */
  onLost(finished: FinishedSound, code: RecordingFaultCode): void;
  readonly retryMs?: number;
};

/** Recordings on their way into the vault. */
export type Keeping = {
  /** Harmless for one that is on its way already. */
  add(finished: FinishedSound): void;
  /** Takes one out and says nothing of it any more; resolves when it is not worked at. */
  drop(recordingId: RecordingId): Promise<void>;
  health(): { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };
  /** Waits for those that are worked at. May be called twice. */
  close(): Promise<void>;
};

type Waiting = { readonly finished: FinishedSound; readonly untilMs: AtMs };

/** Works off what is to be kept, the oldest first, and again after failures that may pass. */
export function startKeeping(options: KeepingOptions): Keeping {
  const { now, log } = options;
  const waiting = new Map<RecordingId, Waiting>();
  const working = new Map<RecordingId, Promise<void>>();
  const trouble = troubleFree(log, now, options.retryMs);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** While there is trouble one at a time is tried, so that a full disk is not asked by all. */
  function work(): void {
    while (!closed && timer === undefined && working.size < (trouble.fault ? 1 : AT_ONCE)) {
      const next = [...waiting.values()].find(({ finished }) => !working.has(finished.recordingId));
      if (!next) return;
      const { recordingId } = next.finished;
      const done = attempt(next).finally(() => {
        working.delete(recordingId);
        work();
      });
      working.set(recordingId, done);
    }
  }

  async function attempt(one: Waiting): Promise<void> {
    const { finished, untilMs } = one;
    const { recordingId } = finished;
    try {
      const kept = await options.keep(finished);
      trouble.passed(waiting.size - 1);
      if (waiting.delete(recordingId)) options.onKept(finished, kept);
    } catch (error) {
      const fault = trouble.faultOf(error);
      if (!waiting.delete(recordingId)) return;
      if (!mayPass(fault) || now() >= untilMs) return options.onLost(finished, fault.code);
      // At the end of the line, so that one that always fails keeps none of the others waiting.
      waiting.set(recordingId, one);
      pause(trouble.arose(fault, waiting.size));
    }
  }

  function pause(pauseMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      work();
    }, pauseMs);
  }

  return {
    add(finished) {
      const { recordingId } = finished;
      if (closed || waiting.has(recordingId)) return;
      if (waiting.size >= WAITING_MAX) return options.onLost(finished, trouble.fault?.code ?? 'recording.busy');
      waiting.set(recordingId, { finished, untilMs: now() + TRYING_MS_MAX });
      work();
    },
    async drop(recordingId) {
      waiting.delete(recordingId);
      await working.get(recordingId);
    },
    health() {
      const { fault, sinceMs } = trouble;
      const detail = `${waiting.size} wait to be kept${fault ? `; ${fault.message} (${fault.code})` : ''}`;
      return { up: fault === null, detail, sinceMs };
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all(working.values());
    },
  };
}
