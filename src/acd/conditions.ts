import { openingAt } from '../model/calendar-hours.ts';
import { emergencyOf } from '../model/call/emergency.ts';
import type { Channel } from '../model/channel.ts';
import type { AtMs, CalendarId } from '../model/ids.ts';
import type { OverflowCondition } from '../model/queue.ts';
import { estimateWait } from './estimated-wait.ts';
import { countCommon } from './routing/bits.ts';
import { classOf, lengthOf } from './routing/class.ts';
import type { AcdState, Item } from './state.ts';

/**
 * How many agents who may have the item are in service. One whose phone is away does not count for calls: nobody would ever
 * be rung. While the door is lost nothing is known of phones.
 */
export function staffOf(state: AcdState, item: Item): number {
  const one = item.standsIn ?? classOf(state, item);
  if (!one) return 0;
  const { inService, reachable } = state.index;
  if (!one.media.phone || !state.doorOpen) return countCommon(one.eligible, inService);
  return countCommon(one.eligible, inService, reachable);
}

/** Nobody is on the line for these: they stay where they are, and an agent who still is there may have them. */
const NOBODY_WAITS: ReadonlySet<Channel> = new Set<Channel>(['callback', 'voicemail']);

/** Whether an emergency keeps the item out of its queue. A question to a colleague belongs to a talk, and talks go on. */
export function isStopped(state: AcdState, { queueId, channel, consult }: Item): boolean {
  if (state.emergencies.size === 0 || consult || NOBODY_WAITS.has(channel)) return false;
  return emergencyOf(state.emergencies, queueId) !== undefined;
}

export function estimateNow(state: AcdState, item: Item, nowMs: AtMs): { p50Ms: number; p90Ms: number } | null {
  return estimateWait(state, item, nowMs);
}

/** Where nobody is in service the wait has no end that could be told. */
export function waitsLonger(state: AcdState, item: Item, limitMs: number, nowMs: AtMs): boolean {
  return (estimateNow(state, item, nowMs)?.p50Ms ?? Number.POSITIVE_INFINITY) > limitMs;
}

/** All conditions of an overflow rule must hold. How long the queue is counts only in the moment when the item comes. */
export function overflows(state: AcdState, item: Item, when: OverflowCondition, nowMs: AtMs, comes: boolean): boolean {
  if (when.waitedMs !== undefined && nowMs - item.queuedAtMs < when.waitedMs) return false;
  if (when.longerThan !== undefined && !(comes && lengthOf(state, item.queueId) > when.longerThan)) return false;
  if (when.closed && isOpen(state, item.queueId, nowMs)) return false;
  if (when.unstaffed && staffOf(state, item) > 0) return false;
  return when.estimatedWaitMs === undefined || waitsLonger(state, item, when.estimatedWaitMs, nowMs);
}

/** Whether the queue's calendar is open; a queue without one always is. */
export function isOpen(state: AcdState, queueId: string, nowMs: AtMs): boolean {
  const calendarId = state.site.queues[queueId]?.calendar;
  return calendarId == null || calendarOpen(state, calendarId, nowMs);
}

function calendarOpen(state: AcdState, calendarId: CalendarId, nowMs: AtMs): boolean {
  const calendar = state.site.calendars[calendarId];
  if (!calendar) return true;
  const forced = state.forced.get(calendarId);
  if (forced) return forced === 'open';
  const known = state.index.openings.get(calendarId);
  if (known && known.fromMs <= nowMs && nowMs < known.untilMs) return known.open;
  const { open, untilMs } = openingAt(calendar, null, nowMs);
  state.index.openings.set(calendarId, { open, fromMs: nowMs, untilMs });
  return open;
}
