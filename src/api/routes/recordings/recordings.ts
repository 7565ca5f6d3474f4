import type { FastifyInstance } from 'fastify';
import { timeZone } from '../../../reports/time-zone.ts';
import type { ApiContext } from '../../context.ts';
import { ApiError, apiError } from '../../errors.ts';
import { momentFrom } from '../../moments.ts';
import { need, recordingAnswer, recordingExample, recordingSchema, STORE_ERRORS } from '../../recording-schema.ts';
import { idOf, keyedAnswers, listOf, type Schema, shape, text, textOrNull } from '../../schemas.ts';

const PAGE_MAX = 200;

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
          shape({
            recordings: listOf(recordingSchema),
            next: { ...textOrNull, description: '`after` of the next page.' },
          }),
          { recordings: [recordingExample], next: null },
          ['request.invalid', ...STORE_ERRORS],
        ),
      },
    },
    async ({ query }) => {
      const found = need(await desk.recordings.list(filterOf(query), pageOf(query)));
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      const next = found.length > query.limit && last ? `${last.begunAtMs}.${last.id}` : null;
      return { recordings: shown.map(recordingAnswer), next };
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
        ...keyedAnswers('The recording.', recordingSchema, recordingExample, [
          'request.invalid',
          'recording.unknown',
          ...STORE_ERRORS,
        ]),
      },
    },
    async ({ params }) => recordingAnswer(need(await desk.recordings.find(params.id))),
  );
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
