import type { FastifyInstance } from 'fastify';
import type { ForbiddenView } from '../../controller/outbound/orders.ts';
import type { Result } from '../../model/failure.ts';
import type { ApiContext } from '../context.ts';
import { ApiError, type ApiErrorCode, BODY_ERRORS } from '../errors.ts';
import { moment } from '../moments.ts';
import { count, keyedAnswers, listOf, moment as momentSchema, type Schema, shape, text } from '../schemas.ts';

const NUMBERS_AT_ONCE_MAX = 3000;
const LISTED_MAX = 1000;
const number: Schema = { type: 'string', minLength: 1, maxLength: 40 };
const params = shape({ number: { ...number, description: 'The number; a plus is written %2B in an address.' } });
const forbidden = shape({ number: text, ...momentSchema('at'), by: text, reason: text });
const example = {
  number: '+4930123456',
  ...moment('at', 1_795_190_400_000),
  by: 'api',
  reason: 'asked not to be called',
};
const body = shape(
  {
    numbers: { type: 'array', minItems: 1, maxItems: NUMBERS_AT_ONCE_MAX, items: number },
    reason: { type: 'string', maxLength: 200 },
  },
  ['reason'],
);
const query = shape(
  {
    after: { type: 'string', maxLength: 40, default: '', description: 'The last number of the page before.' },
    limit: { type: 'integer', minimum: 1, maximum: LISTED_MAX, default: 100 },
  },
  ['after', 'limit'],
);

/** The numbers that nobody may call. */
export function doNotCallRoutes(app: FastifyInstance, { desk: { orders } }: ApiContext): void {
  app.post<{ Body: { numbers: string[]; reason?: string } }>(
    '/v1/do-not-call',
    {
      schema: {
        ...about('Forbid numbers', 'Open orders for them are over. All are taken, or none.', 'forbidNumbers'),
        body,
        ...keyedAnswers('How many are new.', shape({ added: count }), { added: 2 }, [
          ...codes('callback.number_invalid', 'do_not_call.full'),
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body: { numbers, reason = '' } }) => {
      const added = orders.forbid(numbers, reason, 'api');
      if (!added.ok) throw new ApiError(added.failure);
      return added.value;
    },
  );
  app.get<{ Querystring: { after: string; limit: number } }>(
    '/v1/do-not-call',
    {
      schema: {
        ...about('Forbidden numbers', 'In the order of the numbers, page by page.', 'listForbiddenNumbers'),
        querystring: query,
        ...keyedAnswers(
          'A page; total counts all.',
          shape({ numbers: listOf(forbidden), total: count }),
          { numbers: [example], total: 1 },
          codes(),
        ),
      },
    },
    async ({ query: { after, limit } }) => {
      const { numbers, total } = orders.forbiddenList(after.replace(/^ /, '+'), limit);
      return { numbers: numbers.map(answer), total };
    },
  );
  app.get<{ Params: { number: string } }>(
    '/v1/do-not-call/:number',
    {
      schema: {
        ...about('Whether a number is forbidden', 'Since when, and why.', 'getForbiddenNumber'),
        params,
        ...keyedAnswers('It is.', forbidden, example, codes('callback.number_invalid', 'do_not_call.unknown')),
      },
    },
    async ({ params }) => answerOf(orders.forbidden(params.number)),
  );
  app.delete<{ Params: { number: string } }>(
    '/v1/do-not-call/:number',
    {
      schema: {
        ...about('Allow a number again', 'What was closed by it stays closed.', 'allowNumber'),
        params,
        ...keyedAnswers('As it was.', forbidden, example, codes('callback.number_invalid', 'do_not_call.unknown')),
      },
    },
    async ({ params }) => answerOf(orders.allow(params.number, 'api')),
  );
}

function about(summary: string, description: string, operationId: string) {
  return { summary, description, tags: ['callbacks'], operationId };
}

function codes(...more: readonly ApiErrorCode[]): readonly ApiErrorCode[] {
  return ['request.invalid', ...more];
}

function answerOf(result: Result<ForbiddenView>): object {
  if (!result.ok) throw new ApiError(result.failure);
  return answer(result.value);
}

function answer(view: ForbiddenView): object {
  return { ...view, ...moment('at', view.atMs) };
}
