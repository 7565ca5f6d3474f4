import { failed, ok, type Result } from '../model/failure.ts';
import { type TimeZone, timeZoneNamed } from '../model/time-zone.ts';

/** The time zone that a report is to be made in, by its IANA name. Failure: `report.timezone_unknown`. */
export function timeZone(name: string): Result<TimeZone> {
  const zone = timeZoneNamed(name);
  if (zone) return ok(zone);
  return failed('report.timezone_unknown', 'The time zone is not known; use an IANA name such as Europe/Berlin.');
}
