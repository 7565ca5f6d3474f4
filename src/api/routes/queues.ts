import type { FastifyInstance } from 'fastify';
import type { QueueView } from '../../controller/desk.ts';
import type { ApiContext } from '../context.ts';
import { apiError } from '../errors.ts';
import { idOf, keyedAnswers, listOf, shape } from '../schemas.ts';
import { calendarAnswer, calendarExample } from './calendars.ts';
import { emergencyAnswer } from './emergency.ts';

const queues = shape({ queues: listOf({ $ref: 'Queue#' }) });

const example = {
  id: 'sales',
  name: 'Sales',
  strategy: 'longest_idle',
  calendar: calendarExample,
  waiting: 1,
  ringing: 0,
  talking: 2,
  overdue: 0,
  longestWaitMs: 8_500,
  agents: { talking: 2, ready: 0 },
  estimates: { compared: 120, meanErrorMs: 6_100, withinP90: 0.91 },
  contacts: [
    {
      contactId: 'call-1',
      channel: 'voice',
      position: 1,
      waitedMs: 8_500,
      overdue: false,
      relaxationStep: 0,
      estimatedWaitP50Ms: 20_000,
      estimatedWaitP90Ms: 55_000,
    },
  ],
  contactsOmitted: 0,
};

export function queueRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/queues',
    {
      schema: {
        summary: 'All queues, live',
        description:
          'Who waits, how long and in which order, and what the agents of each queue are doing at this moment. The queue of one agent alone is listed while something stands in it.',
        tags: ['queues'],
        operationId: 'listQueues',
        ...keyedAnswers('The queues.', queues, { queues: [example] }, []),
      },
    },
    async () => ({ queues: desk.queues().map(answerOf) }),
  );
  app.get<{ Params: { id: string } }>(
    '/v1/queues/:id',
    {
      schema: {
        summary: 'One queue, live',
        description: 'Like the list of queues, for one queue.',
        tags: ['queues'],
        operationId: 'getQueue',
        params: idOf('queue'),
        ...keyedAnswers('The queue.', { $ref: 'Queue#' }, example, ['request.invalid', 'queue.unknown']),
      },
    },
    async ({ params }) => {
      const queue = desk.queues().find(({ id }) => id === params.id);
      if (!queue) throw apiError('queue.unknown');
      return answerOf(queue);
    },
  );
}

function answerOf(queue: QueueView): object {
  const { calendar, emergency } = queue;
  return {
    ...queue,
    ...(calendar && { calendar: calendarAnswer(calendar) }),
    ...(emergency && { emergency: emergencyAnswer(emergency) }),
  };
}
