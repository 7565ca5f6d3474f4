import type { Forced } from '../model/calendar.ts';
import type { AtMs, CalendarId, ListId } from '../model/ids.ts';
import { enlist } from './apply.ts';
import { setMoment } from './moments.ts';
import {
  type CallingSite,
  type ClosedOrder,
  type DoNotCall,
  emptyOutbound,
  type ListRecord,
  type OpenOrder,
  type OutboundState,
} from './state.ts';

/** The orders as plain JSON, for a snapshot; deadlines and what orders are found by follow from the rest. */
export type SavedOutbound = {
  readonly site: CallingSite;
  readonly forced: readonly (readonly [CalendarId, Forced])[];
  readonly orders: readonly OpenOrder[];
  /** Orders that are closed while their contact is still there. */
  readonly leaving: readonly OpenOrder[];
  /** In the order of the map, the oldest first: that order is state. */
  readonly closed: readonly ClosedOrder[];
  readonly doNotCall: readonly (readonly [string, DoNotCall])[];
  readonly lists: readonly (readonly [ListId, ListRecord])[];
};

/** What may still change is copied: the snapshot is written down later. */
export function saveOutbound(state: OutboundState): SavedOutbound {
  const leaving = [...state.byContact.values()].filter(({ order }) => !state.orders.has(order.id));
  return {
    site: state.site,
    forced: sorted([...state.forced]),
    orders: [...state.orders.values()].map(copied).sort(byId),
    leaving: leaving.map(copied).sort(byId),
    closed: [...state.closed.values()],
    doNotCall: sorted([...state.doNotCall]),
    lists: sorted([...state.lists]).map(([id, { running, inTime }]) => [id, { running, inTime: [...inTime] }]),
  };
}

/** @param atMs when it was saved: calling hours are looked up from there. */
export function restoreOutbound(saved: SavedOutbound, atMs: AtMs): OutboundState {
  const state = emptyOutbound();
  state.site = saved.site;
  for (const [calendarId, forced] of saved.forced) state.forced.set(calendarId, forced);
  for (const open of saved.orders) enlist(state, open);
  for (const open of saved.leaving) if (open.current) state.byContact.set(open.current.contactId, open);
  for (const closed of saved.closed) state.closed.set(closed.order.id, closed);
  for (const [number, one] of saved.doNotCall) state.doNotCall.set(number, one);
  for (const [id, record] of saved.lists) state.lists.set(id, record);
  for (const open of state.orders.values()) setMoment(state, open, atMs);
  return state;
}

function copied(open: OpenOrder): OpenOrder {
  return { ...open, current: open.current && { ...open.current } };
}

function byId(a: OpenOrder, b: OpenOrder): number {
  return a.order.id < b.order.id ? -1 : 1;
}

/** By id, as its UTF-16 units are: a locale's order would differ between machines. */
function sorted<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}
