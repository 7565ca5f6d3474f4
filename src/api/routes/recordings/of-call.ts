import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../../context.ts';
import { need } from '../../recording-schema.ts';
import { idOf, keyedAnswers, shape, text, textOrNull } from '../../schemas.ts';

const live = shape({
  contactId: text,
  recording: { type: 'boolean', description: 'Whether the call is recorded now.' },
  paused: { type: 'boolean', description: 'What is said now is silence in the recording.' },
  recordingId: textOrNull,
});
const example = { contactId: 'call-1', recording: true, paused: false, recordingId: 'call-1.r1-mib1xk8g' };

const WISHES = {
  start: {
    summary: 'Record a call from now on',
    description: 'Also after it is handed on. Refused where the rule says never or the customer declined.',
  },
  stop: { summary: 'Record a call no longer', description: 'What was recorded until now is kept.' },
  pause: { summary: 'Pause the recording of a call', description: 'What is said meanwhile is silence in it.' },
  resume: { summary: 'Let the recording of a call go on', description: 'It stays silent as long as others want that.' },
} as const;

export function callRecordingRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  for (const [name, words] of Object.entries(WISHES)) {
    const wish = name as keyof typeof WISHES;
    app.post<{ Params: { id: string } }>(
      `/v1/contacts/:id/recording/${wish}`,
      {
        schema: {
          ...words,
          tags: ['recordings'],
          operationId: `${wish}CallRecording`,
          params: idOf('contact'),
          ...keyedAnswers('The recording of the call as it is now.', live, example, [
            'request.invalid',
            'recording.no_talk',
            'recording.not_allowed',
            'recording.not_running',
          ]),
        },
      },
      async ({ params }) => need(desk.recordings.ask({ contactId: params.id, wish, by: 'api' })),
    );
  }
}
