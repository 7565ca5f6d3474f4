import type { Node } from 'yaml';
import type { Problem } from '../flow/problem.ts';
import { Source } from '../flow/source.ts';
import { oneOf, wholeNumber } from '../flow/values.ts';
import type { AtMs } from '../model/ids.ts';
import { dateOf, dayOf } from '../model/local-time.ts';
import type { Site } from '../model/site.ts';
import { startOfNamedDay, type TimeZone, timeZoneNamed } from '../model/time-zone.ts';
import { INTERVAL_NAMES, type IntervalName } from '../reports/intervals.ts';
import type { Scenario } from './scenario.ts';
import { type ReadGroup, readStaff, staffedSite } from './scenario-staff.ts';
import { type Day, readTraffic } from './scenario-traffic.ts';
import { timeOfDayMs } from './scenario-values.ts';

export const RUNS_MAX = 10_000;
export const SEED_MAX = 4_294_967_295;
/** Enough runs for a confidence interval, few enough to wait for. */
const RUNS = 10;
/** A plain Monday, so that a scenario without a day is the same whenever it is read. */
const DAY = '2026-01-05';
const DAY_MS = 86_400_000;
const KEYS = ['scenario', 'flows', 'day', 'time_zone', 'from', 'to', 'interval', 'runs', 'seed', 'traffic', 'staff'];

/** A scenario whose groups of agents can still be made larger or smaller. */
export type ReadScenario = { readonly scenario: Scenario; readonly groups: readonly ReadGroup[]; readonly base: Site };

/** A scenario file of which only the flows folder is known, because the rest is read against the site in that folder. */
export type ScenarioFile = {
  /** As it is written, so it is relative to the scenario file. */
  readonly flows: string;
  /** Undefined when there are problems. */
  read(site: Site): ReadScenario | undefined;
};

type Fields = Map<string, Node | null>;

/** Begins to read a scenario; what is wrong is added to `problems`, and then there is no result. */
export function openScenario(
  file: { readonly path: string; readonly text: string },
  problems: Problem[],
): ScenarioFile | undefined {
  const source = new Source(file.path, file.text, problems);
  if (!source.root) return undefined;
  const fields = source.fields(source.root, 'The scenario', KEYS);
  for (const key of ['flows', 'traffic']) {
    if (!fields.has(key)) source.problem('key.missing', source.root, `The scenario needs "${key}".`);
  }
  const flows = fields.has('flows') ? source.text(fields.get('flows'), 'flows') : undefined;
  if (flows === undefined || problems.length > 0) return undefined;
  return {
    flows,
    read(site) {
      const read = readScenario(source, fields, site);
      return problems.length > 0 ? undefined : read;
    },
  };
}

function readScenario(source: Source, fields: Fields, base: Site): ReadScenario {
  const number = (key: string, otherwise: number, limits: { min: number; max: number }): number =>
    (fields.has(key) ? wholeNumber(source, fields.get(key), key, limits) : undefined) ?? otherwise;
  const zone = readZone(source, fields.get('time_zone'));
  const day = readDay(source, fields, zone);
  const interval = fields.has('interval')
    ? oneOf<IntervalName>(source, fields.get('interval'), 'interval', INTERVAL_NAMES)
    : undefined;
  const groups = readStaff(source, fields.get('staff'), base, day);
  const site = staffedSite(base, groups);
  const traffic = readTraffic(source, fields.get('traffic'), base, day);
  for (const queueId of new Set(traffic.map((one) => one.queueId))) {
    // A queue that is not there has been told already.
    if (!site.queues[queueId]) continue;
    if (groups.some(({ agentIds }) => agentIds.some((id) => site.agents[id]?.queues[queueId]))) continue;
    source.problem('queue.unstaffed', fields.get('traffic'), `Nobody of the staff serves the queue "${queueId}".`);
  }
  const scenario: Scenario = {
    name: (fields.has('scenario') && source.text(fields.get('scenario'), 'scenario')) || source.file,
    site,
    zone,
    fromMs: day.fromMs,
    toMs: day.toMs,
    interval: interval ?? '30m',
    runs: number('runs', RUNS, { min: 1, max: RUNS_MAX }),
    seed: number('seed', 1, { min: 0, max: SEED_MAX }),
    traffic,
    staff: groups,
  };
  return { scenario, groups, base };
}

function readZone(source: Source, node: Node | null | undefined): TimeZone {
  const name = (node && source.text(node, 'time_zone')) || 'UTC';
  const found = timeZoneNamed(name);
  if (found) return found;
  const message = `There is no time zone "${name}". Use an IANA name such as Europe/Berlin.`;
  source.problem('calendar.zone_unknown', node, message);
  return timeZoneNamed('UTC')!;
}

function readDay(source: Source, fields: Fields, zone: TimeZone): Day {
  const node = fields.get('day');
  const written = (node && source.text(node, 'day')) || DAY;
  const utcMs = utcMidnightMs(written);
  if (utcMs === undefined) {
    source.problem('calendar.date_impossible', node, `day must be a date such as ${DAY}, not "${written}".`);
  }
  const midnightMs = startOfNamedDay(written, utcMs ?? 0, zone);
  const from = fields.has('from') ? timeOfDayMs(source, fields.get('from'), 'from') : 0;
  const to = fields.has('to') ? timeOfDayMs(source, fields.get('to'), 'to') : DAY_MS;
  const day = { midnightMs, fromMs: midnightMs + (from ?? 0), toMs: midnightMs + (to ?? DAY_MS) };
  if (day.fromMs >= day.toMs) source.problem('value.range', fields.get('to'), 'The day must end after it begins.');
  return day;
}

/** Days since 1970 by the algorithm of Howard Hinnant ("days from civil"); undefined for what is no day of 1970 to 2199. */
function utcMidnightMs(date: string): AtMs | undefined {
  const found = /^(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.exec(date);
  if (!found) return undefined;
  const [month, day] = [Number(found[2]), Number(found[3])];
  const year = Number(found[1]) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  const utcMs = (year * 365 + leapDays + dayOfYear - 719_468) * DAY_MS;
  return dateOf(dayOf(utcMs)) === date ? utcMs : undefined;
}
