import { isSeq, type Node } from 'yaml';
import type { Source } from '../flow/source.ts';
import { durationMs, oneOf, texts, wholeNumber } from '../flow/values.ts';
import { CHANNELS } from '../model/channel.ts';
import type { AtMs } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import { STAYS_MAX } from '../reports/queue-report.ts';
import type { Arrivals, Rate } from './arrivals.ts';
import type { Distribution } from './distribution.ts';
import type { Traffic } from './scenario.ts';
import { decimal, distribution, share, timeOfDayMs } from './scenario-values.ts';

/** Contacts expected on one day; chance may bring some more, and a report counts no more than STAYS_MAX stays. */
export const EXPECTED_MAX = 0.9 * STAYS_MAX;
const PRIORITY_MAX = 1000;
const HOUR_MS = 3_600_000;
const TRAFFIC_KEYS = [
  'queue',
  'channel',
  'label',
  'priority',
  'skills',
  'per_hour',
  'per_interval',
  'interval',
  'at',
  'handle',
  'patience',
  'ring',
  'not_answered',
  'wrap_up',
];
const AT_ONCE: Distribution = { kind: 'fixed', meanMs: 0 };

/** The day on which the traffic comes. */
export type Day = { readonly midnightMs: AtMs; readonly fromMs: AtMs; readonly toMs: AtMs };

type Fields = Map<string, Node | null>;

/** Reads `traffic`: one kind of contacts per key. */
export function readTraffic(source: Source, node: Node | null | undefined, site: Site, day: Day): Traffic[] {
  const all: Traffic[] = [];
  for (const { key, keyNode, value } of source.entries(node, 'traffic')) {
    const one = readKind(source, key, keyNode, source.fields(value, `Traffic ${key}`, TRAFFIC_KEYS), site, day);
    if (one) all.push(one);
  }
  const expected = all.reduce((sum, { arrivals }) => sum + expectedOf(arrivals), 0);
  if (expected > EXPECTED_MAX) {
    const message = `About ${Math.round(expected)} contacts would come; a day has at most ${EXPECTED_MAX}. Shorten it.`;
    source.problem('value.range', node, message);
  }
  return all;
}

function expectedOf(arrivals: Arrivals): number {
  if (arrivals.kind === 'listed') return arrivals.atMs.length;
  return arrivals.rates.reduce((sum, { expected }) => sum + expected, 0);
}

function readKind(source: Source, name: string, at: Node, fields: Fields, site: Site, day: Day): Traffic | undefined {
  const read = <T>(key: string, reader: (node: Node | null | undefined) => T | undefined, otherwise: T): T =>
    (fields.has(key) ? reader(fields.get(key)) : undefined) ?? otherwise;
  for (const key of ['queue', 'handle']) {
    if (!fields.has(key)) source.problem('key.missing', at, `Traffic ${name} needs "${key}".`);
  }
  const queues = Object.keys(site.queues);
  const queueId = read('queue', (one) => oneOf(source, one, 'queue', queues), '');
  const arrivals = readArrivals(source, name, at, fields, day);
  const time = (one: Node | null | undefined, what: string) => distribution(source, one, `${what} of ${name}`);
  if (!arrivals) return undefined;
  return {
    name,
    queueId,
    arrivals,
    channel: read('channel', (one) => oneOf(source, one, 'channel', CHANNELS), 'voice'),
    label: read<string | null>('label', (one) => source.text(one, 'label'), null),
    priority: read(
      'priority',
      (one) => wholeNumber(source, one, 'priority', { min: -PRIORITY_MAX, max: PRIORITY_MAX }),
      0,
    ),
    skills: read('skills', (one) => knownSkills(source, one, site), []),
    attributes: {},
    handle: read('handle', (one) => time(one, 'handle'), AT_ONCE),
    patience: read<Distribution | null>('patience', (one) => time(one, 'patience'), null),
    ring: read('ring', (one) => time(one, 'ring'), AT_ONCE),
    notAnswered: read('not_answered', (one) => share(source, one, 'not_answered'), 0),
    wrapUp: read<Distribution | null>('wrap_up', (one) => time(one, 'wrap_up'), null),
  };
}

function knownSkills(source: Source, node: Node | null | undefined, site: Site): string[] {
  const known = [...new Set(Object.values(site.agents).flatMap(({ skills }) => Object.keys(skills)))];
  const names = texts(source, node, 'skills');
  for (const name of names) {
    if (known.includes(name)) continue;
    source.problem('skill.unknown', node, `No agent has the skill "${name}". Known are: ${known.join(', ')}.`);
  }
  return names;
}

function readArrivals(source: Source, name: string, at: Node, fields: Fields, day: Day): Arrivals | undefined {
  const given = ['per_hour', 'per_interval', 'at'].filter((key) => fields.has(key));
  if (given.length !== 1) {
    const message = `Traffic ${name} needs one of "per_hour", "per_interval" and "at", which say when contacts come.`;
    source.problem('key.missing', given.length > 1 ? fields.get(given[1]!) : at, message);
    return undefined;
  }
  if (fields.has('at')) return listed(source, fields.get('at'), day);
  if (fields.has('per_hour')) {
    const perHour = decimal(source, fields.get('per_hour'), 'per_hour', { min: 0, max: EXPECTED_MAX });
    const expected = ((perHour ?? 0) * (day.toMs - day.fromMs)) / HOUR_MS;
    return { kind: 'poisson', rates: [{ fromMs: day.fromMs, toMs: day.toMs, expected }] };
  }
  return { kind: 'poisson', rates: profile(source, fields, day) };
}

function profile(source: Source, fields: Fields, day: Day): Rate[] {
  const limits = { minMs: 60_000, maxMs: 24 * HOUR_MS };
  const stepMs =
    (fields.has('interval') ? durationMs(source, fields.get('interval'), 'interval', limits) : undefined) ?? HOUR_MS;
  const node = fields.get('per_interval');
  const places = Math.ceil((day.toMs - day.fromMs) / stepMs);
  const items = isSeq(node) ? source.list(node, 'per_interval') : [];
  if (items.length !== places) {
    const message = `per_interval needs ${places} numbers, one for each interval of the day, not ${items.length}.`;
    source.problem('value.range', node, message);
    return [];
  }
  return items.map((item, place) => ({
    fromMs: day.fromMs + place * stepMs,
    toMs: day.fromMs + (place + 1) * stepMs,
    expected: decimal(source, item, 'Each of per_interval', { min: 0, max: EXPECTED_MAX }) ?? 0,
  }));
}

function listed(source: Source, node: Node | null | undefined, day: Day): Arrivals {
  const moments = source.list(node, 'at').map((item) => {
    const ofDay = timeOfDayMs(source, item, 'Each of at');
    return ofDay === undefined ? Number.NaN : day.midnightMs + ofDay;
  });
  if (moments.some((atMs) => atMs < day.fromMs || atMs >= day.toMs)) {
    source.problem('value.range', node, 'Every moment of at must lie between "from" and "to" of the scenario.');
  }
  return { kind: 'listed', atMs: moments.sort((a, b) => a - b) };
}
