import { failed, ok, type Result } from '../model/failure.ts';
import type { AtMs, RecordingId } from '../model/ids.ts';
import type { KeyRing } from './data-key.ts';
import { type DeletionProof, destroy } from './deletion.ts';
import { type FinishedSound, type KeepingPlace, type Kept, keep, type SoundSource } from './keep.ts';
import { type Keeping, startKeeping } from './keeping.ts';
import { openPlayable } from './playable.ts';
import { type Reading, readingFrom } from './reading.ts';
import { asFault, failureOf, RECORDING_FAULTS, RecordingFault, type RecordingFaultCode } from './recording-fault.ts';
import { openFolder } from './recording-folder.ts';
import type { RecordingFilter, RecordingPage, RecordingRow } from './recording-row.ts';
import { openIndex } from './recording-table.ts';
import { startRetention } from './retention.ts';
import { type Rotation, rotate } from './rotation.ts';
import type { SealedFile } from './sealed-file.ts';

export type VaultOptions = {
  readonly databaseUrl: string;
  /** Folder of the sealed files. */
  readonly dir: string;
  /** Folder for sound that is to be heard at a telephone; Asterisk reads it by the same path. */
  readonly playableDir: string;
  readonly ring: KeyRing;
  readonly sound: SoundSource;
  readonly now: () => AtMs;
  readonly log: VaultLog;
  readonly freeBytesMin?: number;
  readonly retryMs?: number;
};

export type VaultLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Who hears what becomes of recordings. */
export type VaultListener = {
  kept(finished: FinishedSound, kept: Kept): void;
  lost(finished: FinishedSound, code: RecordingFaultCode): void;
  /** Its time was over. */
  expired(row: RecordingRow): void;
};

/** Where recordings are kept, encrypted. Questions never reject: failures have codes of recording-fault.ts. */
export type Vault = {
  /** Begins to delete what is over its time, and tells what becomes of what is taken in. To be called once. */
  start(listener: VaultListener): void;
  /** Takes a recording in, sooner or later. Harmless when repeated. */
  keep(finished: FinishedSound): void;
  /** Lets a recording go that is not to be kept: what was kept of it already is deleted, too. May be repeated. */
  discard(finished: Pick<FinishedSound, 'recordingId' | 'files'>): Promise<Result<void>>;
  find(recordingId: RecordingId): Promise<Result<RecordingRow>>;
  list(filter: RecordingFilter, page: RecordingPage): Promise<Result<RecordingRow[]>>;
  /** Opens a recording to be read; whoever does so must close it. */
  open(recordingId: RecordingId): Promise<Result<SealedFile>>;
  /** Path of a sound file without its ending that Asterisk can play for a while. */
  playable(recordingId: RecordingId): Promise<Result<string>>;
  hold(recordingId: RecordingId, reason: string): Promise<Result<RecordingRow>>;
  release(recordingId: RecordingId): Promise<Result<RecordingRow>>;
  destroy(recordingId: RecordingId, reason: string): Promise<Result<DeletionProof>>;
  rotateKeys(): Promise<Result<Rotation>>;
  health(): { readonly up: boolean; readonly detail: string; readonly sinceMs: AtMs };
  /** Waits for what is under way. May be called twice. */
  close(): Promise<void>;
};

/** Opens the vault. Rejects when its folders cannot be made. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { databaseUrl, dir, playableDir, ring, sound, now, log, freeBytesMin, retryMs } = options;
  const folder = await openFolder(dir, freeBytesMin);
  const sounds = await openPlayable(playableDir, now);
  const index = openIndex(databaseUrl);
  const place: KeepingPlace = { sound, folder, index, ring };
  let listener: VaultListener | undefined;
  let endRetention: (() => Promise<void>) | undefined;
  let closing: Promise<void> | undefined;
  const keeping = startKeeping({
    keep: (finished) => keep(place, finished),
    now,
    log,
    onKept: (finished, kept) => listener?.kept(finished, kept),
    onLost: (finished, code) => listener?.lost(finished, code),
    ...(retryMs === undefined ? {} : { retryMs }),
  });
  const inside = { place, now, keeping, reading: readingFrom(place, sounds), closed: () => closing !== undefined };
  return {
    ...questions(inside),
    start(whoever) {
      listener = whoever;
      endRetention = startRetention({
        due: index.due,
        remove: async (due) => {
          if (await expired(inside, due)) listener?.expired(due);
        },
        now,
        onTrouble: (error) => {
          const { code, reason } = asFault(error);
          log.warn({ code, reason }, 'Recordings over their time are not deleted yet.');
        },
      });
    },
    keep: keeping.add,
    health: keeping.health,
    close() {
      closing ??= (async () => {
        await endRetention?.();
        await keeping.close();
        await sounds.close();
        await index.close();
      })();
      return closing;
    },
  };
}

type Inside = {
  readonly place: KeepingPlace;
  readonly keeping: Keeping;
  readonly reading: Reading;
  now(): AtMs;
  closed(): boolean;
};

function questions(inside: Inside): Omit<Vault, 'start' | 'keep' | 'health' | 'close'> {
  const { place, now, keeping, reading } = inside;
  const { index, ring, sound } = place;
  const result = <T>(act: () => Promise<T>): Promise<Result<T>> => asked(inside, act);
  let rotating: Promise<Result<Rotation>> | undefined;
  return {
    async discard({ recordingId, files }) {
      await keeping.drop(recordingId);
      await Promise.all(files.map((file) => sound.remove(file).catch(() => undefined)));
      const gone = await result(() => destroy(place, recordingId, { atMs: now(), reason: 'discarded' }));
      return gone.ok || gone.failure.code === 'recording.unknown' ? ok(undefined) : gone;
    },
    find: (recordingId) => result(() => reading.row(recordingId)),
    list: (filter, page) => result(() => index.list(filter, page)),
    open: (recordingId) => result(() => reading.open(recordingId)),
    playable: (recordingId) => result(() => reading.playable(recordingId)),
    hold: (recordingId, reason) =>
      result(async () => {
        await index.hold(recordingId, now(), reason);
        const row = await reading.row(recordingId);
        if (row.deletedAtMs !== null) throw new RecordingFault('recording.deleted');
        return row;
      }),
    release: (recordingId) =>
      result(async () => {
        await index.release(recordingId);
        return reading.row(recordingId);
      }),
    destroy: (recordingId, reason) => result(() => destroy(place, recordingId, { atMs: now(), reason })),
    rotateKeys() {
      // Two at once would each make keys that the other calls old.
      rotating ??= result(() => rotate(ring, index)).finally(() => {
        rotating = undefined;
      });
      return rotating;
    },
  };
}

async function asked<T>({ closed }: Inside, act: () => Promise<T>): Promise<Result<T>> {
  if (closed()) return failed('recording.closed', RECORDING_FAULTS['recording.closed']);
  try {
    return ok(await act());
  } catch (error) {
    return failureOf(error);
  }
}

/** True when it was deleted; one that is held by now stays. */
async function expired({ place, now }: Inside, { recordingId }: RecordingRow): Promise<boolean> {
  try {
    await destroy(place, recordingId, { atMs: now(), reason: 'retention' });
    return true;
  } catch (error) {
    if (asFault(error).code === 'recording.on_hold') return false;
    throw error;
  }
}
