import { NO_NEEDS } from '../../model/needs.ts';
import { type NotAnswered, type NotAnsweredCause, ORDERS, type Queue, STRATEGIES } from '../../model/queue.ts';
import type { TranscribeRule } from '../../model/speech/transcription.ts';
import { byKind } from '../shape/by-kind.ts';
import { list, listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, emptyOf, type ObjectOf, object, optional, required } from '../shape/object.ts';
import { LANGUAGE } from '../shape/prompt.ts';
import { reference } from '../shape/reference.ts';
import { choice, duration, text, wholeNumber, wordOr, yes } from '../shape/scalars.ts';
import { checked, mapped, named, type Shape } from '../shape/shape.ts';
import { EXTENSION, ID_TEXT, ids } from './names.ts';
import { NEEDS_ASKED } from './needs.ts';
import { OVERFLOW_RULE } from './overflow.ts';
import { RECORDING } from './recording.ts';
import { RELAXATION_STEP } from './relaxation.ts';
import { ROUTING_RULE } from './routing-rule.ts';
import { WAIT } from './waiting.ts';
import { NO_WRAP_UP, WRAP_UP } from './wrap-up.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MAX = 100;

/** Not less than a second: an agent whose phone rejects at once would be rung without end. */
const REST = duration({ minMs: 1000, maxMs: HOUR_MS });
const RING = duration({ minMs: 1000, maxMs: HOUR_MS });

/** `pause`, `log_out`, or for how long the agent is left alone. */
const AFTER_OFFER: Shape<NotAnswered> = mapped(
  wordOr(['pause', 'log_out'] as const, REST),
  (action): NotAnswered => (typeof action === 'number' ? { action: 'rest', restMs: action } : { action }),
);

const NOT_ANSWERED = object({
  no_answer: optional(
    AFTER_OFFER,
    'The phone rang until the offer was taken back; left out, as `after_no_answer` says.',
  ),
  busy: optional(AFTER_OFFER, 'The phone was busy; this and those below: left out, the agent rests.'),
  rejected: optional(AFTER_OFFER, 'The agent rejected it.'),
  unavailable: optional(AFTER_OFFER, 'The phone could not be reached.'),
  failed: optional(AFTER_OFFER, 'Something broke on the way.'),
});

const LAST_AGENT = object({
  keep: defaulted(duration({ minMs: MINUTE_MS, maxMs: 366 * DAY_MS }), 30 * DAY_MS, 'How long it is remembered.'),
  hold: defaulted(
    duration({ minMs: 1000, maxMs: 7 * DAY_MS }),
    MINUTE_MS / 2,
    'How long the item is kept for that agent alone.',
  ),
});

const ESCALATION = object({
  after: required(wholeNumber({ min: 1, max: 100 }), 'So many contacts with agents of `from` without an end.', 1),
  from: required(listOrOne(ID_TEXT), 'Teams whose contacts count.', []),
  to: required(listOrOne(ID_TEXT), 'Only agents of these teams from then on.', []),
});

/** `true`, or a map with the language in which its talks are written down. */
const TRANSCRIBE: Shape<TranscribeRule> = byKind({
  scalar: mapped(yes, (): TranscribeRule => ({ language: null })),
  map: mapped(
    object({ language: required(LANGUAGE, 'Language of its talks, such as en or de-AT.', 'en') }),
    ({ language }): TranscribeRule => ({ language }),
  ),
});

const FIELDS = {
  name: optional(text(), 'For people; the id when left out.'),
  strategy: defaulted(choice(STRATEGIES), 'longest_idle', 'How the agent is chosen among those who are free.'),
  order: defaulted(choice(ORDERS), 'priority', 'How the item is chosen among those that wait.'),
  ageing: defaulted(
    wordOr(['never'] as const, duration({ minMs: 1000, maxMs: DAY_MS })),
    MINUTE_MS,
    'How much waiting one point of priority is worth; never: a higher priority always goes first.',
  ),
  objective: optional(duration(WAIT), 'In how much time an item should be served; the service level when left out.'),
  skills: defaulted(NEEDS_ASKED, NO_NEEDS, 'What every item of this queue needs of its agent.', []),
  teams: optional(
    listOrOne(ID_TEXT),
    'Only agents of these teams, until a relaxation step widens it; all when left out.',
  ),
  shares: defaulted(
    mapOf(ids('The share of'), wholeNumber({ min: 0, max: 100 })),
    {},
    'Percent of the items that each team is to get, with strategy percent_allocation.',
  ),
  ring_next_after: defaulted(RING, 10_000, 'With ring_progressively: after how long one agent more is rung.'),
  answer_within: defaulted(RING, 20_000, 'How long an agent is rung before the item is offered to somebody else.'),
  after_no_answer: defaulted(
    choice(['pause', 'rest'] as const),
    'pause',
    'What becomes of an agent who let it ring: paused until ready again, or left alone for `rest`.',
  ),
  not_answered: defaulted(
    NOT_ANSWERED,
    { no_answer: undefined, busy: undefined, rejected: undefined, unavailable: undefined, failed: undefined },
    'What becomes of the agent, by the reason for which an offer failed: `pause`, `log_out`, or a time to rest.',
    {},
  ),
  misses_allowed: defaulted(
    wholeNumber({ min: 0, max: 100 }),
    0,
    'How often in a row an agent may let it ring and rest before what is said for no_answer applies.',
  ),
  rest: defaulted(REST, 10_000, 'How long an agent is left alone where nothing else is said.'),
  wrap_up: defaulted(WRAP_UP, NO_WRAP_UP, 'What an agent is left alone for after each contact: a time, or a map.'),
  last_agent: optional(LAST_AGENT, 'Who talked to the customer last is asked first; left out, that does not count.'),
  relaxation: defaulted(list(RELAXATION_STEP, STEPS_MAX), [], 'Steps by which the queue asks for less, in order.'),
  overflow: defaulted(
    list(OVERFLOW_RULE, STEPS_MAX),
    [],
    'When an item leaves the queue; the first rule that holds is taken.',
  ),
  rules: defaulted(list(ROUTING_RULE), [], 'Adjustments by what the item is; all that fit apply, in order.'),
  escalation: optional(ESCALATION, 'Who came often without an end goes to another team.'),
  calendar: optional(ID_TEXT, 'When the queue is open; always when left out.'),
  music: defaulted(reference('music'), 'default', 'Class of music that the waiting caller hears.'),
  service_level: defaulted(
    duration({ minMs: 1000, maxMs: DAY_MS }),
    20_000,
    'T of the service level "answered within T".',
  ),
  recording: optional(RECORDING, 'Of its talks; as the agent or the site says when left out.'),
  transcribe: optional(
    TRANSCRIBE,
    'Its talks are written down while they are talked: `true`, or a map with the language.',
  ),
  extension: optional(EXTENSION, 'What agents dial to ask it or to hand a customer to it.'),
};

/** A queue as it stands in the file. */
export type WrittenQueue = ObjectOf<typeof FIELDS>;
/** A queue of which the file says nothing. */
export const PLAIN_QUEUE: WrittenQueue = emptyOf(FIELDS);

export const QUEUE: Shape<WrittenQueue> = named(
  'queue',
  checked(object(FIELDS), (queue, tell, what) => {
    if (queue.not_answered.no_answer && queue.after_no_answer === 'rest') {
      const message = `${what} says twice what follows when nobody answers: after_no_answer and not_answered. Keep one.`;
      tell('key.conflict', ['after_no_answer'], message);
    }
    const shares = Object.values(queue.shares);
    const sum = shares.reduce((total, share) => total + share, 0);
    const allocates = queue.strategy === 'percent_allocation';
    if (allocates && shares.length === 0) {
      const message = `${what} needs "shares", such as {berlin: 70, partner: 30}, to allocate by percent.`;
      tell('key.missing', ['strategy'], message);
    } else if (!allocates && shares.length > 0) {
      tell('key.conflict', ['shares'], '"shares" has a meaning only with "strategy: percent_allocation".');
    } else if (allocates && sum !== 100) {
      tell('shares.sum', ['shares'], `The shares make ${sum} percent. Together they must make 100.`);
    }
    if (queue.strategy === 'ring_progressively' && queue.ring_next_after >= queue.answer_within) {
      const message =
        'ring_next_after must be shorter than answer_within, or nobody is ever rung beside the first agent.';
      tell('value.range', ['ring_next_after'], message);
    }
  }),
);

export function queueOf(id: string, found: WrittenQueue): Queue {
  const { rest: restMs, not_answered: given } = found;
  const rest: NotAnswered = { action: 'rest', restMs };
  const notAnswered: Record<NotAnsweredCause, NotAnswered> = {
    no_answer: given.no_answer ?? (found.after_no_answer === 'rest' ? rest : { action: 'pause' }),
    busy: given.busy ?? rest,
    rejected: given.rejected ?? rest,
    unavailable: given.unavailable ?? rest,
    failed: given.failed ?? rest,
  };
  return {
    id,
    name: found.name ?? id,
    strategy: found.strategy,
    order: found.order,
    ageingMs: found.ageing === 'never' ? null : found.ageing,
    objectiveMs: found.objective ?? found.service_level,
    needs: found.skills,
    teams: found.teams ?? null,
    shares: found.shares,
    ringNextAfterMs: found.ring_next_after,
    answerWithinMs: found.answer_within,
    notAnswered,
    missesAllowed: found.misses_allowed,
    restMs,
    wrapUp: found.wrap_up,
    lastAgent: found.last_agent ? { keepMs: found.last_agent.keep, holdMs: found.last_agent.hold } : null,
    relaxation: found.relaxation,
    overflow: found.overflow,
    rules: found.rules,
    escalation: found.escalation ?? null,
    calendar: found.calendar ?? null,
    music: found.music,
    serviceLevelMs: found.service_level,
    recording: found.recording ?? null,
    ...(found.transcribe === undefined ? {} : { transcribe: found.transcribe }),
    extension: found.extension ?? null,
  };
}
