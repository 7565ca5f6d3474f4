import type { FastifyInstance } from 'fastify';
import type { RecordingView } from '../../controller/recordings/recordings.ts';
import type { Result } from '../../model/failure.ts';
import { timeZone } from '../../reports/time-zone.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, apiError, BODY_ERRORS } from '../errors.ts';
import { moment, momentFrom } from '../moments.ts';
import {
  count,
  durationMs,
  idOf,
  keyedAnswers,
  listOf,
  moment as momentOf,
  momentOrNull,
  type Schema,
  shape,
  text,
  textOrNull,
} from '../schemas.ts';

const PAGE_MAX = 200;
const REASON_CHARACTERS_MAX = 500;

const recording = shape({
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
const proof = shape({
  recordingId: text,
  ...momentOf('deletedAt'),
  reason: text,
  fileSha256: { ...textOrNull, description: 'Of the file that was removed; null: it was gone before.' },
  fileBytes: count,
  fileGone: { type: 'boolean', description: 'There is no such file any more.' },
  keyGone: { type: 'boolean', description: 'The index holds no key of it any more.' },
  copyUnreadable: { type: 'boolean', description: 'A copy of the file cannot be read: it was tried.' },
});
const proofExample = {
  recordingId: view.id,
  ...moment('deletedAt', 1_795_170_000_000),
  reason: 'asked by the customer',
  fileSha256: 'a3f5c1d2e4b6978800112233445566778899aabbccddeeff0011223344556677',
  fileBytes: 412_380,
  fileGone: true,
  keyGone: true,
  copyUnreadable: true,
};

const STORE: readonly ApiErrorCode[] = ['recording.index_unavailable'];
const reasonBody = shape({ reason: { ...text, minLength: 1, maxLength: REASON_CHARACTERS_MAX } });

type Query = {
  contact?: string;
  agent?: string;
  queue?: string;
  purpose?: 'talk' | 'message';
  from?: string;
  to?: string;
  held?: boolean;
  deleted?: boolean;
  limit: number;
  after?: string;
};
const idText: Schema = { ...text, minLength: 1, maxLength: 100 };
const querystring = shape(
  {
    contact: idText,
    agent: idText,
    queue: idText,
    purpose: { type: 'string', enum: ['talk', 'message'] },
    from: { ...text, maxLength: 40, description: 'As in reports, in UTC.' },
    to: { ...text, maxLength: 40, description: 'As in reports, in UTC.' },
    held: { type: 'boolean', description: 'Only those under legal hold, or only the others.' },
    deleted: { type: 'boolean', description: 'True: those that were deleted, whose sound is gone.' },
    limit: { type: 'integer', minimum: 1, maximum: PAGE_MAX, default: 50 },
    after: { ...text, maxLength: 200, description: '`next` of the page before.' },
  },
  ['contact', 'agent', 'queue', 'purpose', 'from', 'to', 'held', 'deleted', 'limit', 'after'],
);

export function recordingRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get<{ Querystring: Query }>(
    '/v1/recordings',
    {
      schema: {
        summary: 'Recordings',
        description: 'Recordings of talks and messages that customers left, the newest first, in pages.',
        tags: ['recordings'],
        operationId: 'listRecordings',
        querystring,
        ...keyedAnswers(
          'One page.',
          shape({ recordings: listOf(recording), next: { ...textOrNull, description: '`after` of the next page.' } }),
          { recordings: [answerOf(view)], next: null },
          ['request.invalid', ...STORE],
        ),
      },
    },
    async ({ query }) => {
      const found = need(await desk.recordings.list(filterOf(query), pageOf(query)));
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      const next = found.length > query.limit && last ? `${last.begunAtMs}.${last.id}` : null;
      return { recordings: shown.map(answerOf), next };
    },
  );
  app.get<{ Params: { id: string } }>(
    '/v1/recordings/:id',
    {
      schema: {
        summary: 'One recording',
        description: 'What the index knows of a recording, also of one that was deleted.',
        tags: ['recordings'],
        operationId: 'getRecording',
        params: idOf('recording'),
        ...keyedAnswers('The recording.', recording, answerOf(view), [
          'request.invalid',
          'recording.unknown',
          ...STORE,
        ]),
      },
    },
    async ({ params }) => answerOf(need(await desk.recordings.find(params.id))),
  );
  holdRoutes(app, { desk });
  app.delete<{ Params: { id: string }; Querystring: { reason: string } }>(
    '/v1/recordings/:id',
    {
      schema: {
        summary: 'Delete a recording for good',
        description: 'Its key and its file are removed, and the answer proves it. Harmless when repeated.',
        tags: ['recordings'],
        operationId: 'deleteRecording',
        params: idOf('recording'),
        querystring: reasonBody,
        ...keyedAnswers('The proof.', proof, proofExample, [
          'request.invalid',
          'recording.unknown',
          'recording.on_hold',
          'recording.folder_unwritable',
          ...STORE,
        ]),
      },
    },
    async ({ params, query }) => {
      const made = need(await desk.recordings.destroy(params.id, query.reason, 'api'));
      return { ...made, ...moment('deletedAt', made.deletedAtMs) };
    },
  );
}

function holdRoutes(app: FastifyInstance, { desk }: Pick<ApiContext, 'desk'>): void {
  app.post<{ Params: { id: string }; Body: { reason: string } }>(
    '/v1/recordings/:id/hold',
    {
      schema: {
        summary: 'Put a recording under legal hold',
        description: 'Nothing deletes it until it is released, whatever its rule says.',
        tags: ['recordings'],
        operationId: 'holdRecording',
        params: idOf('recording'),
        body: reasonBody,
        ...keyedAnswers('The recording.', recording, answerOf(view), [
          'request.invalid',
          'recording.unknown',
          'recording.deleted',
          ...STORE,
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => answerOf(need(await desk.recordings.hold(params.id, body.reason, 'api'))),
  );
  app.post<{ Params: { id: string } }>(
    '/v1/recordings/:id/release',
    {
      schema: {
        summary: 'End a legal hold',
        description: 'From now on it is deleted when its time is over. Harmless when repeated.',
        tags: ['recordings'],
        operationId: 'releaseRecording',
        params: idOf('recording'),
        ...keyedAnswers('The recording.', recording, answerOf(view), [
          'request.invalid',
          'recording.unknown',
          ...STORE,
        ]),
      },
    },
    async ({ params }) => answerOf(need(await desk.recordings.release(params.id, 'api'))),
  );
}

function answerOf(one: RecordingView): object {
  const moments = [
    ['begunAt', one.begunAtMs],
    ['keepUntil', one.keepUntilMs],
    ['heldAt', one.heldAtMs],
    ['deletedAt', one.deletedAtMs],
  ] as const;
  return Object.assign({ ...one }, ...moments.map(([name, atMs]) => moment(name, atMs)));
}

export function need<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ApiError(result.failure);
}

function filterOf({ contact, agent, queue, purpose, from, to, held, deleted }: Query) {
  const zone = timeZone('UTC');
  if (!zone.ok) throw new ApiError(zone.failure);
  return {
    ...(contact === undefined ? {} : { contactId: contact }),
    ...(agent === undefined ? {} : { agentId: agent }),
    ...(queue === undefined ? {} : { queueId: queue }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(from === undefined ? {} : { fromMs: momentFrom('from', from, zone.value) }),
    ...(to === undefined ? {} : { toMs: momentFrom('to', to, zone.value) }),
    ...(held === undefined ? {} : { held }),
    ...(deleted === undefined ? {} : { deleted }),
  };
}

/** One more than is shown tells whether there is a next page. */
function pageOf({ limit, after }: Query) {
  if (after === undefined) return { limit: limit + 1 };
  const [, begun, recordingId = ''] = /^(\d{1,15})\.(.{1,150})$/.exec(after) ?? [];
  const allowed = '`next` of the page before';
  if (begun === undefined) {
    throw apiError('request.invalid', `/after in the query is not ${allowed}.`, {
      in: 'query',
      path: '/after',
      allowed,
    });
  }
  return { limit: limit + 1, after: { begunAtMs: Number(begun), recordingId } };
}
