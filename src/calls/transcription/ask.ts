import type { AskedBy, Event } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { isJoined } from '../recording/decide.ts';
import { ruleFor } from '../recording/rule.ts';
import type { RecordingsState } from '../recording/state.ts';
import { usualLanguage } from './decide.ts';
import type { TranscriptionState } from './state.ts';

export const TRANSCRIPTION_WISHES = ['start', 'stop'] as const;

export type TranscriptionWish = {
  readonly contactId: ContactId;
  readonly wish: (typeof TRANSCRIPTION_WISHES)[number];
  /** BCP 47; left out: that of the contact. */
  readonly language?: string;
  readonly by: AskedBy;
  readonly atMs: AtMs;
};

/**
 * The event by which a wish is fulfilled; undefined: it is as wished already. Failures: `transcription.no_talk` (no call, or nobody
 * talks with its customer), `transcription.not_allowed` (its recording is forbidden: by the rule, or by the customer),
 * `transcription.not_running`.
 */
export function askTranscription(
  state: TranscriptionState,
  recordings: RecordingsState,
  site: Site,
  { contactId, wish, language, by, atMs }: TranscriptionWish,
): Result<Event | undefined> {
  const call = recordings.calls.get(contactId);
  const about = state.get(contactId);
  if (wish === 'stop') {
    if (about?.running) return ok({ kind: 'transcription.stopped', atMs, contactId, by });
    return failed('transcription.not_running', 'Nothing of this call is written down now.', { contactId });
  }
  if (!call || !isJoined(call)) {
    return failed('transcription.no_talk', 'Nobody talks with the customer of this call now.', { contactId });
  }
  if (call.declined || ruleFor(site, call.talk!).record === 'never') {
    const message = 'This call may not be written down: its recording is forbidden by the rule or by the customer.';
    return failed('transcription.not_allowed', message, { contactId });
  }
  const asked = language ?? about?.running?.language ?? usualLanguage(about, site);
  if (about?.running?.language === asked && about.demanded === asked) return ok(undefined);
  return ok({ kind: 'transcription.started', atMs, contactId, language: asked, by });
}
