import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OpenSound, Recordings } from '../../../controller/recordings/recordings.ts';
import type { RecordingId } from '../../../model/ids.ts';
import { rangeOf } from '../../byte-range.ts';
import type { ApiContext } from '../../context.ts';
import { ApiError, apiError } from '../../errors.ts';
import { idOf, keyedAnswers } from '../../schemas.ts';

/** Who takes no byte for so long is let go: open recordings are bounded. */
const STALLED_MS = 30_000;
/**
 * How long a whole recording may take to be sent. Fastify's own time for an answer counts until its last byte, and would cut off
 * a long one on a slow line.
 */
const SENDING_MS_MAX = 6 * 3_600_000;
/** Players ask for one recording in many pieces: within so long that is one listening. */
const ONE_LISTENING_MS = 60_000;
/** Recordings whose last listening is remembered. */
const LISTENINGS_MAX = 1_000;

const RANGE = {
  type: 'string',
  maxLength: 200,
  description: 'One range of bytes (RFC 9110); several are answered whole.',
};
const whole = keyedAnswers('The sound as FLAC: the customer left, the agent right.', {}, undefined, [
  'request.invalid',
  'recording.unknown',
  'recording.deleted',
  'recording.range',
  'recording.broken',
  'recording.key_missing',
  'recording.busy',
  'recording.index_unavailable',
]);
const flac = { 'audio/flac': { schema: { type: 'string', contentMediaType: 'audio/flac' } } };

const SCHEMA = {
  summary: 'The sound of a recording',
  description:
    'FLAC, decrypted piece by piece as it is read. Takes Range and If-Range. Every listening stands in the audit.',
  tags: ['recordings'],
  operationId: 'getRecordingSound',
  params: idOf('recording'),
  headers: { type: 'object', properties: { range: RANGE, 'if-range': { type: 'string', maxLength: 200 } } },
  ...whole,
  response: {
    200: { description: 'The whole sound.', content: flac },
    206: { description: 'The bytes that Range asked for.', content: flac },
  },
};

export function recordingSoundRoutes(app: FastifyInstance, { desk, now }: ApiContext): void {
  const listened = new Map<RecordingId, number>();
  app.get<{ Params: { id: string } }>(
    '/v1/recordings/:id/sound',
    { schema: SCHEMA, exposeHeadRoute: false, handlerTimeout: SENDING_MS_MAX },
    async (request, reply) => {
      const opened = await desk.recordings.open(request.params.id);
      if (!opened.ok) throw new ApiError(opened.failure);
      const sound = opened.value;
      try {
        return await answer(sound, request, reply, () => noteListening(desk.recordings, sound, listened, now()));
      } catch (error) {
        await sound.close();
        throw error;
      }
    },
  );
}

async function answer(
  sound: OpenSound,
  request: FastifyRequest,
  reply: FastifyReply,
  note: () => void,
): Promise<FastifyReply> {
  const { view, bytes } = sound;
  const etag = `"${view.id}-${bytes}"`;
  const unchanged = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const range = unchanged ? rangeOf(request.headers.range, bytes) : 'whole';
  reply.header('accept-ranges', 'bytes').header('etag', etag).header('cache-control', 'private, no-store');
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${bytes}`);
    throw apiError('recording.range', undefined, { bytes });
  }
  const { from, to } = range === 'whole' ? { from: 0, to: bytes } : range;
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${bytes}`);
  note();
  const stream = Readable.from(sound.read(from, to), { objectMode: false, highWaterMark: 1 });
  // A client that leaves ends the stream, too.
  stream.once('close', () => void sound.close());
  reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy());
  return reply
    .type('audio/flac')
    .header('content-length', to - from)
    .send(stream);
}

function noteListening(
  recordings: Recordings,
  { view }: OpenSound,
  listened: Map<RecordingId, number>,
  nowMs: number,
): void {
  const before = listened.get(view.id);
  if (before !== undefined && nowMs - before < ONE_LISTENING_MS) return;
  listened.delete(view.id);
  listened.set(view.id, nowMs);
  const oldest = listened.keys().next().value;
  if (listened.size > LISTENINGS_MAX && oldest !== undefined) listened.delete(oldest);
  recordings.played(view, 'api');
}
