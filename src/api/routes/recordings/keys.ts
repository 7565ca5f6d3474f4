import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../../context.ts';
import { need } from '../../recording-schema.ts';
import { count, keyedAnswers, listOf, shape, text } from '../../schemas.ts';

const rotation = shape({
  rewrapped: { ...count, description: 'Recordings whose keys are under the new ones now.' },
  forgotten: { ...listOf(text), description: 'Ids of old keys that nothing needed any more, and that are gone.' },
  failed: { ...count, description: 'Recordings whose key could not be read; the key that they are under stays.' },
});
const example = { rewrapped: 1204, forgotten: ['talk-mib0a1b2-9f8e7d6c', 'message-mib0a1b2-0a1b2c3d'], failed: 0 };

export function recordingKeyRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.post(
    '/v1/recordings/keys/rotate',
    {
      schema: {
        summary: 'Put new keys in the place of the old ones',
        description: 'New recordings are under new keys, old ones are put under them, and the old keys are removed.',
        tags: ['recordings'],
        operationId: 'rotateRecordingKeys',
        ...keyedAnswers('What was done.', rotation, example, ['recording.index_unavailable']),
      },
    },
    async () => need(await desk.recordings.rotateKeys()),
  );
}
