import type { FastifyInstance, FastifySchema } from 'fastify';
import type { WrittenRow } from '../../controller/outbound/lists.ts';
import type { RowState } from '../../model/call/list.ts';
import type { Result } from '../../model/failure.ts';
import type { ApiContext } from '../context.ts';
import { csvColumns, csvRows } from '../csv-rows.ts';
import { ApiError, type ApiErrorCode, apiError, BODY_ERRORS } from '../errors.ts';
import {
  type ListBody,
  listAnswer,
  listBody,
  listExample,
  listFrom,
  listSchema,
  rowAnswer,
  rowExample,
  rowSchema,
} from '../list-schema.ts';
import { count, idOf, keyedAnswers, listOf, type Schema, shape, text } from '../schemas.ts';

/** Some 200,000 rows; a longer list comes in several files. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
/** Each holds a file in memory. */
const LOADS_AT_ONCE_MAX = 2;
const ROWS_SHOWN_MAX = 1000;
const JSON_ROWS_MAX = 50_000;

const params = idOf('list');
const jsonRow: Schema = shape(
  {
    number: { type: 'string', maxLength: 40 },
    name: { type: 'string', maxLength: 1000 },
    timeZone: { type: 'string', maxLength: 60 },
    priority: { type: 'integer', minimum: -1000, maximum: 1000 },
    attributes: { type: 'object', maxProperties: 50, additionalProperties: { type: 'string', maxLength: 1000 } },
  },
  ['name', 'timeZone', 'priority', 'attributes'],
);
type JsonRow = {
  readonly number: string;
  readonly name?: string;
  readonly timeZone?: string;
  readonly priority?: number;
  readonly attributes?: Readonly<Record<string, string>>;
};
const rowsBody: Schema = {
  oneOf: [
    { type: 'string', description: 'CSV with a header: number, name, time_zone, priority; all others are attributes.' },
    shape({ rows: { type: 'array', maxItems: JSON_ROWS_MAX, items: jsonRow } }),
  ],
};
const loaded = shape({
  added: count,
  known: { ...count, description: 'The list had these numbers already.' },
  refused: count,
  problems: {
    ...listOf(shape({ line: count, code: text, message: text })),
    description: 'The first 100 of those that were refused; line is that of the file, or the place in rows from 1.',
  },
});
const loadedExample = {
  added: 998,
  known: 1,
  refused: 1,
  problems: [{ line: 17, code: 'number_invalid', message: 'This is no telephone number.' }],
};
const rowsQuery = shape(
  {
    after: { type: 'integer', minimum: 0, default: 0, description: 'The last row of the page before.' },
    limit: { type: 'integer', minimum: 1, maximum: ROWS_SHOWN_MAX, default: 100 },
    state: { type: 'string', enum: ['waiting', 'out', 'done'] },
  },
  ['after', 'limit', 'state'],
);

/** Lists of numbers that agents call. */
export function listRoutes(app: FastifyInstance, context: ApiContext): void {
  keepingRoutes(app, context);
  runningRoutes(app, context);
  // A reader of CSV of its own, which only these routes have.
  void app.register(async (own) => loadingRoutes(own, context));
}

function keepingRoutes(app: FastifyInstance, { desk }: ApiContext): void {
  const { lists } = desk;
  app.post<{ Body: ListBody }>(
    '/v1/lists',
    {
      schema: {
        body: listBody,
        ...about('Make a list', 'It is empty at first, and does not run.', 'createList', [
          ...(['list.exists', 'list.full', 'queue.unknown', 'calendar.unknown', 'list.zone_unknown'] as const),
          ...(['flow.unknown', 'callback.flow_mode'] as const),
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ body }) => listAnswer(wanted(await lists.create(listFrom(body, desk.site())))),
  );
  app.get(
    '/v1/lists',
    {
      schema: {
        ...words('All lists', 'How far each is, and how it runs.', 'listLists'),
        ...keyedAnswers('The lists.', shape({ lists: listOf(listSchema) }), { lists: [listExample] }, [
          'list.unavailable',
        ]),
      },
    },
    async () => ({ lists: wanted(await lists.all()).map(listAnswer) }),
  );
  app.get<One>(
    '/v1/lists/:id',
    { schema: { params, ...about('One list', 'How far it is, and how it runs.', 'getList', ['list.unknown']) } },
    async ({ params }) => listAnswer(wanted(await lists.one(params.id))),
  );
  app.delete<One>(
    '/v1/lists/:id',
    {
      schema: {
        params,
        ...about('Delete a list', 'With all its rows.', 'deleteList', ['list.unknown', 'list.running']),
      },
    },
    async ({ params }) => listAnswer(wanted(await lists.remove(params.id))),
  );
}

type One = { Params: { id: string } };

function runningRoutes(app: FastifyInstance, { desk: { lists } }: ApiContext): void {
  app.post<One>(
    '/v1/lists/:id/start',
    {
      schema: {
        params,
        ...about(
          'Start a list',
          'As many numbers are called as agents are free. Harmless when repeated.',
          'startList',
          ['list.unknown', ...BODY_ERRORS],
        ),
      },
    },
    async ({ params }) => listAnswer(wanted(await lists.start(params.id, 'api'))),
  );
  app.post<One>(
    '/v1/lists/:id/stop',
    {
      schema: {
        params,
        ...about('Stop a list', 'Nobody else is called; calls that are going on are left alone.', 'stopList', [
          'list.unknown',
          ...BODY_ERRORS,
        ]),
      },
    },
    async ({ params }) => listAnswer(wanted(await lists.stop(params.id, 'api'))),
  );
  app.get<One & { Querystring: { after: number; limit: number; state?: RowState } }>(
    '/v1/lists/:id/rows',
    {
      schema: {
        params,
        querystring: rowsQuery,
        ...words('Rows of a list', 'In the order in which they were loaded, page by page.', 'listRows'),
        ...keyedAnswers('A page.', shape({ rows: listOf(rowSchema) }), { rows: [rowExample] }, [
          'request.invalid',
          'list.unknown',
          'list.unavailable',
        ]),
      },
    },
    async ({ params, query: { after, limit, state } }) => ({
      rows: wanted(await lists.rows(params.id, after, limit, state)).map(rowAnswer),
    }),
  );
}

function loadingRoutes(app: FastifyInstance, { desk: { lists } }: ApiContext): void {
  app.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: FILE_BYTES_MAX }, (_request, body, done) =>
    done(null, body),
  );
  let loads = 0;
  app.post<One & { Body: string | { rows: JsonRow[] } }>(
    '/v1/lists/:id/rows',
    {
      bodyLimit: FILE_BYTES_MAX,
      schema: {
        params,
        body: rowsBody,
        ...words(
          'Load rows',
          'As text/csv or JSON, at most 8 MiB at once. Rows that cannot be used are left out and told, the others are added.',
          'loadRows',
        ),
        ...keyedAnswers('What came of it.', loaded, loadedExample, [
          ...([
            'request.invalid',
            'list.unknown',
            'list.busy',
            'list.full',
            'list.malformed',
            'list.unavailable',
          ] as const),
          ...BODY_ERRORS,
        ]),
      } satisfies FastifySchema & object,
      // Before the body is read: each file lies in memory until it is in the database.
      onRequest: async (_request, reply) => {
        if (loads >= LOADS_AT_ONCE_MAX) throw apiError('list.busy');
        loads += 1;
        reply.raw.once('close', () => {
          loads -= 1;
        });
      },
    },
    async ({ params, body }) => wanted(await lists.load(params.id, writtenRows(body))),
  );
}

/** Throws ApiError `list.malformed`. */
function writtenRows(body: string | { readonly rows: readonly JsonRow[] }): Iterable<WrittenRow> {
  if (typeof body !== 'string') return jsonRows(body.rows);
  if (!csvColumns(body).includes('number')) throw apiError('list.malformed');
  return csvRows(body);
}

function* jsonRows(rows: readonly JsonRow[]): Generator<WrittenRow> {
  for (const [at, { number, name = '', timeZone = '', priority = 0, attributes = {} }] of rows.entries()) {
    yield { line: at + 1, fields: { ...attributes, number, name, time_zone: timeZone, priority: String(priority) } };
  }
}

function words(summary: string, description: string, operationId: string) {
  return { summary, description, tags: ['lists'], operationId };
}

function about(summary: string, description: string, operationId: string, codes: readonly ApiErrorCode[]) {
  return {
    ...words(summary, description, operationId),
    ...keyedAnswers('The list as it is now.', listSchema, listExample, [
      'request.invalid',
      'list.unavailable',
      ...codes,
    ]),
  };
}

function wanted<T>(result: Result<T>): T {
  if (!result.ok) throw new ApiError(result.failure);
  return result.value;
}
