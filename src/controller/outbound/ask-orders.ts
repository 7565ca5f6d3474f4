import { randomUUID } from 'node:crypto';
import { dialledNumber } from '../../model/call/dialled-number.ts';
import { type Order, type OrderRefusal, PLAIN_ORDER } from '../../model/call/order.ts';
import type { AskedBy, EventOf } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { AgentId, AtMs, FlowId, OrderId } from '../../model/ids.ts';
import { SKIP_KEY } from '../../outbound/attempt.ts';
import { numberRefusal } from '../../outbound/placing.ts';
import type { LiveHall } from '../hall.ts';
import { doNotCall } from './do-not-call.ts';
import { checkFlows, flowsOf } from './order-flows.ts';
import { orderPage, orderView } from './order-view.ts';
import type { CallbackWish, Orders, OrderView } from './orders.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** An agent who clicked waits for the call, and soon wants something else. */
const CLICK_EXPIRES_MS = 2 * MINUTE_MS;
/** What an agent presses to have a number called that is shown first. */
const CALL_KEY = '1';

/** Callbacks and clicks over a running hall. */
export function createOrders(hall: LiveHall): Orders {
  return {
    ask: (wish, by) => ask(hall, wish, by),
    list: (wanted) => orderPage(hall.state.outbound, wanted),
    one: (id) => one(hall, id),
    cancel: (id, by) => {
      const open = openOne(hall, id);
      if (!open.ok) return open;
      hall.enter({ kind: 'order.closed', atMs: hall.now(), orderId: id, reason: 'cancelled', by });
      return one(hall, id);
    },
    move: (id, dueAtMs, by) => move(hall, id, dueAtMs, by),
    click: (agentId, number, by, onMachine) => click(hall, agentId, number, by, onMachine),
    answerPreview: (agentId, answer) => answerPreview(hall, agentId, answer),
    ...doNotCall(hall),
  };
}

function one({ state }: LiveHall, id: OrderId): Result<OrderView> {
  const found = orderView(state.outbound, id);
  return found ? ok(found) : failed('callback.unknown', 'There is no such callback, or it has been over for long.');
}

/** One that may still be changed. */
function openOne(hall: LiveHall, id: OrderId): Result<OrderView> {
  const found = one(hall, id);
  if (!found.ok || found.value.stage !== 'closed') return found;
  return failed('callback.closed', 'This callback is over.', { reason: found.value.reason ?? '' });
}

function ask(hall: LiveHall, wish: CallbackWish, by: AskedBy): Result<OrderView> {
  const { site } = hall.state.acd;
  const id = wish.id === undefined ? `cb-${randomUUID()}` : `cb-${wish.id}`;
  const known = orderView(hall.state.outbound, id);
  if (known) return ok(known);
  const { queueId } = wish;
  const isThere = queueId.startsWith('@')
    ? Object.hasOwn(site.agents, queueId.slice(1))
    : Object.hasOwn(site.queues, queueId);
  if (!isThere) return failed('queue.unknown', 'The site has no such queue or agent.', { queueId });
  if (wish.calendarId !== undefined && !Object.hasOwn(site.calendars, wish.calendarId)) {
    return failed('calendar.unknown', 'There is no calendar with this id.', { calendarId: wish.calendarId });
  }
  const flows = checkFlows(hall, wish, wish.mode ?? 'agent_first');
  if (!flows.ok) return flows;
  const atMs = hall.now();
  const order = orderBy(hall, wish, id, atMs);
  if (order.expiresAtMs <= Math.max(atMs, order.dueAtMs)) {
    return failed('callback.expired', 'It would be over before it begins.');
  }
  return place(hall, order, wish.duplicates ?? 'refuse', by);
}

function orderBy(hall: LiveHall, wish: CallbackWish, id: OrderId, atMs: AtMs): Order {
  const { site } = hall.state.acd;
  const dueAtMs = wish.dueAtMs ?? atMs;
  const ofQueue = Object.hasOwn(site.queues, wish.queueId) ? site.queues[wish.queueId]!.calendar : null;
  return {
    ...PLAIN_ORDER,
    id,
    kind: 'callback',
    mode: wish.mode ?? 'agent_first',
    number: dialledNumber(wish.number, site.outgoing.country) ?? wish.number,
    queueId: wish.queueId,
    language: wish.language ?? site.language,
    name: wish.name ?? null,
    attributes: wish.attributes ?? {},
    priority: wish.priority ?? 0,
    virtualStartMs: Math.max(atMs, dueAtMs),
    dueAtMs,
    expiresAtMs: wish.expiresAtMs ?? Math.max(atMs, dueAtMs) + DAY_MS,
    calendarId: wish.calendarId ?? ofQueue,
    rules: {
      attemptsMax: wish.attemptsMax ?? 3,
      retryMs: wish.retryMs ?? 15 * MINUTE_MS,
      ringMs: wish.ringMs ?? 30_000,
    },
    callerId: wish.callerId ?? null,
    detectMachine: wish.detectMachine === true || wish.onMachine !== undefined,
    ...flowsOf(wish),
  };
}

const REFUSALS: Readonly<Record<OrderRefusal, readonly [code: string, message: string]>> = {
  invalid_number: ['callback.number_invalid', 'This is no telephone number.'],
  not_allowed: ['callback.not_allowed', 'The site does not let this number be dialled, or nobody may call it.'],
  duplicate: ['callback.duplicate', 'There is an open callback for this number and queue.'],
  full: ['callback.full', 'There are as many open orders, in all or for this number, as are allowed.'],
};

/** The order is placed or refused before `enter` returns; what is not known then was not written down. */
function place(
  hall: LiveHall,
  order: Order,
  duplicates: EventOf<'order.asked'>['duplicates'],
  by: AskedBy,
): Result<OrderView> {
  hall.enter({ kind: 'order.asked', atMs: hall.now(), order, by, duplicates });
  const placed = orderView(hall.state.outbound, order.id);
  if (placed) return ok(placed);
  const code = numberRefusal(hall.state.outbound, order.number) ?? sameOf(hall, order) ?? 'full';
  const [failure, message] = REFUSALS[code];
  return failed(failure, message);
}

function sameOf(hall: LiveHall, { number, queueId }: Order): 'duplicate' | undefined {
  const { byNumber, orders } = hall.state.outbound;
  const same = [...(byNumber.get(number) ?? [])].some((id) => orders.get(id)?.order.queueId === queueId);
  return same ? 'duplicate' : undefined;
}

function move(hall: LiveHall, id: OrderId, dueAtMs: AtMs, by: AskedBy): Result<OrderView> {
  const open = openOne(hall, id);
  if (!open.ok) return open;
  if (dueAtMs >= open.value.expiresAtMs) return failed('callback.expired', 'It would be over before it begins.');
  hall.enter({ kind: 'order.moved', atMs: hall.now(), orderId: id, dueAtMs, by });
  return one(hall, id);
}

function click(
  hall: LiveHall,
  agentId: AgentId,
  number: string,
  by: AskedBy,
  onMachine: FlowId | undefined,
): Result<OrderView> {
  const { acd } = hall.state;
  if (!Object.hasOwn(acd.site.agents, agentId))
    return failed('agent.unknown', 'The site has no such agent.', { agentId });
  if (acd.agents.get(agentId)?.loggedIn !== true) {
    return failed('agent.logged_out', 'The agent is not logged in.', { agentId });
  }
  const flows = checkFlows(hall, onMachine === undefined ? {} : { onMachine }, 'agent_first');
  if (!flows.ok) return flows;
  const atMs = hall.now();
  const id = `ck-${randomUUID()}`;
  const about = { number, queueId: `@${agentId}`, ...(onMachine !== undefined && { onMachine }) };
  const wish: CallbackWish = { ...about, attemptsMax: 1, expiresAtMs: atMs + CLICK_EXPIRES_MS };
  // Before whatever waits for this agent alone: it is the agent who waits.
  const order: Order = { ...orderBy(hall, wish, id, atMs), kind: 'click', priority: CLICK_PRIORITY };
  return place(hall, order, 'keep_both', by);
}

const CLICK_PRIORITY = 1000;

/** As if the agent had pressed the key. */
function answerPreview(hall: LiveHall, agentId: AgentId, answer: 'call' | 'skip'): Result<OrderView> {
  const { acd, outbound } = hall.state;
  const talk = acd.agents.get(agentId)?.work.find(({ stage }) => stage === 'talking');
  const open = talk && outbound.byContact.get(talk.contactId);
  if (!talk || open?.order.mode !== 'preview' || open.current?.dialled !== false) {
    return failed('offer.not_preview', 'The agent has no number that is shown first.', { agentId });
  }
  const digit = answer === 'call' ? CALL_KEY : SKIP_KEY;
  hall.enter({ kind: 'leg.pressed', atMs: hall.now(), contactId: talk.contactId, legId: talk.offerId, digit });
  return one(hall, open.order.id);
}
