import { DEFAULT_CALL_CODES, DEFAULT_RECORDING, DEFAULT_SUPERVISION } from '../../model/call/defaults.ts';
import type { Site } from '../../model/site.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, emptyOf, object, optional, type ValueOf } from '../shape/object.ts';
import { LANGUAGE } from '../shape/prompt.ts';
import { reference } from '../shape/reference.ts';
import { text } from '../shape/scalars.ts';
import { AGENT, agentOf, TEAM, teamOf } from './agent.ts';
import { CALENDAR, calendarOf, TIME_ZONE } from './calendar.ts';
import { CALL_CODES } from './call-codes.ts';
import { CAPACITY, capacityOf, DEFAULT_CAPACITY } from './capacity.ts';
import { HTTP_FIELDS, HTTP_RULES } from './http.ts';
import { MUSIC, musicOf } from './music.ts';
import { AGENTS_MAX, ids, QUEUES_MAX, WORD_TEXT } from './names.ts';
import { NUMBERS } from './numbers.ts';
import { NOTHING_OUTGOING, OUTGOING, outgoingOf } from './outgoing.ts';
import { DEFAULT_CODES, FEATURE_CODES, PAUSE_REASONS } from './phone-codes.ts';
import { PLAIN_QUEUE, QUEUE, queueOf } from './queue.ts';
import { RECORDING } from './recording.ts';
import { SPEECH_SITE } from './speech.ts';
import { SUPERVISION } from './supervision.ts';
import { TRUNK, TRUNK_IDS, trunkOf } from './trunk.ts';

const MUSIC_MAX = 1000;

/** Everything that may stand in site.yaml. */
export const SITE = object({
  site: defaulted(text(), 'Strowger', 'Name of the site.'),
  language: defaulted(text(), 'en', 'Language of prompts that name none, such as en or de-AT.'),
  languages: defaulted(listOrOne(LANGUAGE, 100), [], 'All languages that flows may choose, besides `language`.'),
  on_no_input: optional(
    reference('flow'),
    'The flow that goes on when nothing was entered and neither step nor flow says where.',
  ),
  on_no_match: optional(reference('flow'), 'The same when nothing that fits was entered.'),
  on_error: optional(reference('flow'), 'The same for errors.'),
  on_hangup: optional(reference('flow'), 'The flow that goes on, without speaking, when a customer has left.'),
  time_zone: defaulted(
    TIME_ZONE,
    'UTC',
    'Time zone of times that are told, and of calendars that name none, as an IANA name.',
  ),
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
  http: defaulted(HTTP_RULES, emptyOf(HTTP_FIELDS), 'What flows may ask over HTTP.', {}),
  trunks: defaulted(mapOf(TRUNK_IDS, TRUNK), {}, 'Ways to the telephone network, by id.'),
  outgoing: defaulted(OUTGOING, NOTHING_OUTGOING, 'What may be dialled to the outside, and by which trunks.', {}),
  music: defaulted(mapOf(ids('Music', MUSIC_MAX), MUSIC), {}, 'Classes of music for those who wait, by id.'),
  recording: defaulted(RECORDING, DEFAULT_RECORDING, 'Of talks whose queue and agent say nothing.', {
    record: 'demand',
    keep: '90d',
  }),
  call_codes: defaulted(CALL_CODES, DEFAULT_CALL_CODES, 'What agents press during a call.', {}),
  supervision: defaulted(SUPERVISION, DEFAULT_SUPERVISION, 'How supervisors listen to talks.', {}),
  speech: optional(SPEECH_SITE, 'Which engines speak and hear; those on this machine alone when left out.'),
  emergency_flow: optional(
    reference('flow'),
    'The flow that takes all calls in an emergency, where none is named then.',
  ),
});
export type WrittenSite = ValueOf<typeof SITE>;

export function siteOf(found: WrittenSite): Site {
  const { teams } = found;
  return {
    name: found.site,
    language: found.language,
    languages: [...new Set([found.language, ...found.languages])],
    timeZone: found.time_zone,
    on: {
      ...(found.on_no_input === undefined ? {} : { no_input: found.on_no_input }),
      ...(found.on_no_match === undefined ? {} : { no_match: found.on_no_match }),
      ...(found.on_error === undefined ? {} : { error: found.on_error }),
    },
    ...(found.on_hangup === undefined ? {} : { onHangup: found.on_hangup }),
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
    http: found.http,
    trunks: each(found.trunks, trunkOf),
    outgoing: outgoingOf(found.outgoing),
    music: each(found.music, musicOf),
    recording: found.recording,
    callCodes: found.call_codes,
    supervision: found.supervision,
    ...(found.speech === undefined ? {} : { speech: found.speech }),
    ...(found.emergency_flow === undefined ? {} : { emergencyFlow: found.emergency_flow }),
  };
}

function each<A, B>(entries: Readonly<Record<string, A>>, to: (id: string, entry: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, to(id, entry)]));
}
