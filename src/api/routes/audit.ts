import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import type { AtMs } from '../../model/ids.ts';
import { AUDIT_KINDS, type AuditRow, auditRow } from '../../reports/audit.ts';
import { timeZone } from '../../reports/time-zone.ts';
import type { ApiContext } from '../context.ts';
import { csvOf } from '../csv.ts';
import { ApiError, apiError } from '../errors.ts';
import { moment, momentFrom } from '../moments.ts';
import { count, keyedAnswers, listOf, moment as momentOf, type Schema, shape, text, textOrNull } from '../schemas.ts';

/** Without `from`, the audit of so much time is told. */
const LAST_MS = 86_400_000;
/** Longest time of which it is told at once. */
const RANGE_MS_MAX = 400 * 86_400_000;
const ROWS_MAX = 10_000;
/** Readings of the journal at once. */
const READINGS_MAX = 2;

const COLUMNS = ['seq', 'at', 'what', 'by', 'agentId', 'contactId', 'queueId', 'about', 'text'];

const row = shape({
  seq: { ...count, description: 'Place in the journal.' },
  ...momentOf('at'),
  what: { ...text, description: 'Kind of the event, such as watch.started.' },
  by: { ...text, description: 'By which way: phone, api or system.' },
  agentId: { ...textOrNull, description: 'Who did it; of a state of an agent that the API changed, whose.' },
  contactId: textOrNull,
  queueId: textOrNull,
  about: { ...textOrNull, description: 'The watch, recording, calendar, order, list, flow or version.' },
  text: { ...text, description: 'A sentence for people.' },
});
const example = {
  seq: 4711,
  ...moment('at', 1_795_165_210_000),
  what: 'watch.started',
  by: 'api',
  agentId: 'bea',
  contactId: 'call-1',
  queueId: 'sales',
  about: 'call-1.l0-mib1xk8g',
  text: 'bea watches over anna (listen, not announced).',
};

type Query = { from?: string; to?: string; after: number; limit: number; format: 'json' | 'csv' };

const SCHEMA: Schema = {
  summary: 'Who did what by hand',
  description:
    'Supervision, emergency stops, recordings that were heard, held or deleted, calendars, orders and agents changed by hand, versions of the flows; oldest first, in pages.',
  tags: ['audit'],
  operationId: 'getAudit',
  querystring: shape(
    {
      from: { ...text, maxLength: 40, description: 'As in reports, in UTC; left out: a day ago.' },
      to: { ...text, maxLength: 40, description: 'As in reports; left out: now.' },
      after: { type: 'integer', minimum: 0, default: 0, description: '`next` of the page before.' },
      limit: { type: 'integer', minimum: 1, maximum: ROWS_MAX, default: 1000, description: 'Rows of one page.' },
      format: { type: 'string', enum: ['json', 'csv'], default: 'json' },
    },
    ['from', 'to', 'after', 'limit', 'format'],
  ),
  ...keyedAnswers(
    'One page. As CSV (`format=csv`) the header Audit-Next holds `next`.',
    shape({
      rows: listOf(row),
      next: { type: ['integer', 'null'], description: '`after` of the next page; null: there is none.' },
    }),
    { rows: [example], next: null },
    ['request.invalid', 'report.busy', 'report.range_empty', 'report.range_too_long', 'journal.unavailable'],
  ),
};

export function auditRoutes(app: FastifyInstance, { desk, now }: ApiContext): void {
  let underWay = 0;
  app.get<{ Querystring: Query }>('/v1/audit', { schema: SCHEMA }, async ({ query }, reply) => {
    if (underWay >= READINGS_MAX) throw apiError('report.busy');
    underWay += 1;
    try {
      const { rows, next } = await page(desk, query, now());
      if (query.format === 'json') return { rows, next };
      if (next !== null) reply.header('audit-next', next);
      return reply.type('text/csv; charset=utf-8').send(csvOf(COLUMNS, rows));
    } finally {
      underWay -= 1;
    }
  });
}

async function page(desk: Desk, query: Query, nowMs: AtMs) {
  const { fromMs, toMs } = rangeOf(query, nowMs);
  const found: AuditRow[] = [];
  const read = await desk.entries({ fromMs, toMs, kinds: AUDIT_KINDS }, (entry) => {
    if (entry.seq <= query.after || found.length > query.limit) return;
    const one = auditRow(entry);
    if (one) found.push(one);
  });
  if (!read.ok) throw new ApiError(read.failure);
  const rows = found.slice(0, query.limit).map((one) => ({ ...one, ...moment('at', one.atMs) }));
  return { rows, next: found.length > query.limit ? (rows.at(-1)?.seq ?? null) : null };
}

function rangeOf({ from, to }: Query, nowMs: AtMs): { readonly fromMs: AtMs; readonly toMs: AtMs } {
  const zone = timeZone('UTC');
  if (!zone.ok) throw new ApiError(zone.failure);
  // What happened in this very millisecond is to be seen too.
  const toMs = to === undefined ? nowMs + 1 : momentFrom('to', to, zone.value);
  const fromMs = from === undefined ? toMs - LAST_MS : momentFrom('from', from, zone.value);
  if (fromMs >= toMs) throw apiError('report.range_empty', 'The audit must end after it begins.');
  if (toMs - fromMs > RANGE_MS_MAX) throw apiError('report.range_too_long', 'An audit spans at most 400 days.');
  return { fromMs, toMs };
}
