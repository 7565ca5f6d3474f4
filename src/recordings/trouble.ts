import type { AtMs } from '../model/ids.ts';
import { asFault, RecordingFault, type RecordingFaultCode } from './recording-fault.ts';

/** A failure that may pass is tried again after this, and later after a share of the time that it has lasted, up to RETRY_MS_MAX. */
export const RETRY_MS = 2_000;
export const RETRY_MS_MAX = 60_000;
/** What was away for ten seconds is not kept waiting for as long again when it is back. */
const SHARE = 1 / 4;

/** What may pass by itself: the disk is cleared up, the database or Asterisk comes back. */
const PASSING: ReadonlySet<RecordingFaultCode> = new Set<RecordingFaultCode>([
  'recording.disk_full',
  'recording.folder_unwritable',
  'recording.index_unavailable',
  'recording.asterisk_away',
  'recording.encoder_missing',
  'recording.encoder_slow',
]);

export function mayPass({ code }: RecordingFault): boolean {
  return PASSING.has(code);
}

export type TroubleLog = { info(fields: object, message: string): void; error(fields: object, message: string): void };

/** Whether recordings can be kept, told in the log once when that changes and not at every attempt. */
export type Trouble = {
  /** Null while all is well. */
  readonly fault: RecordingFault | null;
  readonly sinceMs: AtMs;
  /** Notes a failure and gives the time until the next attempt. */
  arose(fault: RecordingFault, waiting: number): number;
  passed(waiting: number): void;
  /** The fault that an attempt ended with; what is none is told in the log. */
  faultOf(error: unknown): RecordingFault;
};

export function troubleFree(log: TroubleLog, now: () => AtMs, retryMs = RETRY_MS): Trouble {
  let fault: RecordingFault | null = null;
  let sinceMs = now();
  return {
    get fault() {
      return fault;
    },
    get sinceMs() {
      return sinceMs;
    },
    arose(next, waiting) {
      if (!fault) sinceMs = now();
      if (fault?.code !== next.code) {
        const { code, reason } = next;
        log.error({ code, reason, waiting }, 'Recordings cannot be kept; calls go on, and it is tried again.');
      }
      fault = next;
      return Math.min(RETRY_MS_MAX, Math.max(retryMs, (now() - sinceMs) * SHARE));
    },
    passed(waiting) {
      if (!fault) return;
      log.info({ code: fault.code, waiting }, 'Recordings are kept again.');
      fault = null;
      sinceMs = now();
    },
    faultOf(error) {
      try {
        return asFault(error);
      } catch (broken) {
        log.error({ error: (broken as Error).stack }, 'The vault broke on a recording.');
        return new RecordingFault('recording.failed');
      }
    },
  };
}
