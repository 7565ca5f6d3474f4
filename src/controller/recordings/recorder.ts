import { ruleFor } from '../../calls/recording/rule.ts';
import { finishedRecordings, type OpenRecording } from '../../calls/recording/state.ts';
import type { Media } from '../../model/command.ts';
import type { Event, EventOf } from '../../model/event.ts';
import { ok, type Result } from '../../model/failure.ts';
import type { ContactId, RecordingId } from '../../model/ids.ts';
import type { FinishedSound } from '../../recordings/keep.ts';
import type { Vault } from '../../recordings/vault.ts';
import type { Follower, LiveHall } from '../hall.ts';

/** What the recorder needs of the hall. */
export type RecordingHall = LiveHall & { follow(follower: Follower): () => void };

export type RecorderLog = { error(fields: object, message: string): void };

type Recorder = {
  readonly hall: RecordingHall;
  readonly vault: Vault;
  readonly log: RecorderLog;
  /** Being let go, so that it is told once. */
  readonly leaving: Set<RecordingId>;
};

/**
 * Brings what Asterisk has recorded into the vault, and tells the hall what came of it. What had ended and was not kept when the
 * controller ended or lost its door is brought in when the door is open again: it stands in the state.
 */
export function keepRecordings(hall: RecordingHall, vault: Vault, log: RecorderLog): void {
  vault.start({
    kept: ({ recordingId, contactId }, { bytes, durationMs, keyId }) => {
      hall.enter({ kind: 'recording.kept', atMs: hall.now(), contactId, recordingId, bytes, durationMs, keyId });
    },
    lost: ({ recordingId, contactId }, code) => {
      log.error({ code }, 'A recording could not be kept.');
      hall.enter({ kind: 'recording.lost', atMs: hall.now(), contactId, recordingId, code });
    },
    expired: ({ recordingId, contactId }) => deleted(hall, { recordingId, contactId }, 'retention'),
  });
  const recorder: Recorder = { hall, vault, log, leaving: new Set() };
  hall.follow({
    batch: (batch) => {
      for (const event of batch) heard(recorder, event);
    },
    signal: () => undefined,
  });
}

function heard(recorder: Recorder, event: Event): void {
  const { hall } = recorder;
  switch (event.kind) {
    case 'recording.finished': {
      const open = hall.state.calls.recordings.open.get(event.recordingId);
      if (open) take(recorder, open);
      return;
    }
    case 'door.agreed':
      if (event.door !== 'voice') return;
      for (const finished of finishedRecordings(hall.state.calls.recordings)) take(recorder, finished);
      return;
    case 'recording.stopped':
      return stopped(recorder, event);
    default:
      return;
  }
}

/** A message that is said anew or called off may have been kept by now. */
function stopped(recorder: Recorder, { recordingId, contactId, discard }: EventOf<'recording.stopped'>): void {
  const { hall } = recorder;
  if (!discard) return;
  const open = hall.state.calls.recordings.open.get(recordingId);
  if (open && open.stage !== 'finished') return;
  letGo(recorder, { recordingId, contactId, files: open?.files ?? [] });
}

function take(recorder: Recorder, open: OpenRecording): void {
  const { hall, vault } = recorder;
  const { recordingId, contactId, why, agentId, queueId, startedAtMs, files, discard } = open;
  if (discard) return letGo(recorder, open);
  if (files.length === 0) {
    hall.enter({ kind: 'recording.lost', atMs: hall.now(), contactId, recordingId, code: 'recording.failed' });
    return;
  }
  const { keepMs } = ruleFor(hall.state.acd.site, { queueId, agentId });
  const head = { recordingId, contactId, agentId, queueId, why };
  vault.keep({ ...head, begunAtMs: startedAtMs, keepMs, files });
}

function letGo(
  { hall, vault, log, leaving }: Recorder,
  { recordingId, contactId, files }: Pick<FinishedSound, 'recordingId' | 'contactId' | 'files'>,
): void {
  if (leaving.has(recordingId)) return;
  leaving.add(recordingId);
  void vault.discard({ recordingId, files }).then((gone) => {
    leaving.delete(recordingId);
    if (gone.ok) deleted(hall, { recordingId, contactId }, 'discarded');
    else log.error({ code: gone.failure.code }, 'A recording that is not to be kept could not be deleted.');
  });
}

function deleted(hall: RecordingHall, about: { recordingId: RecordingId; contactId: ContactId }, reason: string): void {
  hall.enter({ kind: 'recording.deleted', atMs: hall.now(), ...about, by: 'system', reason });
}

/**
 * A recording as the telephone can play it: from the vault, or where Asterisk still has it. Who hears what somebody else said is
 * written down.
 */
export async function recordedMedia(
  hall: LiveHall,
  vault: Vault,
  recordingId: RecordingId,
  contactId: ContactId,
): Promise<Result<Media>> {
  const made = await vault.playable(recordingId);
  const file = hall.state.calls.recordings.open.get(recordingId)?.files[0];
  if (!made.ok && file !== undefined) return ok({ recording: file });
  if (!made.ok) return made;
  const found = await vault.find(recordingId);
  if (found.ok && found.value.contactId !== contactId) {
    const head = { atMs: hall.now(), contactId: found.value.contactId, recordingId };
    hall.enter({ kind: 'recording.played', ...head, by: 'phone' });
  }
  return ok({ sound: made.value });
}
