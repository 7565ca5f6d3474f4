import type { OrderView } from '../controller/outbound/orders.ts';
import { ATTEMPT_RESULTS } from '../model/call/order.ts';
import { moment } from './moments.ts';
import { count, listOf, moment as momentSchema, type Schema, shape, text } from './schemas.ts';

const attempt = shape({
  attempt: count,
  contactId: text,
  result: { ...text, description: `One of: ${ATTEMPT_RESULTS.join(', ')}.` },
  ...momentSchema('at'),
});

/** An order as every answer shows it. */
export const orderSchema: Schema = shape(
  {
    id: text,
    kind: { ...text, description: 'callback, click, list or voicemail.' },
    stage: {
      ...text,
      description:
        'due (its time has not come), queued (waits for an agent), calling, talking or closed (with its reason).',
    },
    mode: { ...text, description: 'agent_first, customer_first, preview or hear.' },
    queueId: text,
    number: text,
    name: text,
    language: text,
    attributes: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
    priority: { type: 'integer' },
    by: { ...text, description: 'flow, api, phone, list or system.' },
    ...momentSchema('askedAt'),
    ...momentSchema('virtualStart'),
    ...momentSchema('dueAt'),
    ...momentSchema('expiresAt'),
    calendarId: text,
    fromContactId: { ...text, description: 'The contact whose flow asked for it.' },
    listId: text,
    attemptsMax: count,
    attempts: listOf(attempt),
    contactId: { ...text, description: 'The contact of the attempt that is under way.' },
    ...momentSchema('closedAt'),
    reason: { ...text, description: 'done, expired, attempts_used, cancelled, replaced or not_allowed.' },
  },
  ['name', 'calendarId', 'fromContactId', 'listId', 'contactId', 'closedAt', 'closedAtMs', 'reason'],
);

export function orderAnswer(order: OrderView): object {
  const { askedAtMs, virtualStartMs, dueAtMs, expiresAtMs, closedAtMs } = order;
  return {
    ...order,
    ...moment('askedAt', askedAtMs),
    ...moment('virtualStart', virtualStartMs),
    ...moment('dueAt', dueAtMs),
    ...moment('expiresAt', expiresAtMs),
    ...(closedAtMs !== undefined && moment('closedAt', closedAtMs)),
    attempts: order.attempts.map((one) => ({ ...one, ...moment('at', one.atMs) })),
  };
}

export const orderExample = orderAnswer({
  id: 'cb-4711',
  kind: 'callback',
  stage: 'due',
  mode: 'agent_first',
  queueId: 'sales',
  number: '+4930123456',
  language: 'en',
  attributes: {},
  priority: 0,
  by: 'api',
  askedAtMs: 1_795_190_400_000,
  virtualStartMs: 1_795_190_400_000,
  dueAtMs: 1_795_191_300_000,
  expiresAtMs: 1_795_276_800_000,
  attemptsMax: 3,
  attempts: [{ attempt: 1, contactId: 'cb-4711.a1', result: 'no_answer', atMs: 1_795_190_430_000 }],
});
