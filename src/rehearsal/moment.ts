import { atMsOf, timeOf } from '../expression/values/time.ts';
import type { AtMs } from '../model/ids.ts';
import { dateOf, dayOf } from '../model/local-time.ts';
import type { TimeZone } from '../model/time-zone.ts';

const WRITTEN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?$/;

/** Whether a text is a moment such as `2026-12-01T10:00:00`, with or without seconds and a zone. */
export function isMoment(written: string): boolean {
  return momentIn(written, () => 0) !== undefined;
}

/** The moment that a text means; one without a zone is by the clock of the zone given. Undefined: it is none. */
export function momentOf(written: string, zone: TimeZone): AtMs | undefined {
  return momentIn(written, (localMs) => {
    // The offset may be another one an hour earlier or later, where clocks are changed; the second look is right.
    const near = localMs - zone.offsetMsAt(localMs);
    return zone.offsetMsAt(near);
  });
}

function momentIn(written: string, offsetMsAt: (localMs: number) => number): AtMs | undefined {
  const [, date = '', minute = '', second = ':00', zone] = WRITTEN.exec(written.trim()) ?? [];
  const local = timeOf(`${date}T${minute}${second}Z`);
  // A day that no month has would be read as one of the next month.
  if (!local || Number.isNaN(atMsOf(local)) || dateOf(dayOf(atMsOf(local))) !== date) return undefined;
  const exact = zone === undefined ? undefined : timeOf(`${date}T${minute}${second}${zone}`);
  return exact ? atMsOf(exact) : atMsOf(local) - offsetMsAt(atMsOf(local));
}
