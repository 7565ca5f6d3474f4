import { type Opening, openingAt } from '../../../../model/calendar-hours.ts';
import type { AtMs } from '../../../../model/ids.ts';
import { timeZoneNamed } from '../../../../model/time-zone.ts';
import type { StepContext } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';

/** Slots that are told at once. */
export const SLOTS_TOLD = 3;
/** Slots of a step that are looked at for free ones: a month of five minutes each. */
const SLOTS_LOOKED_AT_MAX = 9000;

/**
 * The next slots that have room: whole steps of the wall clock, within calling hours. `skip` of them were told before.
 * @param calendarId calling hours; undefined: at any time.
 */
export function freeSlots(
  { slots, queue }: CallbackParameters,
  calendarId: string | undefined,
  context: StepContext,
  skip: number,
): AtMs[] {
  const { atMs, site, floor } = context;
  const zone = timeZoneNamed(slots.timeZone ?? site.timeZone) ?? timeZoneNamed('UTC')!;
  const endMs = atMs + slots.windowMs;
  const taken = takenBySlot(floor.bookings(context.fill(queue)), slots.stepMs, zone.offsetMsAt(atMs));
  const found: AtMs[] = [];
  let slotMs = firstSlot(atMs + slots.leadMs, slots.stepMs, zone.offsetMsAt(atMs));
  let opening: Opening | undefined;
  for (let looked = 0; looked < SLOTS_LOOKED_AT_MAX && slotMs < endMs; looked++, slotMs += slots.stepMs) {
    if (calendarId !== undefined && (!opening || opening.untilMs <= slotMs))
      opening = openingOf(calendarId, slotMs, context);
    if (opening?.open === false) continue;
    if ((taken.get(slotMs) ?? 0) >= slots.perSlot) continue;
    found.push(slotMs);
    if (found.length === skip + SLOTS_TOLD) break;
  }
  return found.slice(skip);
}

/** What a supervisor has forced holds for now, not for another day. */
function openingOf(calendarId: string, atMs: AtMs, { site }: StepContext): Opening | undefined {
  const calendar = Object.hasOwn(site.calendars, calendarId) ? site.calendars[calendarId] : undefined;
  return calendar && openingAt(calendar, null, atMs);
}

/** Slots begin at whole steps of the local clock, as people say times. */
function firstSlot(fromMs: AtMs, stepMs: number, offsetMs: number): AtMs {
  return Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
}

function takenBySlot(bookings: readonly AtMs[], stepMs: number, offsetMs: number): Map<AtMs, number> {
  const taken = new Map<AtMs, number>();
  for (const dueMs of bookings) {
    const slotMs = Math.floor((dueMs + offsetMs) / stepMs) * stepMs - offsetMs;
    taken.set(slotMs, (taken.get(slotMs) ?? 0) + 1);
  }
  return taken;
}

/** A slot in words, in the zone in which it is told. */
export function spokenSlot(slotMs: AtMs, { slots }: CallbackParameters, { site, language }: StepContext): string {
  const timeZone = timeZoneNamed(slots.timeZone ?? '')?.name ?? site.timeZone;
  const style = { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(KNOWN_LANGUAGE.test(language) ? language : 'en', { ...style, timeZone }).format(
    slotMs,
  );
}

/** What Intl takes as a language; anything else would throw. */
const KNOWN_LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
