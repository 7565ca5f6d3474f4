import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../../context.ts';
import { BODY_ERRORS } from '../../errors.ts';
import { moment } from '../../moments.ts';
import {
  need,
  proofExample,
  proofSchema,
  recordingAnswer,
  recordingExample,
  recordingSchema,
  STORE_ERRORS,
} from '../../recording-schema.ts';
import { idOf, keyedAnswers, shape, text } from '../../schemas.ts';

const REASON_CHARACTERS_MAX = 500;
const WITH_REASON = shape({ reason: { ...text, minLength: 1, maxLength: REASON_CHARACTERS_MAX } });

/** How long a recording is kept against its rule: held, released, deleted. */
export function recordingFateRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.post<{ Params: { id: string }; Body: { reason: string } }>(
    '/v1/recordings/:id/hold',
    {
      schema: {
        summary: 'Put a recording under legal hold',
        description: 'Nothing deletes it until it is released, whatever its rule says.',
        tags: ['recordings'],
        operationId: 'holdRecording',
        params: idOf('recording'),
        body: WITH_REASON,
        ...keyedAnswers('The recording.', recordingSchema, recordingExample, [
          'request.invalid',
          'recording.unknown',
          'recording.deleted',
          ...STORE_ERRORS,
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => recordingAnswer(need(await desk.recordings.hold(params.id, body.reason, 'api'))),
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
        ...keyedAnswers('The recording.', recordingSchema, recordingExample, [
          'request.invalid',
          'recording.unknown',
          ...STORE_ERRORS,
        ]),
      },
    },
    async ({ params }) => recordingAnswer(need(await desk.recordings.release(params.id, 'api'))),
  );
  app.delete<{ Params: { id: string }; Querystring: { reason: string } }>(
    '/v1/recordings/:id',
    {
      schema: {
        summary: 'Delete a recording for good',
        description: 'Its key and its file are removed, and the answer proves it. Harmless when repeated.',
        tags: ['recordings'],
        operationId: 'deleteRecording',
        params: idOf('recording'),
        querystring: WITH_REASON,
        ...keyedAnswers('The proof.', proofSchema, proofExample, [
          'request.invalid',
          'recording.unknown',
          'recording.on_hold',
          'recording.folder_unwritable',
          ...STORE_ERRORS,
        ]),
      },
    },
    async ({ params, query }) => {
      const made = need(await desk.recordings.destroy(params.id, query.reason, 'api'));
      return { ...made, ...moment('deletedAt', made.deletedAtMs) };
    },
  );
}
