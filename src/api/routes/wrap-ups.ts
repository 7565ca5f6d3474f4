import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { ApiError, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { type Schema, shape, text } from '../schemas.ts';
import { agentAnswer, agentSchema } from './agents.ts';

const contactId: Schema = {
  ...text,
  minLength: 1,
  maxLength: ID_CHARACTERS_MAX,
  description: 'Which contact is meant; may be left out when the agent wraps up only one.',
};
const extendBody = orNone(shape({ contactId }, ['contactId']));
const result: Schema = {
  ...text,
  minLength: 1,
  maxLength: 100,
  description: 'What came of the contact: one of the results of its queue.',
};
const endBody = orNone(shape({ contactId, result }, ['contactId', 'result']));

/** A body that may be left out, because nothing in it must be said. */
function orNone(body: Schema): Schema {
  return { ...body, type: ['object', 'null'] };
}

/** What an agent may ask for after a contact. */
export function wrapUpRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  app.post<{ Params: { id: string }; Body: { contactId?: string } }>(
    '/v1/agents/:id/extend-wrap-up',
    {
      schema: {
        ...agentSchema(
          'Extend a wrap-up',
          'Adds time to a wrap-up, as much and as often as its queue allows. Each call extends it once more.',
          'extendWrapUp',
          ['agent.not_in_wrap_up', 'agent.contact_required', 'agent.extension_refused', ...BODY_ERRORS],
        ),
        body: extendBody,
      },
    },
    async ({ params, body }) => {
      const asked = desk.askAgent(params.id, { wish: 'extend_wrap_up', ...body }, 'api');
      if (!asked.ok) throw new ApiError(asked.failure);
      return agentAnswer(asked.value);
    },
  );
  app.post<{ Params: { id: string }; Body: { contactId?: string; result?: string } }>(
    '/v1/agents/:id/end-wrap-up',
    {
      schema: {
        ...agentSchema(
          'End a wrap-up',
          'Ends the wrap-up of one contact, with its result where the queue asks for one.',
          'endWrapUp',
          [
            'agent.not_in_wrap_up',
            'agent.contact_required',
            'agent.result_required',
            'agent.result_unknown',
            ...BODY_ERRORS,
          ],
        ),
        body: endBody,
      },
    },
    async ({ params, body }) => {
      const asked = desk.askAgent(params.id, { wish: 'end_wrap_up', ...body }, 'api');
      if (!asked.ok) throw new ApiError(asked.failure);
      return agentAnswer(asked.value);
    },
  );
}
