import type { ListView } from '../controller/outbound/lists.ts';
import { type CallList, type KnownRow, RETRIED_RESULTS, type RetriedResult } from '../model/call/list.ts';
import { ID_CHARACTERS_MAX } from './limits.ts';
import { moment } from './moments.ts';
import { count, moment as momentSchema, type Schema, shape, text, textOrNull } from './schemas.ts';

const DAY_MS = 24 * 3_600_000;
const id: Schema = { type: 'string', minLength: 1, maxLength: ID_CHARACTERS_MAX };

const ruleOf: Schema = shape({
  attempts: { type: 'integer', minimum: 0, maximum: 20, description: 'How often with this result; 0: not again.' },
  retryMs: { type: 'integer', minimum: 0, maximum: 90 * DAY_MS },
});
const rules: Schema = shape(Object.fromEntries(RETRIED_RESULTS.map((result) => [result, ruleOf])), RETRIED_RESULTS);

/** What a list is made of. */
export const listBody: Schema = shape(
  {
    id: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,40}$' },
    name: { type: 'string', maxLength: 200 },
    queue: { ...id, description: 'Whose agents call.' },
    mode: {
      type: 'string',
      enum: ['preview', 'agent_first', 'customer_first'],
      default: 'preview',
      description:
        'preview: the agent hears who it is and decides; agent_first: the agent hears it ringing; customer_first: an agent is kept free and rung when the customer has answered.',
    },
    timeZone: { type: 'string', maxLength: 60, description: "Of rows that name none; the site's when left out." },
    calendar: { ...id, description: "Calling hours, by the clock of each row's own zone. At any time when left out." },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$' },
    callerId: { type: 'string', maxLength: 40 },
    ringMs: { type: 'integer', minimum: 5_000, maximum: 120_000, default: 30_000 },
    detectMachine: { type: 'boolean', default: false },
    onMachine: { ...id, description: 'A flow that speaks to an answering machine. Turns detectMachine on.' },
    flow: { ...id, description: 'In mode customer_first: a flow that customers go through before the agent.' },
    attempts: { type: 'integer', minimum: 1, maximum: 20, default: 3, description: 'Of all results together.' },
    rules: { ...rules, description: 'What is tried again, how often and after how long, by result.' },
    callsPerAgent: { type: 'number', minimum: 0, maximum: 1, default: 1, description: 'Numbers for each free agent.' },
    abandonedMax: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.03,
      description:
        'Of customer_first: above this part of answered calls without an agent within 2 s, agents come first.',
    },
    abandonedOf: { type: 'integer', minimum: 10, maximum: 1000, default: 100, description: 'By so many newest calls.' },
  },
  [
    ...(['mode', 'timeZone', 'calendar', 'language', 'callerId', 'ringMs', 'detectMachine', 'attempts'] as const),
    ...(['onMachine', 'flow', 'rules', 'callsPerAgent', 'abandonedMax', 'abandonedOf'] as const),
  ],
);

export type ListBody = Pick<
  CallList,
  'id' | 'name' | 'mode' | 'ringMs' | 'detectMachine' | 'onMachine' | 'callsPerAgent' | 'abandonedMax' | 'abandonedOf'
> & {
  readonly queue: string;
  readonly timeZone?: string;
  readonly calendar?: string;
  readonly language?: string;
  readonly callerId?: string;
  readonly flow?: string;
  readonly attempts: number;
  readonly rules?: Partial<Record<RetriedResult, { readonly attempts: number; readonly retryMs: number }>>;
};

const MINUTE_MS = 60_000;
/** Who is engaged is soon free; who is away comes home. */
const USUAL_RULES: CallList['rules'] = {
  busy: { attemptsMax: 3, retryMs: 10 * MINUTE_MS },
  no_answer: { attemptsMax: 3, retryMs: 120 * MINUTE_MS },
  machine: { attemptsMax: 3, retryMs: 240 * MINUTE_MS },
  unavailable: { attemptsMax: 2, retryMs: 60 * MINUTE_MS },
  failed: { attemptsMax: 2, retryMs: 60 * MINUTE_MS },
  declined: { attemptsMax: 1, retryMs: 0 },
  skipped: { attemptsMax: 2, retryMs: 120 * MINUTE_MS },
};

export function listFrom(body: ListBody, site: { timeZone: string; language: string }): Omit<CallList, 'createdAtMs'> {
  const { queue, calendar, flow, attempts, rules: written = {}, timeZone, language, callerId, ...rest } = body;
  const own = Object.entries(written).map(([result, rule]) => [
    result,
    { attemptsMax: rule.attempts, retryMs: rule.retryMs },
  ]);
  return {
    ...rest,
    detectMachine: rest.detectMachine || rest.onMachine !== undefined,
    ...(flow !== undefined && { flowId: flow }),
    queueId: queue,
    calendarId: calendar ?? null,
    timeZone: timeZone ?? site.timeZone,
    language: language ?? site.language,
    callerId: callerId ?? null,
    attemptsMax: attempts,
    rules: { ...USUAL_RULES, ...Object.fromEntries(own) },
  };
}

export const listSchema: Schema = shape(
  {
    id: text,
    name: text,
    queueId: text,
    mode: text,
    modeNow: { ...text, description: 'agent_first while too many customers met nobody in customer_first.' },
    running: { type: 'boolean' },
    abandonedRate: {
      type: 'number',
      description: 'Part of the newest answered calls without an agent within 2 s, from 0 to 1.',
    },
    rows: shape({ waiting: count, out: count, done: count }),
    timeZone: text,
    calendarId: textOrNull,
    language: text,
    callerId: textOrNull,
    ringMs: count,
    detectMachine: { type: 'boolean' },
    onMachine: text,
    flowId: text,
    attemptsMax: count,
    rules: { type: 'object', additionalProperties: shape({ attemptsMax: count, retryMs: count }) },
    callsPerAgent: { type: 'number' },
    abandonedMax: { type: 'number' },
    abandonedOf: count,
    ...momentSchema('createdAt'),
  },
  ['onMachine', 'flowId'],
);

export function listAnswer(list: ListView): object {
  return { ...list, ...moment('createdAt', list.createdAtMs) };
}

export const rowSchema: Schema = shape({
  row: count,
  number: text,
  name: textOrNull,
  timeZone: textOrNull,
  priority: { type: 'integer' },
  attributes: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
  state: { ...text, description: 'waiting, out (it is being called) or done.' },
  orderId: textOrNull,
  ...momentSchema('nextAt'),
  attempts: count,
  results: { type: 'object', additionalProperties: count, description: 'How often each result came.' },
  lastResult: textOrNull,
});

export function rowAnswer({ listId: _, ...row }: KnownRow): object {
  return { ...row, ...moment('nextAt', row.nextAtMs) };
}

const CREATED_AT_MS = 1_795_190_400_000;
export const listExample = listAnswer({
  ...listFrom(
    {
      id: 'spring',
      name: 'Spring offer',
      queue: 'sales',
      mode: 'customer_first',
      ringMs: 30_000,
      detectMachine: false,
      attempts: 3,
      callsPerAgent: 1,
      abandonedMax: 0.03,
      abandonedOf: 100,
    },
    { timeZone: 'Europe/Berlin', language: 'de' },
  ),
  createdAtMs: CREATED_AT_MS,
  running: true,
  modeNow: 'customer_first',
  abandonedRate: 0.01,
  rows: { waiting: 9_120, out: 4, done: 876 },
});
export const rowExample = rowAnswer({
  listId: 'spring',
  row: 17,
  number: '+4930123456',
  name: 'Maria Weber',
  timeZone: null,
  priority: 0,
  attributes: { contract: 'gold' },
  state: 'waiting',
  orderId: null,
  nextAtMs: CREATED_AT_MS + 600_000,
  attempts: 1,
  results: { busy: 1 },
  lastResult: 'busy',
});
