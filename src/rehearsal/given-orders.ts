import { dialledNumber } from '../model/call/dialled-number.ts';
import { type Order, PLAIN_ORDER } from '../model/call/order.ts';
import type { Event } from '../model/event.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { Given } from './given.ts';

const DAY_MS = 24 * 3_600_000;

/** Whom nobody may call, and whom somebody is to call already, as the events that made it so. */
export function givenOrders({ atMs, doNotCall, callbacks }: Given, { site }: FlowSet): Event[] {
  const dialled = (number: string): string => dialledNumber(number, site.outgoing.country) ?? number;
  const forbidden = doNotCall.map(
    (number): Event => ({ kind: 'do_not_call.added', atMs, number: dialled(number), by: 'api', reason: 'rehearsal' }),
  );
  const asked = Object.entries(callbacks).map(([number, queueId], at): Event => {
    const order = orderFor(`given-${at + 1}`, dialled(number), queueId, atMs, site.language);
    return { kind: 'order.asked', atMs, order, by: 'api', duplicates: 'keep_both' };
  });
  return [...forbidden, ...asked];
}

/** It is due on the next day, so that it is nothing but there. */
function orderFor(id: string, number: string, queueId: string, atMs: number, language: string): Order {
  return {
    ...PLAIN_ORDER,
    id,
    kind: 'callback',
    mode: 'agent_first',
    number,
    queueId,
    language,
    virtualStartMs: atMs,
    dueAtMs: atMs + DAY_MS,
    expiresAtMs: atMs + 2 * DAY_MS,
    rules: { attemptsMax: 1, retryMs: DAY_MS, ringMs: 30_000 },
  };
}
