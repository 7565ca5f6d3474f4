import { type Opening, openingAt } from '../model/calendar-hours.ts';
import type { AtMs, CalendarId } from '../model/ids.ts';
import type { OpenOrder, OutboundState } from './state.ts';

/** Changes of a calendar that are gone through in search of an opening: more than a month of days with breaks. */
const CHANGES_MAX = 300;

/** When an order may be tried: now if it is due and within its calling hours, else the moment at which to look again. */
export function startOf(state: OutboundState, open: OpenOrder, nowMs: AtMs): AtMs {
  const { calendarId, expiresAtMs } = open.order;
  let atMs = Math.max(open.dueAtMs, nowMs);
  for (let change = 0; change < CHANGES_MAX && atMs < expiresAtMs; change++) {
    const opening = openingOf(state, calendarId, atMs);
    if (!opening || opening.open) return atMs;
    atMs = opening.untilMs;
  }
  return expiresAtMs;
}

/** When an order that waits for an agent must not wait any longer. */
export function endOf(state: OutboundState, open: OpenOrder, nowMs: AtMs): AtMs {
  const opening = openingOf(state, open.order.calendarId, nowMs);
  return Math.min(open.order.expiresAtMs, opening?.untilMs ?? Number.POSITIVE_INFINITY);
}

/** Whether calling hours are over for an order; one without a calendar, or whose calendar is gone, may be called at any time. */
export function isClosed(state: OutboundState, open: OpenOrder, nowMs: AtMs): boolean {
  return openingOf(state, open.order.calendarId, nowMs)?.open === false;
}

/** An answer holds for a while, and thousands of orders ask for the same one at once. */
function openingOf(state: OutboundState, calendarId: CalendarId | null, atMs: AtMs): Opening | undefined {
  if (calendarId === null || !Object.hasOwn(state.site.calendars, calendarId)) return undefined;
  const known = state.openings.get(calendarId);
  if (known && known.fromMs <= atMs && atMs < known.opening.untilMs) return known.opening;
  const opening = openingAt(state.site.calendars[calendarId]!, state.forced.get(calendarId) ?? null, atMs);
  state.openings.set(calendarId, { fromMs: atMs, opening });
  return opening;
}

/** Whether an order that nobody tries just now is to be tried now. */
export function isDue(state: OutboundState, open: OpenOrder, nowMs: AtMs): boolean {
  return open.current === null && nowMs < open.order.expiresAtMs && startOf(state, open, nowMs) <= nowMs;
}
