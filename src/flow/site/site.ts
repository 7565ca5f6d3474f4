import type { Site } from '../../model/site.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, object, type ValueOf } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import { AGENT, agentOf, TEAM, teamOf } from './agent.ts';
import { CALENDAR, calendarOf, TIME_ZONE } from './calendar.ts';
import { CAPACITY, capacityOf, DEFAULT_CAPACITY } from './capacity.ts';
import { AGENTS_MAX, ids, QUEUES_MAX, WORD_TEXT } from './names.ts';
import { NUMBERS } from './numbers.ts';
import { DEFAULT_CODES, FEATURE_CODES, PAUSE_REASONS } from './phone-codes.ts';
import { PLAIN_QUEUE, QUEUE, queueOf } from './queue.ts';

/** Everything that may stand in site.yaml. */
export const SITE = object({
  site: defaulted(text(), 'Strowger', 'Name of the site.'),
  language: defaulted(text(), 'en', 'Language of prompts that name none, such as en or de-AT.'),
  time_zone: defaulted(TIME_ZONE, 'UTC', 'Time zone of calendars that name none, as an IANA name.'),
  numbers: defaulted(NUMBERS, [], 'Which number leads to which flow.', {}),
  calendars: defaulted(mapOf(ids('Calendar'), CALENDAR), {}, 'When something is open, by id.'),
  teams: defaulted(mapOf(ids('Team'), TEAM), {}, 'Teams of agents, by id.'),
  capacities: defaulted(mapOf(ids('Capacity'), CAPACITY), {}, 'How much an agent can do at once, by id.'),
  labels: defaulted(
    listOrOne(WORD_TEXT),
    [],
    'Names by which flows tell contacts of one channel apart, besides those under capacities.',
  ),
  queues: defaulted(mapOf(ids('Queue', QUEUES_MAX), QUEUE), {}, 'The queues, by id.'),
  direct_queue: defaulted(
    QUEUE,
    PLAIN_QUEUE,
    'The pattern of the queue that every agent has alone, `@anna` for anna.',
    {},
  ),
  agents: defaulted(mapOf(ids('Agent', AGENTS_MAX), AGENT), {}, 'The agents, by id.'),
  feature_codes: defaulted(FEATURE_CODES, DEFAULT_CODES, 'What agents dial to log in, pause and so on.', {}),
  pause_reasons: defaulted(PAUSE_REASONS, {}, 'One digit after the pause code, and the reason that it stands for.'),
});
export type WrittenSite = ValueOf<typeof SITE>;

export function siteOf(found: WrittenSite): Site {
  const { teams } = found;
  return {
    name: found.site,
    language: found.language,
    numbers: found.numbers,
    calendars: each(found.calendars, (id, calendar) => calendarOf(id, calendar, found.time_zone)),
    capacities: { default: DEFAULT_CAPACITY, ...each(found.capacities, capacityOf) },
    teams: each(teams, teamOf),
    queues: each(found.queues, queueOf),
    directQueue: { ...queueOf('@', found.direct_queue), name: found.direct_queue.name ?? 'direct' },
    agents: each(found.agents, (id, agent) => {
      const team = agent.team !== undefined && Object.hasOwn(teams, agent.team) ? teams[agent.team] : undefined;
      return agentOf(id, agent, team);
    }),
    featureCodes: found.feature_codes,
    pauseReasons: found.pause_reasons,
  };
}

function each<A, B>(entries: Readonly<Record<string, A>>, to: (id: string, entry: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, to(id, entry)]));
}
