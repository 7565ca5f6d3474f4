import type { FastifyInstance } from 'fastify';
import type { CallbackWish, OrdersWanted } from '../../controller/outbound/orders.ts';
import { ORDER_KINDS } from '../../model/call/order.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { ID_CHARACTERS_MAX } from '../limits.ts';
import { momentFrom } from '../moments.ts';
import { orderAnswer, orderExample, orderSchema } from '../order-schema.ts';
import { count, idOf, keyedAnswers, listOf, type Schema, shape } from '../schemas.ts';

const DAY_MS = 24 * 3_600_000;
const LISTED_MAX = 1000;
const id: Schema = { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX };
const number: Schema = { type: 'string', minLength: 1, maxLength: 40 };
const atText: Schema = {
  type: 'string',
  maxLength: 40,
  description: 'A date and time with Z or an offset, or ms since 1970.',
};

const wish = shape(
  {
    number: { ...number, description: 'As people write it; +49 30 123456, 030 123456 and 0049... are the same.' },
    queue: { ...id, description: 'Id of a queue, or `@` and the id of the agent who owns it.' },
    id: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{1,60}$',
      description: 'Chosen by the client: asked again, it is the same callback.',
    },
    name: { type: 'string', maxLength: 200, description: 'Who is to be called.' },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$' },
    attributes: {
      type: 'object',
      maxProperties: 50,
      additionalProperties: { anyOf: [{ type: 'string', maxLength: 1000 }, { type: 'number' }, { type: 'boolean' }] },
      description: 'For rules of the queue and for the agent.',
    },
    priority: { type: 'integer', minimum: -1000, maximum: 1000 },
    dueAt: { ...atText, description: `Not before this. ${atText['description']}` },
    expiresAt: { ...atText, description: `A day after it is due when left out. ${atText['description']}` },
    calendar: { ...id, description: "Calling hours; the queue's calendar when left out." },
    mode: { type: 'string', enum: ['agent_first', 'customer_first', 'preview'] },
    attempts: { type: 'integer', minimum: 1, maximum: 20 },
    retryMs: { type: 'integer', minimum: 10_000, maximum: 30 * DAY_MS },
    ringMs: { type: 'integer', minimum: 5_000, maximum: 120_000 },
    callerId: number,
    detectMachine: { type: 'boolean' },
    onMachine: { ...id, description: 'A flow that speaks to an answering machine. Turns detectMachine on.' },
    flow: { ...id, description: 'In mode customer_first: a flow that the customer goes through before the agent.' },
    duplicates: { type: 'string', enum: ['refuse', 'replace', 'keep_both'] },
  },
  [
    ...(['id', 'name', 'language', 'attributes', 'priority', 'dueAt', 'expiresAt', 'calendar', 'mode'] as const),
    ...(['attempts', 'retryMs', 'ringMs', 'callerId', 'detectMachine', 'duplicates'] as const),
    ...(['onMachine', 'flow'] as const),
  ],
);

type Wish = Omit<CallbackWish, 'queueId' | 'dueAtMs' | 'expiresAtMs' | 'calendarId' | 'attemptsMax' | 'flowId'> & {
  readonly queue: string;
  readonly flow?: string;
  readonly dueAt?: string;
  readonly expiresAt?: string;
  readonly calendar?: string;
  readonly attempts?: number;
};

const query = shape(
  {
    queue: { ...id, description: 'Only of this queue.' },
    kind: { type: 'string', enum: ORDER_KINDS },
    number,
    closed: { type: 'boolean', default: false, description: 'Also the newest that are over.' },
    limit: { type: 'integer', minimum: 1, maximum: LISTED_MAX, default: 100 },
  },
  ['queue', 'kind', 'number', 'closed', 'limit'],
);
type Query = { queue?: string; kind?: OrdersWanted['kind']; number?: string; closed: boolean; limit: number };

/** Callbacks, and all other orders to call somebody. */
export function callbackRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  const { orders } = desk;
  app.post<{ Body: Wish }>(
    '/v1/callbacks',
    {
      schema: {
        body: wish,
        ...about('Ask for a callback', 'An agent of the queue calls, when it is due and one is free.', 'askCallback', [
          'queue.unknown',
          'calendar.unknown',
          'flow.unknown',
          'callback.flow_mode',
          'callback.number_invalid',
          'callback.not_allowed',
          'callback.duplicate',
          'callback.full',
          'callback.expired',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body }) => answerOf(orders.ask(wishOf(body), 'api')),
  );
  app.get<{ Querystring: Query }>(
    '/v1/callbacks',
    {
      schema: {
        summary: 'Callbacks and other orders',
        description: 'Those that are open, the one due first in front; then the newest that are over, if asked for.',
        tags: ['callbacks'],
        operationId: 'listCallbacks',
        querystring: query,
        ...keyedAnswers(
          'The orders; total counts all that fit.',
          shape({ orders: listOf(orderSchema), total: count }),
          { orders: [orderExample], total: 1 },
          ['request.invalid'],
        ),
      },
    },
    async ({ query: { queue, kind, closed, limit, number: wanted } }) => {
      const page = orders.list({
        closed,
        limit,
        ...(queue !== undefined && { queueId: queue }),
        ...(kind !== undefined && { kind }),
        ...(wanted !== undefined && { number: wanted }),
      });
      return { orders: page.orders.map(orderAnswer), total: page.total };
    },
  );
  oneCallback(app, { desk });
}

type One = { Params: { id: string } };

function oneCallback(app: FastifyInstance, { desk: { orders } }: Pick<ApiContext, 'desk'>): void {
  const path = '/v1/callbacks/:id';
  const params = idOf('callback');
  app.get<One>(
    path,
    { schema: { params, ...about('One callback', 'With all its attempts.', 'getCallback', ['callback.unknown']) } },
    async ({ params }) => answerOf(orders.one(params.id)),
  );
  app.delete<One>(
    path,
    {
      schema: {
        params,
        ...about(
          'Cancel a callback',
          'Nobody calls any more. A call that is going on is left alone.',
          'cancelCallback',
          ['callback.unknown', 'callback.closed'],
        ),
      },
    },
    async ({ params }) => answerOf(orders.cancel(params.id, 'api')),
  );
  app.patch<One & { Body: { dueAt: string } }>(
    path,
    {
      schema: {
        params,
        body: shape({ dueAt: atText }),
        ...about('Move a callback', 'It leaves the queue and comes again at that time.', 'moveCallback', [
          'callback.unknown',
          'callback.closed',
          'callback.expired',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params, body }) => answerOf(orders.move(params.id, atMsOf('dueAt', body.dueAt), 'api')),
  );
}

function about(summary: string, description: string, operationId: string, codes: readonly ApiErrorCode[]) {
  return {
    summary,
    description,
    tags: ['callbacks'],
    operationId,
    ...keyedAnswers('The order as it is now.', orderSchema, orderExample, ['request.invalid', ...codes]),
  };
}

function wishOf({ queue, flow, dueAt, expiresAt, calendar, attempts, ...rest }: Wish): CallbackWish {
  return {
    ...rest,
    queueId: queue,
    ...(flow !== undefined && { flowId: flow }),
    ...(dueAt !== undefined && { dueAtMs: atMsOf('dueAt', dueAt) }),
    ...(expiresAt !== undefined && { expiresAtMs: atMsOf('expiresAt', expiresAt) }),
    ...(calendar !== undefined && { calendarId: calendar }),
    ...(attempts !== undefined && { attemptsMax: attempts }),
  };
}

function atMsOf(name: string, value: string): number {
  return momentFrom(name, value, timeZoneNamed('UTC')!, 'body');
}

/** Throws ApiError for a refusal. */
export function answerOf(result: ReturnType<ApiContext['desk']['orders']['one']>): object {
  if (!result.ok) throw new ApiError(result.failure);
  return orderAnswer(result.value);
}
