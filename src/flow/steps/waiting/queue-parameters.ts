import { type Levels, type Needs, NO_NEEDS } from '../../../model/needs.ts';
import type { Values } from '../../../model/value.ts';
import type { Prompt } from '../../prompt.ts';
import { byKey } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, type ObjectOf, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { STEP } from '../../shape/reference.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { writtenValues } from '../../shape/written-value.ts';
import { WAIT } from '../../site/waiting.ts';
import { MUSIC_CLASS } from '../call/music-class.ts';
import { ANNOUNCEMENTS, type Announcements } from './announcements.ts';
import { AGENT_OR_EXPRESSION, LABEL, QUEUE_OR_AGENT, SKILLS, SKILLS_NAMED } from './queue-shapes.ts';
import { WHILE_WAITING, type WhileWaiting } from './while-waiting.ts';

/** What a queue step was given; texts may hold expressions where it is said. */
export type QueueParameters = {
  /** Id of a queue, or `@` and an agent's id; with expressions. */
  readonly queue: string;
  readonly priority: number;
  /** By name alone, at any level. */
  readonly skills: readonly string[];
  readonly needs: Needs;
  readonly label: string | undefined;
  /** By name; with expressions. */
  readonly attributes: Values;
  /** Ids; with expressions. */
  readonly preferredAgents: readonly string[];
  /** How long it is kept for these; undefined: HOLD_MS. */
  readonly holdMs: number | undefined;
  readonly serveWithinMs: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** Step by key of the telephone. */
  readonly exitKeys: Readonly<Record<string, string>>;
  readonly announcements: Announcements | undefined;
  /** Steps for those who are not let into the queue; `fullAt`: so many wait already. */
  readonly unless: {
    readonly fullAt: number | undefined;
    readonly full: string | undefined;
    readonly noAgents: string | undefined;
    readonly closed: string | undefined;
  };
  /** Class of music instead of the queue's. */
  readonly music: string | undefined;
  /** What the agent hears before the customer. */
  readonly whisper: Prompt;
  /** How long an agent is rung instead of the queue's time. */
  readonly answerWithinMs: number | undefined;
  readonly whileWaiting: WhileWaiting | undefined;
};

/** A contact that asks for nobody in particular and waits for ever. */
export const NOTHING_SPECIAL: Omit<QueueParameters, 'queue'> = {
  priority: 0,
  skills: [],
  needs: NO_NEEDS,
  label: undefined,
  attributes: {},
  preferredAgents: [],
  holdMs: undefined,
  serveWithinMs: undefined,
  maxWaitMs: undefined,
  exitKeys: {},
  announcements: undefined,
  unless: { fullAt: undefined, full: undefined, noAgents: undefined, closed: undefined },
  music: undefined,
  whisper: [],
  answerWithinMs: undefined,
  whileWaiting: undefined,
};

export const HOLD_MS = 30_000;
const RINGING = { minMs: 1000, maxMs: 3_600_000 };
const WAIT_OF_CALLER = { minMs: 1000, maxMs: 24 * 3_600_000 };
/** They go into one event, and into the class by which the dispatcher tells contacts apart. */
const ATTRIBUTES_MAX = 50;
const PREFERRED_AGENTS_MAX = 100;
const WAITING_MAX = 100_000;

const OVERFLOW = object({
  full_at: optional(wholeNumber({ min: 1, max: WAITING_MAX }), 'So many wait already: the queue is full.'),
  on_full: optional(STEP, 'The step for who finds the queue full.'),
  on_no_agents: optional(STEP, 'The step when nobody who serves the queue is in service.'),
  on_closed: optional(STEP, "The step when the queue's calendar is closed."),
});
const NO_OVERFLOW = { full_at: undefined, on_full: undefined, on_no_agents: undefined, on_closed: undefined };

export const QUEUE_FIELDS = {
  queue: required(
    QUEUE_OR_AGENT,
    'Id of a queue in site.yaml that some agent serves; or `@` and the id of an agent, in quotes, for that agent alone: `"@anna"`. May be an expression.',
    '',
  ),
  priority: defaulted(
    wholeNumber({ min: -1000, max: 1000 }),
    0,
    "Larger is served first; how much so, the queue's `ageing` says.",
  ),
  skills: defaulted(
    SKILLS,
    { skills: [], needs: NO_NEEDS },
    'What the agent must be able to do, written as the `skills` of a queue: names, or names and levels such as `{ german: 5 }`.',
    [],
  ),
  prefer: defaulted(SKILLS_NAMED, {}, 'Skills, with or without levels: who has more of these is asked first.', []),
  exclude: defaulted(SKILLS_NAMED, {}, 'Skills, with or without levels: nobody who has one of these.', []),
  label: optional(
    LABEL,
    'A name that tells such contacts from others of their channel, for capacities and the rules of queues; it stands in site.yaml.',
  ),
  attributes: defaulted(
    writtenValues('The attribute', 'kept', ATTRIBUTES_MAX),
    {},
    `Names and values, at most ${ATTRIBUTES_MAX}, that the rules of queues look at. Values may hold expressions.`,
  ),
  preferred_agents: defaulted(
    listOrOne(AGENT_OR_EXPRESSION, PREFERRED_AGENTS_MAX),
    [],
    'Ids of agents who serve the queue; only they are asked at first, the first of them first. May be expressions.',
    [],
  ),
  hold: optional(duration(WAIT_OF_CALLER), 'How long the contact is kept for `preferred_agents`; 30s when left out.'),
  serve_within: optional(
    duration(WAIT),
    "By when the contact should be served: it is ordered so that this time and the queue's `objective` end together.",
  ),
  max_wait: optional(
    duration(WAIT_OF_CALLER),
    "How long the customer waits at most, the ringing of an agent's phone included. For ever when left out.",
  ),
  exit_keys: defaulted(byKey(STEP), [], 'Keys by which the customer leaves the queue, and their steps.', {}),
  announcements: optional(ANNOUNCEMENTS, 'What is told while the customer waits.'),
  overflow: defaulted(OVERFLOW, NO_OVERFLOW, 'Steps for contacts that are not let into the queue.', {}),
  music: optional(MUSIC_CLASS, "Class of music instead of the queue's."),
  while_waiting: optional(WHILE_WAITING, 'A flow that runs while the customer waits: its id, or a map.'),
  whisper: defaulted(PROMPT, [], 'What the agent hears before the customer, who still hears music then.', []),
  agent_timeout: optional(duration(RINGING), "How long an agent is rung, instead of the queue's `answer_within`."),
};

export function queueParametersOf(written: ObjectOf<typeof QUEUE_FIELDS>): QueueParameters {
  const { full_at, on_full, on_no_agents, on_closed } = written.overflow;
  return {
    queue: written.queue,
    priority: written.priority,
    skills: written.skills.skills,
    needs: withPreferences(written.skills.needs, written.prefer, written.exclude),
    label: written.label,
    attributes: written.attributes,
    preferredAgents: written.preferred_agents,
    holdMs: written.hold,
    serveWithinMs: written.serve_within,
    maxWaitMs: written.max_wait,
    exitKeys: Object.fromEntries(written.exit_keys.map(({ key, value }) => [key, value])),
    announcements: written.announcements,
    unless: { fullAt: full_at, full: on_full, noAgents: on_no_agents, closed: on_closed },
    music: written.music,
    whisper: written.whisper,
    answerWithinMs: written.agent_timeout,
    whileWaiting: written.while_waiting,
  };
}

function withPreferences(needs: Needs, prefer: Levels, exclude: Levels): Needs {
  return {
    ...needs,
    preferred: { ...needs.preferred, ...prefer },
    excluded: { ...needs.excluded, ...exclude },
  };
}
