import type { Readable } from 'node:stream';
import type { RecordingReason } from '../model/call/recording.ts';
import type { AgentId, AtMs, ContactId, QueueId, RecordingId } from '../model/ids.ts';
import { type KeyRing, newDataKey, type Purpose, wrapKey } from './data-key.ts';
import { encoded } from './flac.ts';
import { RecordingFault } from './recording-fault.ts';
import type { RecordingFolder } from './recording-folder.ts';
import type { RecordingRow } from './recording-row.ts';
import type { RecordingIndex } from './recording-table.ts';
import { sealing } from './sealing.ts';
import { interleaved } from './stereo.ts';
import { type Sound, wavSound } from './wav.ts';

/** What Asterisk has recorded, as the vault reaches it. */
export type SoundSource = {
  /** The bytes of a stored recording; undefined: there is none of this name. Rejects when Asterisk does not answer. */
  read(file: string): Promise<Readable | undefined>;
  /** Harmless when it is gone. Rejects when Asterisk does not answer. */
  remove(file: string): Promise<void>;
};

/** A recording that has ended and is to be kept. */
export type FinishedSound = {
  readonly recordingId: RecordingId;
  readonly contactId: ContactId;
  readonly agentId: AgentId | null;
  readonly queueId: QueueId | null;
  readonly why: RecordingReason;
  readonly begunAtMs: AtMs;
  readonly keepMs: number;
  /** Names of Asterisk's stored recordings, the left side first; one alone makes a mono recording. */
  readonly files: readonly string[];
};

export type Kept = { readonly bytes: number; readonly durationMs: number; readonly keyId: string };

export type KeepingPlace = {
  readonly sound: SoundSource;
  readonly folder: RecordingFolder;
  readonly index: RecordingIndex;
  readonly ring: KeyRing;
};

const SAMPLE_BYTES = 2;

/**
 * Brings a recording from Asterisk into the vault. May be repeated after every failure and after a crash at any place: the file is
 * written as a whole, the row comes after the file, and Asterisk's own sound goes when both are there. Throws a RecordingFault.
 */
export async function keep(place: KeepingPlace, finished: FinishedSound): Promise<Kept> {
  const { index } = place;
  const { recordingId, files } = finished;
  const known = await index.find(recordingId);
  const row = known ?? (await writeDown(place, finished));
  await Promise.all(files.map((file) => place.sound.remove(file).catch(away)));
  return { bytes: row.bytes, durationMs: row.durationMs, keyId: row.keyId ?? '' };
}

async function writeDown(place: KeepingPlace, finished: FinishedSound): Promise<RecordingRow> {
  const { folder, index, ring } = place;
  const { recordingId, contactId, agentId, queueId, why, begunAtMs, keepMs } = finished;
  const purpose: Purpose = why === 'message' ? 'message' : 'talk';
  const dataKey = newDataKey();
  const { keyId, wrapped } = wrapKey(dataKey, ring.current(purpose), recordingId);
  const file = folder.fileOf(recordingId, begunAtMs);
  const stored = await seal(place, finished, file, dataKey);
  const row: RecordingRow = {
    ...{ recordingId, contactId, agentId, queueId, why, purpose, begunAtMs, ...stored, file, keyId },
    wrappedKey: wrapped,
    keepUntilMs: begunAtMs + stored.durationMs + keepMs,
    heldAtMs: null,
    heldReason: null,
    deletedAtMs: null,
    deletedReason: null,
  };
  await index.add(row);
  return row;
}

type Stored = Pick<RecordingRow, 'bytes' | 'durationMs' | 'channels'>;

async function seal(
  { sound, folder }: KeepingPlace,
  { recordingId, files }: FinishedSound,
  file: string,
  key: Buffer,
): Promise<Stored> {
  const streams: Readable[] = [];
  try {
    return await sealFrom(await openSides(sound, files, streams), folder, { recordingId, file, key });
  } finally {
    // One that was opened and not read, as when the disk is full, would keep its connection.
    for (const stream of streams) stream.destroy();
  }
}

async function sealFrom(
  sides: readonly (Sound | undefined)[],
  folder: RecordingFolder,
  { recordingId, file, key }: { recordingId: RecordingId; file: string; key: Buffer },
): Promise<Stored> {
  const channels = sides.length === 2 ? 2 : 1;
  const rate = sides.find((side) => side !== undefined)!.rate;
  if (sides.some((side) => side !== undefined && side.rate !== rate))
    throw new RecordingFault('recording.sound_broken');
  const samples = sides.map((side) => side?.samples ?? nothing());
  const lengths = sides.map((side) => (side ? side.bytes : 0));
  const longest = lengths.includes(null) ? null : Math.max(...(lengths as number[]));
  const size = longest === null ? null : longest * channels;
  const whole = channels === 2 ? interleaved(samples[0]!, samples[1]!) : samples[0]!;
  const raw = counted(whole);
  const flac = counted(encoded(raw.content, { rate, channels, bytes: size }));
  await folder.write(file, sealing(flac.content, { key, recordingId }));
  const frames = raw.bytes() / (SAMPLE_BYTES * channels);
  if (frames < 1) {
    await folder.remove(file);
    throw new RecordingFault('recording.empty');
  }
  return { bytes: flac.bytes(), durationMs: Math.round((frames * 1000) / rate), channels };
}

/** The sides that there are; one that Asterisk never wrote, or wrote nothing to, is silence beside the other. */
async function openSides(
  sound: SoundSource,
  files: readonly string[],
  streams: Readable[],
): Promise<(Sound | undefined)[]> {
  const sides: (Sound | undefined)[] = [];
  for (const file of files.slice(0, 2)) {
    const stream = await sound.read(file).catch(away);
    if (stream) streams.push(stream);
    sides.push(stream && (await wavSound(stream)));
  }
  if (sides.every((side) => side === undefined)) throw new RecordingFault('recording.sound_gone');
  return sides;
}

function away(error: unknown): never {
  if (error instanceof RecordingFault) throw error;
  throw new RecordingFault('recording.asterisk_away');
}

async function* nothing(): AsyncGenerator<Buffer> {}

function counted(source: AsyncIterable<Buffer>): { readonly content: AsyncIterable<Buffer>; bytes(): number } {
  let bytes = 0;
  async function* content(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { content: content(), bytes: () => bytes };
}
