import type { FastifyInstance } from 'fastify';
import type { LineView, TransferWish } from '../../controller/chat/conversations.ts';
import type { ContactView, Desk } from '../../controller/desk.ts';
import type { Result } from '../../model/failure.ts';
import { LINE_CHARACTERS_MAX } from '../../model/transcript.ts';
import type { ApiContext } from '../context.ts';
import { contactExample, contactOrNull, line, lineExample, linesAnswer } from '../conversation-schema.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX, NUMBER_CHARACTERS_MAX } from '../limits.ts';
import { moment } from '../moments.ts';
import { idOf, keyedAnswers, type Schema, shape } from '../schemas.ts';

const id: Schema = { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX };
const agentId: Schema = { ...id, description: 'The agent who does it; anybody who talks to the contact if left out.' };
const byAgent: Schema = { ...shape({ agentId }, ['agentId']), type: ['object', 'null'] };
const transferBody: Schema = {
  ...shape(
    {
      queue: { ...id, description: 'To wait in this queue.' },
      agent: { ...id, description: 'To wait for this agent alone.' },
      flow: { ...id, description: 'To go on with this flow.' },
      number: {
        type: 'string',
        minLength: 1,
        maxLength: NUMBER_CHARACTERS_MAX,
        description: 'To talk to this number, or to this extension of the site; for telephone calls.',
      },
      agentId,
    },
    ['queue', 'agent', 'flow', 'number', 'agentId'],
  ),
  oneOf: [{ required: ['queue'] }, { required: ['agent'] }, { required: ['flow'] }, { required: ['number'] }],
};
const messageBody: Schema = shape(
  {
    text: { type: 'string', minLength: 1, maxLength: LINE_CHARACTERS_MAX },
    id: {
      type: 'string',
      pattern: '^[A-Za-z0-9._-]{1,64}$',
      description: 'Chosen by the client: a line of the same id is not taken twice.',
    },
    agentId,
  },
  ['id', 'agentId'],
);
const after: Schema = shape({ after: { type: 'integer', minimum: 0, default: 0 } }, ['after']);

type By = { Params: { id: string }; Body: { agentId?: string } | null };

/** What agents do with contacts without a phone. */
export function conversationRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  offerRoutes(app, desk);
  messageRoutes(app, desk);
  handOverRoutes(app, desk);
}

function offerRoutes(app: FastifyInstance, { conversations }: Desk): void {
  app.post<By>(
    '/v1/offers/:id/accept',
    {
      schema: asked(
        'offer',
        'Accept an offer',
        'For contacts without a phone. Harmless when repeated.',
        'acceptOffer',
        ['offer.unknown', 'offer.by_phone'],
      ),
    },
    async ({ params, body }) => answer(conversations.accept(params.id, body?.agentId)),
  );
  app.post<By>(
    '/v1/offers/:id/reject',
    {
      schema: asked(
        'offer',
        'Reject an offer',
        'The contact keeps its place; the queue says what becomes of an agent who rejects.',
        'rejectOffer',
        ['offer.unknown', 'offer.by_phone', 'offer.taken'],
      ),
    },
    async ({ params, body }) => answer(conversations.reject(params.id, body?.agentId)),
  );
}

function messageRoutes(app: FastifyInstance, { conversations }: Desk): void {
  app.get<{ Params: { id: string }; Querystring: { after: number } }>(
    '/v1/contacts/:id/messages',
    {
      schema: {
        summary: 'The lines of a written contact',
        description: 'Those with a number above `after`, the newest 500 at most, oldest first.',
        tags: ['contacts'],
        operationId: 'listMessages',
        params: idOf('contact'),
        querystring: after,
        ...keyedAnswers('The lines.', linesAnswer, { contactId: 'chat-1', seq: 7, over: false, lines: [lineExample] }, [
          'request.invalid',
          'contact.unknown',
          'contact.not_written',
        ]),
      },
    },
    async ({ params, query }) => {
      const found = orThrow(conversations.lines(params.id, query.after));
      return { ...found, lines: found.lines.map(lineAnswer) };
    },
  );
  app.post<{ Params: { id: string }; Body: { text: string; id?: string; agentId?: string } }>(
    '/v1/contacts/:id/messages',
    {
      schema: {
        summary: 'Write to a customer',
        description: 'As the agent who talks to the contact. Give an id to be able to repeat the request.',
        tags: ['contacts'],
        operationId: 'sendMessage',
        params: idOf('contact'),
        body: messageBody,
        ...keyedAnswers('The line as it was taken.', line, lineExample, [
          'request.invalid',
          'contact.unknown',
          'contact.not_written',
          'contact.not_talking',
          'message.invalid',
          'journal.unavailable',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => lineAnswer(orThrow(conversations.write(params.id, body))),
  );
}

function handOverRoutes(app: FastifyInstance, { conversations }: Desk): void {
  type Transfer = { queue?: string; agent?: string; flow?: string; number?: string; agentId?: string };
  app.post<{ Params: { id: string }; Body: Transfer }>(
    '/v1/contacts/:id/transfer',
    {
      schema: {
        ...asked(
          'contact',
          'Hand a contact on',
          'To a queue, to one agent, to a flow, or to a number. The agent who hands it on is done with it and wraps up.',
          'transferContact',
          [
            'contact.unknown',
            'contact.not_talking',
            'queue.unknown',
            'agent.unknown',
            'agent.logged_out',
            'flow.unknown',
            'contact.no_call',
            'call.customer_away',
            'outgoing.number_invalid',
            'outgoing.not_allowed',
            'outgoing.caller_id_not_allowed',
            'outgoing.calls_max',
            'outgoing.cost_max',
            'outgoing.trunks_busy',
          ],
        ),
        body: transferBody,
      },
    },
    async ({ params, body }) => answer(conversations.transfer(params.id, wishOf(body), body.agentId)),
  );
  app.post<By>(
    '/v1/contacts/:id/close',
    {
      schema: asked(
        'contact',
        'End the talk with a contact',
        'The agent is done with it and wraps up; the contact goes on with its flow.',
        'closeContact',
        ['contact.unknown', 'contact.not_talking'],
      ),
    },
    async ({ params, body }) => answer(conversations.close(params.id, body?.agentId)),
  );
}

type To = { queue?: string; agent?: string; flow?: string; number?: string };

function wishOf({ queue, agent, flow = '', number }: To): TransferWish {
  if (queue !== undefined) return { queueId: queue };
  if (number !== undefined) return { number };
  return agent === undefined ? { flowId: flow } : { agentId: agent };
}

/** The schema of a route that answers with the contact. */
function asked(
  of: 'offer' | 'contact',
  summary: string,
  description: string,
  operationId: string,
  codes: readonly ApiErrorCode[],
): Schema {
  return {
    summary,
    description,
    tags: ['contacts'],
    operationId,
    params: idOf(of),
    body: byAgent,
    ...keyedAnswers('The contact as it is now.', contactOrNull, contactExample, [
      'request.invalid',
      ...codes,
      ...BODY_ERRORS,
    ]),
  };
}

function answer(result: Result<ContactView | undefined>): object {
  const contact = orThrow(result);
  return { contact: contact ? { ...contact, ...moment('arrivedAt', contact.arrivedAtMs) } : null };
}

export function lineAnswer(view: LineView): object {
  return { ...view, ...moment('at', view.atMs) };
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new ApiError(result.failure);
  return result.value;
}
