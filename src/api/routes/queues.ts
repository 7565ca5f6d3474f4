import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { apiError } from '../errors.ts';
import { idOf, keyedAnswers, listOf, shape } from '../schemas.ts';

const queues = shape({ queues: listOf({ $ref: 'Queue#' }) });

const example = {
  id: 'sales',
  name: 'Sales',
  waiting: 1,
  ringing: 0,
  talking: 2,
  longestWaitMs: 8_500,
  agents: { talking: 2, ready: 0 },
  contacts: [{ contactId: 'call-1', position: 1, waitedMs: 8_500 }],
};

export function queueRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.get(
    '/v1/queues',
    {
      schema: {
        summary: 'All queues, live',
        description: 'Who waits, how long, and what the agents of each queue are doing at this moment.',
        tags: ['queues'],
        operationId: 'listQueues',
        ...keyedAnswers('The queues.', queues, { queues: [example] }, []),
      },
    },
    async () => ({ queues: desk.queues() }),
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
      return queue;
    },
  );
}
