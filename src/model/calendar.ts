import type { CalendarId } from './ids.ts';

/** When something is open, in the wall clock of one time zone. One object serves flows and queues. */
export type Calendar = {
  readonly id: CalendarId;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Opening hours of Monday (0) to Sunday (6), in minutes after midnight, in order and without overlap; breaks are gaps. */
  readonly weekly: readonly (readonly Hours[])[];
  /** Closed all day. A date `YYYY-MM-DD` is one day, `MM-DD` the same day of every year. */
  readonly holidays: readonly Holiday[];
  /** Days `YYYY-MM-DD` with hours of their own instead of the weekly ones; they beat holidays. */
  readonly exceptions: readonly { readonly date: string; readonly hours: readonly Hours[] }[];
};

/** From and to in minutes after midnight; 1440 is the end of the day. */
export type Hours = { readonly from: number; readonly to: number };
export type Holiday = { readonly date: string; readonly name: string };

/** What a supervisor set by hand; it holds until it is taken back. */
export type Forced = 'open' | 'closed';
