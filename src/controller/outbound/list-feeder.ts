import type { CallList, KnownRow, ListStore, RetriedResult } from '../../model/call/list.ts';
import { RETRIED_RESULTS } from '../../model/call/list.ts';
import { type AttemptResult, type Order, PLAIN_ORDER } from '../../model/call/order.ts';
import type { Event } from '../../model/event.ts';
import type { AtMs, OrderId } from '../../model/ids.ts';
import { abandonRate, underWay } from '../../outbound/list-record.ts';
import { numberRefusal } from '../../outbound/placing.ts';
import type { ListRecord } from '../../outbound/state.ts';
import { floorOf } from '../floor.ts';
import type { Hall, HallLog } from '../hall.ts';
import { hoursIn } from './list-hours.ts';
import { flowsOf } from './order-flows.ts';

/** How often it is looked whether agents are free for the numbers of a list. */
const FEED_EVERY_MS = 1000;
/** Most rows of one list that become orders at once. */
const PORTION_MAX = 200;
const DAY_MS = 24 * 3_600_000;

export type ListFeeder = {
  /** Looks now; resolves when all that is under way is done. */
  look(): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
};

type Feeding = {
  readonly hall: Pick<Hall, 'state' | 'now' | 'enter' | 'follow'>;
  readonly store: ListStore;
  readonly log: HallLog;
};

/**
 * Brings rows of running lists to the hall as orders, as many as there are agents free, and writes down what came of them. Each
 * attempt is an order of its own, so that a list of a million rows takes no memory here. A row that is out stays so over a
 * crash; what had come of it meanwhile is looked up at the start.
 */
export function feedLists(feeding: Feeding): ListFeeder {
  const { hall, store, log } = feeding;
  let timer: NodeJS.Timeout | undefined;
  let trouble = '';
  /** Something was not written down: all rows that are out are looked at again. */
  let behind = true;
  let looking = false;
  let working: Promise<void> = Promise.resolve();
  /** One thing after the other, so that a row is never taken while what came of it is written down. */
  const next = (work: () => Promise<void>): void => {
    working = working.then(work).then(
      () => {
        trouble = '';
      },
      (error: Error) => {
        if (error.message !== trouble) log.warn({ error: error.message }, 'A list cannot be gone on with.');
        trouble = error.message;
        behind = true;
      },
    );
  };
  const round = async (): Promise<void> => {
    looking = false;
    if (behind) {
      for (const { orderId } of await store.out()) if (orderId !== null) await settleOrder(feeding, orderId);
      behind = false;
    }
    await feedAll(feeding);
  };
  const look = (): Promise<void> => {
    // A database that is slow is not asked for more before it has answered.
    if (!looking) next(round);
    looking = true;
    return working;
  };
  const again = (): void => {
    void look();
    timer = setTimeout(again, FEED_EVERY_MS);
  };
  const unfollow = hall.follow({
    batch: (batch) => {
      for (const orderId of closedOrders(feeding, batch)) next(() => settleOrder(feeding, orderId));
    },
    signal: () => undefined,
  });
  again();
  return {
    look,
    async close() {
      clearTimeout(timer);
      unfollow();
      await working;
    },
  };
}

function closedOrders({ hall }: Feeding, batch: readonly Event[]): OrderId[] {
  const { closed } = hall.state.outbound;
  return batch.flatMap((event) =>
    event.kind === 'order.closed' && closed.get(event.orderId)?.order.listId != null ? [event.orderId] : [],
  );
}

async function feedAll(feeding: Feeding): Promise<void> {
  const { lists } = feeding.hall.state.outbound;
  const running = [...lists].filter(([, record]) => record.running);
  for (const [listId, record] of running) {
    const list = await feeding.store.find(listId);
    if (list) await feed(feeding, list, record);
  }
}

/** So many calls as agents are free for; what is under way already is one of them. */
async function feed(feeding: Feeding, list: CallList, record: ListRecord): Promise<void> {
  const { hall, store } = feeding;
  const { state } = hall;
  const nowMs = hall.now();
  const mode = modeNow(list, record);
  const free = floorOf(state.acd, nowMs).queue(list.queueId)?.agentsReady ?? 0;
  const wanted = Math.ceil(free * list.callsPerAgent);
  // Orders that ring at an agent's phone have taken that agent out of those who are free.
  const room = Math.min(PORTION_MAX, wanted - waitingOf(feeding, list));
  if (room <= 0) return;
  const open = (await store.zones(list.id)).flatMap((zone) => {
    const untilMs = hoursIn(state.acd.site, list, zone === '' ? list.timeZone : zone, nowMs);
    return untilMs === undefined ? [] : [[zone, untilMs] as const];
  });
  if (open.length === 0) return;
  const untilMs = new Map(open);
  const zones = open.map(([zone]) => zone);
  for (const row of await store.take(list.id, zones, room, nowMs)) {
    await place(feeding, list, row, mode, untilMs.get(row.timeZone ?? '') ?? nowMs + DAY_MS);
  }
}

/** Orders of the list that no agent has yet. */
function waitingOf({ hall }: Feeding, { id }: CallList): number {
  const { outbound, acd } = hall.state;
  if (underWay(outbound, id) === 0) return 0;
  let count = 0;
  for (const { order, current } of outbound.orders.values()) {
    if (order.listId !== id || !current) continue;
    if (acd.items.get(current.contactId)?.stage === 'waiting') count += 1;
  }
  return count;
}

async function place(
  feeding: Feeding,
  list: CallList,
  row: KnownRow,
  mode: CallList['mode'],
  untilMs: AtMs,
): Promise<void> {
  const { hall, store } = feeding;
  const atMs = hall.now();
  const orderId = row.orderId!;
  const refusal = numberRefusal(hall.state.outbound, row.number);
  if (refusal) return store.settle(orderId, refusal, null);
  const order = orderOf(list, row, mode, atMs, untilMs);
  hall.enter({ kind: 'order.asked', atMs, order, by: 'list', duplicates: 'refuse' });
  const { orders, closed } = hall.state.outbound;
  if (orders.has(orderId) || closed.has(orderId)) return;
  // The number has an order of another list, or there is no room for more: later.
  await store.settle(orderId, null, atMs + LATER_MS);
}

const LATER_MS = 60_000;

function orderOf(list: CallList, row: KnownRow, mode: CallList['mode'], atMs: AtMs, untilMs: AtMs): Order {
  return {
    ...PLAIN_ORDER,
    id: row.orderId!,
    kind: 'list',
    mode,
    number: row.number,
    queueId: list.queueId,
    language: list.language,
    listId: list.id,
    name: row.name,
    attributes: row.attributes,
    priority: row.priority,
    virtualStartMs: atMs,
    dueAtMs: atMs,
    expiresAtMs: untilMs,
    rules: { attemptsMax: 1, retryMs: 0, ringMs: list.ringMs },
    callerId: list.callerId,
    detectMachine: list.detectMachine,
    // While agents are called first because too many customers met nobody, somebody is there to talk to at once.
    ...flowsOf(mode === 'customer_first' ? list : { ...(list.onMachine && { onMachine: list.onMachine }) }),
    ...(row.name === null ? {} : { whisper: [{ say: row.name, language: list.language }] }),
  };
}

/** Writes down what came of an order, and when its number is tried again. */
async function settleOrder({ hall, store }: Feeding, orderId: OrderId): Promise<void> {
  const { orders, closed } = hall.state.outbound;
  if (orders.has(orderId)) return;
  const over = closed.get(orderId);
  const nowMs = hall.now();
  // It never came to be an order, or was one so long ago that nobody knows: it is called again.
  if (!over) return store.settle(orderId, null, nowMs);
  const { listId } = over.order;
  const list = listId === null ? undefined : await store.find(listId);
  if (!list) return;
  const result = over.attempts.at(-1)?.result ?? (over.reason === 'not_allowed' ? 'not_allowed' : 'withdrawn');
  const row = await store.ofOrder(orderId);
  if (!row) return;
  await store.settle(orderId, result, nextOf(list, row, result, over.closedAtMs));
}

/** Null: it is not called again. */
function nextOf({ rules, attemptsMax }: CallList, row: KnownRow, result: AttemptResult, atMs: AtMs): AtMs | null {
  if (result === 'withdrawn') return atMs;
  const rule = RETRIED_RESULTS.includes(result as RetriedResult) ? rules[result as RetriedResult] : undefined;
  if (!rule || row.attempts + 1 >= attemptsMax) return null;
  return (row.results[result] ?? 0) + 1 >= rule.attemptsMax ? null : atMs + rule.retryMs;
}

/** Customers first only while few of them meet nobody: agents who wait for customers cost less than customers who are annoyed. */
export function modeNow(list: CallList, record: ListRecord | undefined): CallList['mode'] {
  if (list.mode !== 'customer_first') return list.mode;
  return abandonRate(record, list.abandonedOf) > list.abandonedMax ? 'agent_first' : 'customer_first';
}
