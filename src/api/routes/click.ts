import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { orderExample, orderSchema } from '../order-schema.ts';
import { idOf, keyedAnswers, shape } from '../schemas.ts';
import { answerOf } from './callbacks.ts';

const id = { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX };
const clickBody = shape(
  {
    agentId: id,
    number: { type: 'string', minLength: 1, maxLength: 40, description: 'As people write it.' },
    onMachine: { ...id, description: 'A flow that speaks to an answering machine, in the place of the agent.' },
  },
  ['onMachine'],
);
const previewBody = shape({
  answer: { type: 'string', enum: ['call', 'skip'], description: 'As the keys 1 and 2 of the phone.' },
});
const clickExample = { ...orderExample, id: 'ck-4711', kind: 'click', queueId: '@anna', attemptsMax: 1, attempts: [] };

/** What an agent's program asks of the agent's phone. */
export function clickRoutes(app: FastifyInstance, { desk: { orders } }: ApiContext): void {
  app.post<{ Body: { agentId: string; number: string; onMachine?: string } }>(
    '/v1/click-to-call',
    {
      schema: {
        summary: 'Call a number for an agent',
        description:
          'Rings the agent, who must be ready, and then the number. The agent hears it ringing. It is given up after two minutes.',
        tags: ['callbacks'],
        operationId: 'clickToCall',
        body: clickBody,
        ...keyedAnswers('The order.', orderSchema, clickExample, [
          'request.invalid',
          'agent.unknown',
          'agent.logged_out',
          'flow.unknown',
          'callback.number_invalid',
          'callback.not_allowed',
          'callback.full',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body }) => answerOf(orders.click(body.agentId, body.number, 'api', body.onMachine)),
  );
  app.post<{ Params: { id: string }; Body: { answer: 'call' | 'skip' } }>(
    '/v1/agents/:id/preview',
    {
      schema: {
        summary: 'Call or skip the number that is shown',
        description: 'For a number that an agent sees before it is called.',
        tags: ['callbacks'],
        operationId: 'answerPreview',
        params: idOf('agent'),
        body: previewBody,
        ...keyedAnswers('The order.', orderSchema, { ...orderExample, mode: 'preview' }, [
          'request.invalid',
          'offer.not_preview',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => answerOf(orders.answerPreview(params.id, body.answer)),
  );
}
