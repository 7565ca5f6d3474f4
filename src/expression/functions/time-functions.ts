import { timeZoneNamed } from '../../model/time-zone.ts';
import { stop } from '../run/work.ts';
import { Duration } from '../values/duration.ts';
import { dayOfYear, localTime, type Time } from '../values/time.ts';
import { type ExpressionFunction, TEXT } from './function.ts';

const UTC = 'UTC';

/** CEL's questions to a moment. A zone is an IANA name such as "Europe/Berlin"; left out it is UTC. */
const ofTime = (
  name: string,
  description: string,
  read: (time: Time) => number,
  perMs?: number,
): ExpressionFunction => ({
  name,
  signature: `time.${name}() or time.${name}("Europe/Berlin") -> number`,
  description,
  takes: [perMs === undefined ? ['time'] : ['time', 'duration'], TEXT],
  needs: 1,
  gives: 'number',
  literal: { argument: 1, must: false, wrong: (zone) => (timeZoneNamed(zone) ? undefined : noZone(zone)) },
  run: ([value, zone = UTC]) => {
    if (value instanceof Duration) return Math.trunc(value.ms / perMs!);
    return read(
      localTime(value as Time, zone as string) ?? stop('There is no such time zone, or the time does not exist there.'),
    );
  },
});

export const TIME_FUNCTIONS: readonly ExpressionFunction[] = [
  ofTime('getFullYear', 'The year.', (time) => time.getUTCFullYear()),
  ofTime('getMonth', 'The month, 0 for January.', (time) => time.getUTCMonth()),
  ofTime('getDate', 'The day of the month, from 1.', (time) => time.getUTCDate()),
  ofTime('getDayOfMonth', 'The day of the month, from 0.', (time) => time.getUTCDate() - 1),
  ofTime('getDayOfWeek', 'The day of the week, 0 for Sunday.', (time) => time.getUTCDay()),
  ofTime('getDayOfYear', 'The day of the year, from 0.', dayOfYear),
  ofTime(
    'getHours',
    'The hour, 0 to 23. Of a length of time: all of its hours.',
    (time) => time.getUTCHours(),
    3_600_000,
  ),
  ofTime(
    'getMinutes',
    'The minute, 0 to 59. Of a length of time: all of its minutes.',
    (time) => time.getUTCMinutes(),
    60_000,
  ),
  ofTime(
    'getSeconds',
    'The second, 0 to 59. Of a length of time: all of its seconds.',
    (time) => time.getUTCSeconds(),
    1_000,
  ),
];

function noZone(name: string): string {
  return `There is no time zone "${name.slice(0, 40)}".`;
}
