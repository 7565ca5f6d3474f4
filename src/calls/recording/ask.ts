import type { AskedBy, Emit, Event } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { isJoined, startOf } from './decide.ts';
import { ruleFor } from './rule.ts';
import type { CallRecording, RecordingsState } from './state.ts';

export const RECORDING_WISHES = ['start', 'stop', 'pause', 'resume'] as const;

export type RecordingWish = {
  readonly contactId: ContactId;
  readonly wish: (typeof RECORDING_WISHES)[number];
  readonly by: AskedBy;
  readonly atMs: AtMs;
};

/**
 * The event by which a wish is fulfilled; undefined: it is as wished already. Failures: `recording.no_talk` (no call, or nobody is
 * in a talk with its customer), `recording.not_allowed` (the rule says never, or the customer declined), `recording.not_running`.
 */
export function askRecording(
  state: RecordingsState,
  site: Site,
  { contactId, wish, by, atMs }: RecordingWish,
): Result<Event | undefined> {
  const call = state.calls.get(contactId);
  if (!call) return failed('recording.no_talk', 'There is no such call, or it is over.', { contactId });
  if (wish === 'start') return begin(call, site, atMs);
  if (!call.part) return failed('recording.not_running', 'Nothing of this call is recorded now.', { contactId });
  const { recordingId } = call.part;
  if (wish === 'stop') return ok({ kind: 'recording.stopped', atMs, contactId, recordingId, by });
  const { hand } = call.pausedBy;
  if (hand === (wish === 'pause')) return ok(undefined);
  const kind = wish === 'pause' ? 'recording.paused' : 'recording.resumed';
  return ok({ kind, atMs, contactId, recordingId, by });
}

function begin(call: CallRecording, site: Site, atMs: AtMs): Result<Event | undefined> {
  const { contactId } = call;
  if (call.part?.right) return ok(undefined);
  if (!isJoined(call)) {
    return failed('recording.no_talk', 'Nobody talks with the customer of this call now.', { contactId });
  }
  if (call.declined || ruleFor(site, call.talk!).record === 'never') {
    const message = 'This call may not be recorded: its customer declined, or the rule says never.';
    return failed('recording.not_allowed', message, { contactId });
  }
  return ok(startOf(call, 'demand', atMs));
}

/** What an agent's call code does: it begins a recording, and then pauses it and lets it go on. */
export function pressRecord(
  state: RecordingsState,
  site: Site,
  { contactId, atMs }: { readonly contactId: ContactId; readonly atMs: AtMs },
  emit: Emit,
): void {
  const call = state.calls.get(contactId);
  const wish = call?.part ? (call.pausedBy.hand ? 'resume' : 'pause') : 'start';
  const answer = askRecording(state, site, { contactId, wish, by: 'phone', atMs });
  if (answer.ok && answer.value) emit(answer.value);
}
