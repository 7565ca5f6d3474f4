import type { Task } from '../controller/commands.ts';
import type { MessageBounds } from '../model/call/recording.ts';
import type { Event } from '../model/event.ts';
import { ok, type Result } from '../model/failure.ts';
import type { AtMs, ContactId, RecordingId } from '../model/ids.ts';
import { rehearsalFailed } from './rehearsal-failure.ts';
import type { VirtualHall } from './virtual-hall.ts';

type Open = {
  readonly contactId: ContactId;
  readonly recordingId: RecordingId;
  readonly startedAtMs: AtMs;
  /** Null: it is of a talk, and goes on until it is stopped. */
  readonly message: MessageBounds | null;
  /** How long the customer has spoken. */
  spokenMs: number;
};

/** How large a second of sound is, and by which key it was encrypted: nothing is kept in a rehearsal. */
const BYTES_PER_MS = 16;
const KEY_ID = 'rehearsal';

/** Records what is to be recorded, and keeps nothing. A customer says nothing until told to. */
export class VirtualRecorder {
  readonly #hall: VirtualHall;
  readonly #open = new Map<RecordingId, Open>();

  constructor(hall: VirtualHall) {
    this.#hall = hall;
  }

  performed(task: Task): void {
    if (task.do === 'record') this.#begin(task.contactId, task.recordingId, task.message ?? null);
    else if (task.do === 'stop_recording') this.#end(task.recordingId, this.#hall.nowMs, task.discard);
  }

  /** A message ends with its customer. */
  took(event: Event): void {
    if (event.kind !== 'contact.ended') return;
    for (const { contactId, recordingId, message } of [...this.#open.values()]) {
      if (contactId === event.contactId && message) this.#end(recordingId, event.atMs, false);
    }
  }

  /** The customer speaks for so long, and then falls silent. */
  speak(ms: number): Result<undefined> {
    const open = this.#message();
    if (!open?.message) return rehearsalFailed('rehearsal.nothing_recorded');
    const { maxMs, silenceMs } = open.message;
    this.#hall.callOff(open.recordingId);
    const room = open.startedAtMs + maxMs - this.#hall.nowMs;
    open.spokenMs += Math.min(ms, room);
    this.#hall.passTo(this.#hall.nowMs + Math.min(ms, room));
    const endsAtMs = Math.min(open.startedAtMs + maxMs, this.#hall.nowMs + (silenceMs || maxMs));
    this.#expectEnd(open, endsAtMs, false);
    if (endsAtMs <= this.#hall.nowMs) this.#hall.passTo(endsAtMs);
    return ok(undefined);
  }

  /** When the message ends by itself if nothing is said any more; undefined: none is being left. */
  get silentAtMs(): AtMs | undefined {
    const open = this.#message();
    if (!open?.message) return undefined;
    const { maxMs, silenceMs } = open.message;
    return Math.min(open.startedAtMs + maxMs, this.#hall.nowMs + (silenceMs || maxMs));
  }

  #message(): Open | undefined {
    return [...this.#open.values()].find(({ message }) => message !== null);
  }

  #begin(contactId: ContactId, recordingId: RecordingId, message: MessageBounds | null): void {
    const open: Open = { contactId, recordingId, startedAtMs: this.#hall.nowMs, message, spokenMs: 0 };
    this.#open.set(recordingId, open);
    if (message) this.#expectEnd(open, this.#hall.nowMs + (message.silenceMs || message.maxMs), true);
  }

  #end(recordingId: RecordingId, atMs: AtMs, discard: boolean): void {
    const open = this.#open.get(recordingId);
    if (!open) return;
    this.#hall.callOff(recordingId);
    this.#expectEnd(open, atMs, false, discard);
  }

  /** `quiet`: nobody who listens waits for it. */
  #expectEnd(open: Open, atMs: AtMs, quiet: boolean, discard = false): void {
    const { contactId, recordingId } = open;
    const about = { contactId, recordingId };
    const finished = (nowMs: AtMs): Event => {
      this.#open.delete(recordingId);
      const durationMs = open.message ? open.spokenMs : nowMs - open.startedAtMs;
      if (!discard) this.#hall.expect({ atMs: nowMs, event: (atMs) => kept(about, durationMs, atMs) });
      return { kind: 'recording.finished', atMs: nowMs, ...about, result: 'done', durationMs, files: ['left'] };
    };
    this.#hall.expect({ atMs, of: recordingId, quiet, event: finished });
  }
}

function kept(
  about: { readonly contactId: ContactId; readonly recordingId: RecordingId },
  durationMs: number,
  atMs: AtMs,
): Event {
  return { kind: 'recording.kept', atMs, ...about, bytes: durationMs * BYTES_PER_MS, durationMs, keyId: KEY_ID };
}
