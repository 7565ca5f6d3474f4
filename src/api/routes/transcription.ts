import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Result } from '../../model/failure.ts';
import type { ContactId } from '../../model/ids.ts';
import { callTranscript } from '../../reports/transcript.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, BODY_ERRORS } from '../errors.ts';
import { idOf, keyedAnswers, type Schema, shape } from '../schemas.ts';
import { readings } from '../transcript/readings.ts';
import {
  liveTranscriptionExample,
  liveTranscriptionSchema,
  pieceAnswer,
  transcriptExample,
  transcriptSchema,
} from '../transcript/transcript-schema.ts';
import { transcriptStream } from '../transcript/transcript-stream.ts';

const PIECES_MAX = 1_000;

const LANGUAGE: Schema = {
  type: 'string',
  maxLength: 35,
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  description: 'BCP 47, such as en or de-AT; the language of the contact if left out.',
};
const after: Schema = { type: 'integer', minimum: 0, default: 0, description: 'Only pieces with a larger `seq`.' };

/** What is said in calls: written down or not, read, and followed while it is said. */
export function transcriptionRoutes(app: FastifyInstance, context: ApiContext): void {
  const noteReading = readings(context);
  wishRoutes(app, context);
  readRoute(app, context, noteReading);
  streamRoute(app, context, noteReading);
}

function wishRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.post<{ Params: { id: string }; Body: { language?: string } | null }>(
    '/v1/contacts/:id/transcription/start',
    {
      schema: {
        summary: 'Write down what is said in a call',
        description:
          'Both sides apart, from now on and through all transfers. Refused where the call may not be recorded. Harmless when repeated.',
        tags: ['calls'],
        operationId: 'startTranscription',
        params: idOf('contact'),
        body: { ...shape({ language: LANGUAGE }, ['language']), type: ['object', 'null'] },
        ...keyedAnswers('As it is now.', liveTranscriptionSchema, liveTranscriptionExample, [
          'request.invalid',
          'transcription.no_talk',
          'transcription.not_allowed',
          'transcription.no_engine',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => {
      const language = body?.language;
      const asked = { contactId: params.id, wish: 'start', by: 'api' } as const;
      return need(desk.transcriptions.ask({ ...asked, ...(language === undefined ? {} : { language }) }));
    },
  );
  app.post<{ Params: { id: string } }>(
    '/v1/contacts/:id/transcription/stop',
    {
      schema: {
        summary: 'Write down a call no longer',
        description: 'Not even where a rule of the queue or the flow wants it. What was written down stays.',
        tags: ['calls'],
        operationId: 'stopTranscription',
        params: idOf('contact'),
        ...keyedAnswers(
          'As it is now.',
          liveTranscriptionSchema,
          { ...liveTranscriptionExample, transcribing: false, language: null, hearing: [] },
          ['request.invalid', 'transcription.not_running'],
        ),
      },
    },
    async ({ params }) => need(desk.transcriptions.ask({ contactId: params.id, wish: 'stop', by: 'api' })),
  );
}

type Note = (contactId: ContactId) => void;

function readRoute(app: FastifyInstance, { desk }: ApiContext, noteReading: Note): void {
  app.get<{ Params: { id: string }; Querystring: { after: number; limit: number } }>(
    '/v1/contacts/:id/transcript',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'What was said in a call',
        description:
          'The pieces that were written down, of a call that goes on or is over, in pages. Every reading stands in the audit.',
        tags: ['calls'],
        operationId: 'getTranscript',
        params: idOf('contact'),
        querystring: shape(
          { after, limit: { type: 'integer', minimum: 1, maximum: PIECES_MAX, default: PIECES_MAX } },
          ['after', 'limit'],
        ),
        ...keyedAnswers('The transcript.', transcriptSchema, transcriptExample, [
          'request.invalid',
          'contact.unknown',
          'journal.unavailable',
        ]),
      },
    },
    async ({ params: { id: contactId }, query }, reply) => {
      const transcript = callTranscript(need(await desk.story(contactId)));
      const bySeq = transcript.pieces.filter(({ seq }) => seq > query.after).sort((a, b) => a.seq - b.seq);
      const page = bySeq.slice(0, query.limit);
      if (page.length > 0) noteReading(contactId);
      const next = bySeq.length > page.length ? (page.at(-1)?.seq ?? null) : null;
      reply.header('cache-control', 'private, no-store');
      // In the order in which it was said; a page is cut where it was understood.
      const pieces = page.sort((a, b) => a.fromMs - b.fromMs || a.seq - b.seq).map(pieceAnswer);
      return { contactId, ...transcript, pieces, next };
    },
  );
}

function streamRoute(app: FastifyInstance, { desk }: ApiContext, noteReading: Note): void {
  const streams = transcriptStream(desk);
  app.addHook('preClose', async () => streams.close());
  const headers = { type: 'object', properties: { 'last-event-id': { type: 'string', maxLength: 20 } } };
  const answers = keyedAnswers('Server-sent events: piece, partial, change, over.', {}, undefined, [
    'request.invalid',
    'contact.unknown',
    'stream.full',
    'journal.unavailable',
  ]);
  const events = { 'text/event-stream': { schema: { type: 'string' } } };
  const description =
    'Server-sent events. A connection that broke goes on with Last-Event-ID or `after`: no piece is missed. Who reads too slowly is let go. Every reading stands in the audit.';
  app.get<{ Params: { id: string }; Querystring: { after: number } }>(
    '/v1/contacts/:id/transcript/stream',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'What is said in a call, while it is said',
        description,
        tags: ['calls'],
        operationId: 'followTranscript',
        params: idOf('contact'),
        querystring: shape({ after }, ['after']),
        headers,
        ...answers,
        response: { 200: { description: 'The stream.', content: events } },
      },
    },
    async ({ params: { id: contactId }, query, headers: given }, reply) => {
      const last = Number(given['last-event-id']);
      const stream = need(await streams.open(contactId, Number.isSafeInteger(last) && last > 0 ? last : query.after));
      noteReading(contactId);
      sendStream(reply, stream);
      return reply;
    },
  );
}

/** Past fastify, whose bound on the time of an answer would cut it. */
function sendStream(reply: FastifyReply, stream: Readable): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'private, no-store',
    'x-accel-buffering': 'no',
  });
  reply.raw.once('close', () => stream.destroy());
  stream.once('close', () => {
    if (!stream.readableEnded) reply.raw.destroy();
  });
  stream.pipe(reply.raw);
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new ApiError(result.failure);
  return result.value;
}
