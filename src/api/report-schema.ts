import { INTERVAL_NAMES } from '../reports/intervals.ts';
import { DEFAULT_FORMULA, FORMULA_IDS } from '../reports/service-level.ts';
import { moment } from './moments.ts';
import {
  count,
  countOrNull,
  durationMs,
  durationMsOrNull,
  keyedAnswers,
  listOf,
  moment as momentOf,
  shape,
  text,
} from './schemas.ts';

const MOMENT = 'ISO 8601 with Z or an offset, a date (its start in the time zone), or ms since 1970';
/** Longest T, and longest short abandon: a day. */
const WAIT_MS_MAX = 86_400_000;

const query = shape(
  {
    from: { type: 'string', maxLength: 40, description: `${MOMENT}; left out: the start of today.` },
    to: { type: 'string', maxLength: 40, description: `${MOMENT}; left out: now.` },
    interval: { type: 'string', enum: INTERVAL_NAMES, default: 'whole' },
    queue: { type: 'string', minLength: 1, maxLength: 100, description: 'Id of the one queue to report on.' },
    within: {
      type: 'integer',
      minimum: 0,
      maximum: WAIT_MS_MAX,
      description: "T of the service level in ms; left out: each queue's own.",
    },
    formula: { type: 'string', enum: FORMULA_IDS, default: DEFAULT_FORMULA },
    shortAbandonMs: {
      type: 'integer',
      minimum: 0,
      maximum: WAIT_MS_MAX,
      default: 0,
      description: 'Abandons before this wait are counted apart, outside of averages and service level.',
    },
    timezone: { type: 'string', minLength: 1, maxLength: 60, default: 'UTC', description: 'IANA name.' },
    format: { type: 'string', enum: ['json', 'csv'], default: 'json' },
  },
  ['from', 'to', 'interval', 'queue', 'within', 'formula', 'shortAbandonMs', 'timezone', 'format'],
);

const row = {
  queueId: text,
  queueName: text,
  ...momentOf('from'),
  ...momentOf('to'),
  offered: { ...count, description: 'The sum of the eight counts that follow.' },
  answered: count,
  abandoned: count,
  shortAbandoned: count,
  timedOut: count,
  overflowed: { ...count, description: 'Sent on by a rule of the queue.' },
  exited: { ...count, description: 'Left by a key of the customer.' },
  lost: count,
  stillWaiting: count,
  withinMs: { ...durationMsOrNull, description: 'T in ms; null: the queue is gone and the request named no T.' },
  answeredWithin: countOrNull,
  abandonedWithin: countOrNull,
  serviceLevel: { type: ['number', 'null'], description: 'From 0 to 1; null: nothing to measure.' },
  formula: text,
  averageSpeedOfAnswerMs: durationMsOrNull,
  averageAbandonMs: durationMsOrNull,
  longestWaitMs: durationMsOrNull,
  p90WaitMs: durationMsOrNull,
  estimateErrorMs: {
    ...durationMsOrNull,
    description: 'Mean absolute error of the estimated median wait, of the answered.',
  },
  withinP90: { type: ['number', 'null'], description: 'Share of the answered within their estimated 90th percentile.' },
  handled: count,
  averageTalkMs: durationMsOrNull,
  wrapUps: count,
  averageWrapUpMs: durationMsOrNull,
  averageHandleMs: durationMsOrNull,
};

/** The columns of the CSV form, in order; the same words as in JSON. */
export const QUEUE_ROW_COLUMNS: readonly string[] = Object.keys(row);

const report = shape({
  ...momentOf('from'),
  ...momentOf('to'),
  ...momentOf('asOf'),
  interval: text,
  timezone: text,
  shortAbandonMs: durationMs,
  serviceLevelFormula: shape({ id: text, name: text, formula: text }),
  rows: listOf(shape(row)),
});

const span = { ...moment('from', 1_795_165_200_000), ...moment('to', 1_795_168_800_000) };
const example = {
  ...span,
  ...moment('asOf', 1_795_168_860_000),
  interval: '1h',
  timezone: 'UTC',
  shortAbandonMs: 0,
  serviceLevelFormula: {
    id: 'SL-4',
    name: 'Answered within T of all offered',
    formula: 'answered within T / offered',
  },
  rows: [
    {
      queueId: 'sales',
      queueName: 'Sales',
      ...span,
      offered: 100,
      answered: 90,
      abandoned: 10,
      shortAbandoned: 0,
      timedOut: 0,
      overflowed: 0,
      exited: 0,
      lost: 0,
      stillWaiting: 0,
      withinMs: 20_000,
      answeredWithin: 70,
      abandonedWithin: 10,
      serviceLevel: 0.7,
      formula: 'SL-4',
      averageSpeedOfAnswerMs: 14_200,
      averageAbandonMs: 9_100,
      longestWaitMs: 61_000,
      p90WaitMs: 38_000,
      estimateErrorMs: 4_300,
      withinP90: 0.92,
      handled: 90,
      averageTalkMs: 182_000,
      wrapUps: 90,
      averageWrapUpMs: 10_000,
      averageHandleMs: 192_000,
    },
  ],
};

const { response, errors } = keyedAnswers('The report.', report, example, [
  'request.invalid',
  'report.range_empty',
  'report.range_too_long',
  'report.too_many_rows',
  'report.too_many_contacts',
  'report.timezone_unknown',
  'queue.unknown',
  'report.busy',
  'journal.unavailable',
]);

const success = response['200'] as { description: string; content: object };
const csv = { 'text/csv': { schema: { type: 'string' }, example: QUEUE_ROW_COLUMNS.join(',') } };

export const QUEUE_REPORT_SCHEMA = {
  summary: 'Queues by interval',
  description:
    'What became of the contacts that were queued in each interval, with the service level by a named formula. A contact counts in the interval in which it was queued, wherever it ended. Times are UTC; intervals follow the time zone.',
  tags: ['reports'],
  operationId: 'reportQueues',
  querystring: query,
  response: { 200: { ...success, content: { ...success.content, ...csv } } },
  errors,
};
