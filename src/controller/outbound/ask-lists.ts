import type { CallList, ListRow, ListStore } from '../../model/call/list.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { ListId } from '../../model/ids.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import { LISTS_MAX } from '../../outbound/limits.ts';
import { abandonRate } from '../../outbound/list-record.ts';
import type { LiveHall } from '../hall.ts';
import { modeNow } from './list-feeder.ts';
import { listRow } from './list-row.ts';
import type { Lists, ListView, Loaded, RowProblem, WrittenRow } from './lists.ts';
import { checkFlows } from './order-flows.ts';

/** Most rows of one list; more are refused. */
export const LIST_ROWS_MAX = 5_000_000;
/** Rows that go to the database at once. */
const PORTION = 2000;
const PROBLEMS_TOLD_MAX = 100;

/** Lists over a running hall and the table in which their rows are kept. */
export function createLists(hall: LiveHall, store: ListStore): Lists {
  let loading = false;
  return {
    create: (list) => answered(() => create(hall, store, list)),
    all: () =>
      answered(async () => ok(await Promise.all((await store.all()).map((list) => viewOf(hall, store, list))))),
    one: (listId) => withList(store, listId, async (list) => ok(await viewOf(hall, store, list))),
    remove: (listId) =>
      withList(store, listId, async (list) => {
        const view = await viewOf(hall, store, list);
        if (view.running || view.rows.out > 0) return failed('list.running', 'Stop it first, and let its calls end.');
        await store.remove(listId);
        return ok(view);
      }),
    load: (listId, rows) =>
      withList(store, listId, async () => {
        // Rows are numbered as they come, and a file is large.
        if (loading) return failed('list.busy', 'Another load is going on. Try again in a moment.');
        loading = true;
        try {
          return await load(hall, store, listId, rows);
        } finally {
          loading = false;
        }
      }),
    rows: (listId, afterRow, limit, state) =>
      withList(store, listId, async () => ok(await store.rows(listId, afterRow, limit, state))),
    start: (listId, by) => withList(store, listId, (list) => setRunning(hall, store, list, true, by)),
    stop: (listId, by) => withList(store, listId, (list) => setRunning(hall, store, list, false, by)),
  };
}

/** What the table cannot answer is a failure that was to be expected. */
async function answered<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'list.unavailable') throw error;
    return failed('list.unavailable', 'The database does not answer. Try again in a moment.');
  }
}

function withList<T>(
  store: ListStore,
  listId: ListId,
  work: (list: CallList) => Promise<Result<T>>,
): Promise<Result<T>> {
  return answered(async () => {
    const list = await store.find(listId);
    return list ? work(list) : failed('list.unknown', 'There is no such list.', { listId });
  });
}

async function create(
  hall: LiveHall,
  store: ListStore,
  about: Omit<CallList, 'createdAtMs'>,
): Promise<Result<ListView>> {
  const { queues, calendars } = hall.state.acd.site;
  const { id, queueId, calendarId, timeZone } = about;
  if (!Object.hasOwn(queues, queueId)) return failed('queue.unknown', 'The site has no such queue.', { queueId });
  if (calendarId !== null && !Object.hasOwn(calendars, calendarId)) {
    return failed('calendar.unknown', 'There is no calendar with this id.', { calendarId });
  }
  const flows = checkFlows(hall, about, about.mode);
  if (!flows.ok) return flows;
  if (!timeZoneNamed(timeZone)) return failed('list.zone_unknown', 'The time zone is no IANA name.', { timeZone });
  if (await store.find(id)) return failed('list.exists', 'There is a list with this id.', { listId: id });
  if ((await store.all()).length >= LISTS_MAX) return failed('list.full', `There may be ${LISTS_MAX} lists.`);
  const list = { ...about, createdAtMs: hall.now() };
  await store.create(list);
  return ok(await viewOf(hall, store, list));
}

async function viewOf(hall: LiveHall, store: ListStore, list: CallList): Promise<ListView> {
  const record = hall.state.outbound.lists.get(list.id);
  return {
    ...list,
    running: record?.running ?? false,
    modeNow: modeNow(list, record),
    abandonedRate: abandonRate(record, list.abandonedOf),
    rows: await store.counts(list.id),
  };
}

async function load(
  hall: LiveHall,
  store: ListStore,
  listId: ListId,
  written: Iterable<WrittenRow>,
): Promise<Result<Loaded>> {
  const { country } = hall.state.acd.site.outgoing;
  const { waiting, out, done } = await store.counts(listId);
  let room = LIST_ROWS_MAX - waiting - out - done;
  const problems: RowProblem[] = [];
  let [added, taken, refused] = [0, 0, 0];
  let portion: ListRow[] = [];
  const send = async (): Promise<void> => {
    // A number that stands twice in one portion would be two rows of one statement.
    const once = [...new Map(portion.map((row) => [row.number, row])).values()];
    added += await store.add(listId, once, hall.now());
    taken += portion.length;
    room -= portion.length;
    portion = [];
  };
  for (const one of written) {
    const row = listRow(one, country);
    if ('code' in row) {
      refused += 1;
      if (problems.length < PROBLEMS_TOLD_MAX) problems.push(row);
      continue;
    }
    portion.push(row);
    if (portion.length > room) return failed('list.full', `A list has at most ${LIST_ROWS_MAX} rows.`, { added });
    if (portion.length === PORTION) await send();
  }
  if (portion.length > 0) await send();
  return ok({ added, known: taken - added, refused, problems });
}

async function setRunning(
  hall: LiveHall,
  store: ListStore,
  list: CallList,
  running: boolean,
  by: AskedBy,
): Promise<Result<ListView>> {
  const { outbound } = hall.state;
  const listId = list.id;
  const atMs = hall.now();
  if ((outbound.lists.get(listId)?.running ?? false) !== running) {
    hall.enter({ kind: running ? 'list.started' : 'list.stopped', atMs, listId, by });
  }
  if (!running) {
    const waiting = [...outbound.orders.values()].filter(
      ({ order, current }) => order.listId === listId && current?.connectedAtMs == null && current?.legId == null,
    );
    for (const { order } of waiting) {
      hall.enter({ kind: 'order.closed', atMs, orderId: order.id, reason: 'cancelled', by });
    }
  }
  return ok(await viewOf(hall, store, list));
}
