import type { ContactId, RecordingId } from '../../../model/ids.ts';
import { AriError } from '../ari/error.ts';
import { type SideName, sideName } from '../names.ts';
import { isOver, type Recording, type Side } from '../recordings.ts';
import { soundLengthMs } from '../stored-sound.ts';
import { type Hand, tidy } from './hand.ts';

/**
 * Notes the end of one side, and tells the end of the recording when it was the last one. The snoop channel of a side has nothing left to do.
 */
export function sideEnded(hand: Hand, recording: Recording, side: Side, stage: 'done' | 'failed'): void {
  if (side.stage === 'done' || side.stage === 'failed') return;
  side.stage = stage;
  tidy(hand.ari.request('channels.hangup', { channelId: side.name }));
  if (!isOver(recording)) return;
  hand.recordings.remove(recording.recordingId);
  tell(hand, recording).catch((error: unknown) => {
    if (!(error instanceof AriError)) throw error;
  });
}

async function tell(hand: Hand, { recordingId, contactId, sides, message, discard }: Recording): Promise<void> {
  const done = sides.filter(({ stage }) => stage === 'done');
  let durationMs = Math.max(0, ...done.map((side) => side.durationMs));
  const [first] = done;
  if (message && first && !discard) durationMs = await messageMs(hand, first);
  finish(hand, { recordingId, contactId }, done.length > 0, durationMs, discard ? [] : done.map(({ name }) => name));
}

/**
 * Asterisk tells whole seconds, less the silence at the end; the rest of a second is in the file's length.
 * (main/app.c, __ast_play_and_record: the file keeps 200 ms of the silence that ended it.)
 */
async function messageMs(hand: Hand, side: Side): Promise<number> {
  const fileMs = await soundLengthMs(hand.ari, side.name).catch(() => side.durationMs);
  return Math.min(fileMs, side.durationMs + (fileMs % 1000));
}

/**
 * The end of a recording that this life of the program knows nothing of: whatever is left of it is stopped, and told as
 * what it left behind.
 */
export function tellUnknown(
  hand: Hand,
  { recordingId, contactId, discard }: { recordingId: RecordingId; contactId: ContactId; discard: boolean },
): void {
  if (discard) {
    discardRecording(hand, recordingId);
    return finish(hand, { recordingId, contactId }, true, 0, []);
  }
  const whatIsLeft = async (name: string): Promise<{ name: string; ms: number }[]> => {
    // It may not run any more; its file tells whether there was one.
    await hand.ari.request('recordings.stop', { recordingName: name }).catch(() => undefined);
    tidy(hand.ari.request('channels.hangup', { channelId: name }));
    return soundLengthMs(hand.ari, name).then(
      (ms) => [{ name, ms }],
      () => [],
    );
  };
  void Promise.all(sidesOf(recordingId).map(whatIsLeft)).then((found) => {
    const files = found.flat();
    const durationMs = Math.max(0, ...files.map(({ ms }) => ms));
    const names = files.map(({ name }) => name);
    finish(hand, { recordingId, contactId }, files.length > 0, durationMs, names);
  });
}

/** Stops what runs of it and deletes its files; nothing is told. */
export function discardRecording({ ari }: Hand, recordingId: RecordingId): void {
  for (const recordingName of sidesOf(recordingId)) {
    tidy(ari.request('recordings.cancel', { recordingName }));
    tidy(ari.request('channels.hangup', { channelId: recordingName }));
    tidy(ari.request('recordings.deleteStored', { recordingName }));
  }
}

function sidesOf(recordingId: RecordingId): string[] {
  return (['left', 'right'] satisfies SideName[]).map((side) => sideName(recordingId, side));
}

function finish(
  { host }: Hand,
  { recordingId, contactId }: { recordingId: RecordingId; contactId: ContactId },
  done: boolean,
  durationMs: number,
  files: readonly string[],
): void {
  const result = done ? 'done' : 'failed';
  host.take({ kind: 'recording.finished', atMs: host.now(), contactId, recordingId, result, durationMs, files });
}
