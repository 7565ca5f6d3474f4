import { askRecording } from '../../calls/recording/ask.ts';
import { isPaused } from '../../calls/recording/state.ts';
import { ok, type Result } from '../../model/failure.ts';
import type { ContactId } from '../../model/ids.ts';
import type { RecordingRow } from '../../recordings/recording-row.ts';
import type { Vault } from '../../recordings/vault.ts';
import type { LiveHall } from '../hall.ts';
import type { LiveRecordingView, Recordings, RecordingView } from './recordings.ts';

/** What the desk asks of the vault; every playing, holding and deleting becomes an event, which the audit reads. */
export function createRecordings(hall: LiveHall, vault: Vault): Recordings {
  const about = ({ id, contactId }: RecordingView) => ({ atMs: hall.now(), recordingId: id, contactId });
  return {
    list: async (filter, page) => mapped(await vault.list(filter, page), (rows) => rows.map(viewOf)),
    find: async (recordingId) => mapped(await vault.find(recordingId), viewOf),
    async open(recordingId) {
      const found = await vault.find(recordingId);
      if (!found.ok) return found;
      return mapped(await vault.open(recordingId), (file) => ({ view: viewOf(found.value), ...file }));
    },
    played: (view, by) => void hall.enter({ kind: 'recording.played', ...about(view), by }),
    async hold(recordingId, reason, by) {
      const held = mapped(await vault.hold(recordingId, reason), viewOf);
      if (held.ok) hall.enter({ kind: 'recording.held', ...about(held.value), by, reason });
      return held;
    },
    async release(recordingId, by) {
      const released = mapped(await vault.release(recordingId), viewOf);
      if (released.ok) hall.enter({ kind: 'recording.released', ...about(released.value), by });
      return released;
    },
    async destroy(recordingId, reason, by) {
      const found = mapped(await vault.find(recordingId), viewOf);
      if (!found.ok) return found;
      const proof = await vault.destroy(recordingId, reason);
      // Asked once more, it was deleted before.
      const first = found.value.deletedAtMs === null;
      if (proof.ok && first) hall.enter({ kind: 'recording.deleted', ...about(found.value), by, reason });
      return proof;
    },
    ask(wish) {
      const { state } = hall;
      const answer = askRecording(state.calls.recordings, state.acd.site, { ...wish, atMs: hall.now() });
      if (!answer.ok) return answer;
      if (answer.value) hall.enter(answer.value);
      return ok(liveView(hall, wish.contactId));
    },
    rotateKeys: () => vault.rotateKeys(),
  };
}

function liveView({ state }: LiveHall, contactId: ContactId): LiveRecordingView {
  const part = state.calls.recordings.calls.get(contactId)?.part ?? null;
  const paused = part !== null && isPaused(state.calls.recordings, contactId);
  return { contactId, recording: part !== null, paused, recordingId: part?.recordingId ?? null };
}

/** Without the key, and without the place on the disk. */
function viewOf({ recordingId, wrappedKey: _, file: __, purpose: ___, ...row }: RecordingRow): RecordingView {
  return { id: recordingId, ...row };
}

function mapped<A, B>(result: Result<A>, change: (value: A) => B): Result<B> {
  return result.ok ? ok(change(result.value)) : result;
}
