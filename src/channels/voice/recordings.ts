import type { MessageBounds } from '../../model/call/recording.ts';
import type { AtMs, ContactId, LegId, RecordingId } from '../../model/ids.ts';
import { recordingOfSide, type SideName, sideName } from './names.ts';

/** One side of a recording, from the request for it to the end of its file. */
export type Side = {
  readonly side: SideName;
  /** Name of the stored file, and of the snoop channel where there is one. */
  readonly name: string;
  readonly legId: LegId;
  stage: 'asked' | 'running' | 'done' | 'failed';
  startedAtMs?: AtMs;
  durationMs: number;
};

export type Recording = {
  readonly recordingId: RecordingId;
  readonly contactId: ContactId;
  readonly message: MessageBounds | undefined;
  readonly sides: readonly Side[];
  paused: boolean;
  /** Asked to end; `discard`: its files are not to be kept. */
  stopped: boolean;
  discard: boolean;
};

/** The recordings that run or were asked for. */
export class Recordings {
  readonly #recordings = new Map<RecordingId, Recording>();

  get(recordingId: RecordingId): Recording | undefined {
    return this.#recordings.get(recordingId);
  }

  ids(): IterableIterator<RecordingId> {
    return this.#recordings.keys();
  }

  add(recording: Recording): void {
    this.#recordings.set(recording.recordingId, recording);
  }

  remove(recordingId: RecordingId): void {
    this.#recordings.delete(recordingId);
  }

  /** Those that were asked for and do not run yet: a message waits for its beep. */
  asked(): Recording[] {
    return [...this.#recordings.values()].filter(({ sides }) => sides.some(({ stage }) => stage === 'asked'));
  }

  /** The messages that are recorded from this leg. */
  messagesOf(legId: LegId): Recording[] {
    if (this.#recordings.size === 0) return [];
    return [...this.#recordings.values()].filter(({ message, sides }) => message && sides[0]?.legId === legId);
  }

  /** The side that a file or a snoop channel bears the name of. */
  ofSide(name: string): { recording: Recording; side: Side } | undefined {
    const recordingId = recordingOfSide(name)?.recordingId;
    const recording = recordingId === undefined ? undefined : this.#recordings.get(recordingId);
    const side = recording?.sides.find((one) => one.name === name);
    return recording && side ? { recording, side } : undefined;
  }
}

export function newSide(recordingId: RecordingId, side: SideName, legId: LegId): Side {
  return { side, name: sideName(recordingId, side), legId, stage: 'asked', durationMs: 0 };
}

/** True when no side of it is asked for or runs any more. */
export function isOver({ sides }: Recording): boolean {
  return sides.every(({ stage }) => stage === 'done' || stage === 'failed');
}
