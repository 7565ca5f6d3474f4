import type { RecordingView } from '../controller/recordings/recordings.ts';
import type { Result } from '../model/failure.ts';
import { ApiError, type ApiErrorCode } from './errors.ts';
import { moment } from './moments.ts';
import { count, durationMs, moment as momentOf, momentOrNull, shape, text, textOrNull } from './schemas.ts';

/** What every question about recordings may fail by. */
export const STORE_ERRORS: readonly ApiErrorCode[] = ['recording.index_unavailable'];

/** A recording as the API shows it. */
export const recordingSchema = shape({
  id: text,
  contactId: text,
  agentId: textOrNull,
  queueId: textOrNull,
  why: { ...text, description: 'queue, agent, site, flow, demand, or message: one that the customer left.' },
  ...momentOf('begunAt'),
  durationMs,
  channels: { ...count, description: '2: the customer left, the other side right.' },
  bytes: { ...count, description: 'Of the FLAC.' },
  keyId: { ...textOrNull, description: 'Key under which its own key is encrypted.' },
  ...momentOf('keepUntil'),
  ...momentOrNull('heldAt'),
  heldReason: textOrNull,
  ...momentOrNull('deletedAt'),
  deletedReason: textOrNull,
});
const view: RecordingView = {
  id: 'call-1.r1-mib1xk8g',
  contactId: 'call-1',
  agentId: 'anna',
  queueId: 'sales',
  why: 'queue',
  begunAtMs: 1_795_165_222_000,
  durationMs: 68_000,
  channels: 2,
  bytes: 412_345,
  keyId: 'talk-mib0a1b2-9f8e7d6c',
  keepUntilMs: 1_802_941_290_000,
  heldAtMs: null,
  heldReason: null,
  deletedAtMs: null,
  deletedReason: null,
};
export const proofSchema = shape({
  recordingId: text,
  ...momentOf('deletedAt'),
  reason: text,
  fileSha256: { ...textOrNull, description: 'Of the file that was removed; null: it was gone before.' },
  fileBytes: count,
  fileGone: { type: 'boolean', description: 'There is no such file any more.' },
  keyGone: { type: 'boolean', description: 'The index holds no key of it any more.' },
  copyUnreadable: { type: 'boolean', description: 'A copy of the file cannot be read: it was tried.' },
});
export const proofExample = {
  recordingId: view.id,
  ...moment('deletedAt', 1_795_170_000_000),
  reason: 'asked by the customer',
  fileSha256: 'a3f5c1d2e4b6978800112233445566778899aabbccddeeff0011223344556677',
  fileBytes: 412_380,
  fileGone: true,
  keyGone: true,
  copyUnreadable: true,
};

/** The recording of the examples. */
export const recordingExample = recordingAnswer(view);

export function recordingAnswer(one: RecordingView): object {
  const moments = [
    ['begunAt', one.begunAtMs],
    ['keepUntil', one.keepUntilMs],
    ['heldAt', one.heldAtMs],
    ['deletedAt', one.deletedAtMs],
  ] as const;
  return Object.assign({ ...one }, ...moments.map(([name, atMs]) => moment(name, atMs)));
}

/** The value, or the failure as an answer of the API. */
export function need<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ApiError(result.failure);
}
