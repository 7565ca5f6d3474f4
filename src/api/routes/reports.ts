import type { FastifyInstance } from 'fastify';
import type { Desk } from '../../controller/desk.ts';
import type { Result } from '../../model/failure.ts';
import type { QueueId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { startOfDay } from '../../model/time-zone.ts';
import { type IntervalName, ROWS_MAX, splitIntoIntervals, tooManyRows } from '../../reports/intervals.ts';
import type { QueueRow } from '../../reports/queue-counters.ts';
import { queueReport, type ReportedQueue } from '../../reports/queue-report.ts';
import { type FormulaId, SERVICE_LEVEL_FORMULAS } from '../../reports/service-level.ts';
import { timeZone } from '../../reports/time-zone.ts';
import type { ApiContext } from '../context.ts';
import { csvOf } from '../csv.ts';
import { ApiError, apiError } from '../errors.ts';
import { moment, momentFrom } from '../moments.ts';
import { readInto } from '../report-reading.ts';
import { QUEUE_REPORT_SCHEMA, QUEUE_ROW_COLUMNS } from '../report-schema.ts';

/** Reports that may be in the making at once: each reads the journal, and calls come first. */
const REPORTS_AT_ONCE_MAX = 2;

type Query = {
  from?: string;
  to?: string;
  interval: IntervalName;
  queue?: string;
  within?: number;
  formula: FormulaId;
  shortAbandonMs: number;
  timezone: string;
  format: 'json' | 'csv';
};

export function reportRoutes(app: FastifyInstance, { desk, now }: ApiContext): void {
  let underWay = 0;
  app.get<{ Querystring: Query }>('/v1/reports/queues', { schema: QUEUE_REPORT_SCHEMA }, async ({ query }, reply) => {
    if (underWay >= REPORTS_AT_ONCE_MAX) throw apiError('report.busy');
    underWay += 1;
    try {
      const report = await makeReport(desk, query, now());
      if (query.format === 'json') return report;
      return reply.type('text/csv; charset=utf-8').send(csvOf(QUEUE_ROW_COLUMNS, report.rows));
    } finally {
      underWay -= 1;
    }
  });
}

async function makeReport(desk: Desk, query: Query, nowMs: number) {
  const zone = orThrow(timeZone(query.timezone));
  // In the first ms of a day, today so far would be empty.
  const fromMs = query.from === undefined ? startOfDay(nowMs, zone) : momentFrom('from', query.from, zone);
  const toMs = query.to === undefined ? Math.max(nowMs, fromMs + 1) : momentFrom('to', query.to, zone);
  const span = { fromMs, toMs };
  const intervals = orThrow(splitIntoIntervals(span, query.interval, zone));
  const site = desk.site();
  const asked = ownQueue(site, query.queue);
  const queues = asked ? [asked] : Object.values(site.queues);
  const queueCount = query.queue === undefined ? queues.length : 1;
  if (intervals.length * queueCount > ROWS_MAX) throw new ApiError(tooManyRows().failure);
  const report = queueReport({
    intervals,
    queues,
    unlisted: (queueId) => ownQueue(site, queueId),
    formula: query.formula,
    shortAbandonMs: query.shortAbandonMs,
    ...(query.queue !== undefined && { queueId: query.queue }),
    ...(query.within !== undefined && { withinMs: query.within }),
  });
  const asOfMs = await readInto(report, desk, span, nowMs);
  const rows = orThrow(report.finish(asOfMs));
  // A queue that the site no longer has may still be reported on, as long as the journal knows it.
  if (query.queue !== undefined && rows.length === 0) throw apiError('queue.unknown');
  const { id, name, formula } = SERVICE_LEVEL_FORMULAS[query.formula];
  return {
    ...moment('from', fromMs),
    ...moment('to', toMs),
    ...moment('asOf', asOfMs),
    interval: query.interval,
    timezone: query.timezone,
    shortAbandonMs: query.shortAbandonMs,
    serviceLevelFormula: { id, name, formula },
    rows: rows.map((row) => rowAnswer(row, id)),
  };
}

/** The queue of one agent alone, `@anna`; undefined for any other. */
function ownQueue(site: Site, queueId: QueueId | undefined): ReportedQueue | undefined {
  const agent = queueId?.startsWith('@') ? site.agents[queueId.slice(1)] : undefined;
  return agent && { id: `@${agent.id}`, name: agent.name, serviceLevelMs: site.directQueue.serviceLevelMs };
}

function rowAnswer(row: QueueRow, formula: FormulaId): Record<string, unknown> {
  return { ...row, ...moment('from', row.fromMs), ...moment('to', row.toMs), formula };
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new ApiError(result.failure);
  return result.value;
}
