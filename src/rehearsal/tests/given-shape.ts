import { byKind } from '../../flow/shape/by-kind.ts';
import { listOrOne } from '../../flow/shape/list.ts';
import { type KeyRule, mapOf } from '../../flow/shape/map-of.ts';
import { defaulted, type ObjectOf, object, optional } from '../../flow/shape/object.ts';
import { LANGUAGE } from '../../flow/shape/prompt.ts';
import { choice, duration, text, wholeNumber, wordOr } from '../../flow/shape/scalars.ts';
import { mapped, type Shape } from '../../flow/shape/shape.ts';
import { VALUE } from '../../flow/shape/value.ts';
import { DOORS } from '../../model/channel.ts';
import type { FlowValue } from '../../model/event.ts';
import type { GivenAnswer, QueueFigures } from '../given.ts';
import { isMoment } from '../moment.ts';

const DAY_MS = 86_400_000;
const ENTRIES_MAX = 500;
/** A number of agents or contacts. */
const COUNT = wholeNumber({ min: 0, max: 100_000 });
const SPAN = duration({ minMs: 0, maxMs: 7 * DAY_MS });

/** Map keys of any kind; whether what they name is there is looked at when all is read. */
export function anyName(entry: string): KeyRule {
  return {
    pattern: /^\S(.{0,198}\S)?$/,
    asked: 'a name has 1 to 200 characters and no blank at its ends',
    entry: (key) => `${entry} ${key}`,
    max: ENTRIES_MAX,
  };
}

export function variables(entry: string): KeyRule {
  return {
    pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    asked: 'a name has letters, digits and _, no digit first, and at most 64 of them',
    entry: (key) => `${entry} ${key}`,
    max: ENTRIES_MAX,
  };
}

const MOMENT: Shape<string> = {
  ...text(),
  read: (source, node, what) => {
    const written = text().read(source, node, what);
    if (written === undefined || isMoment(written)) return written;
    const message = `${what} must be a moment such as 2026-12-01T10:00:00, or with a zone 2026-12-01T10:00:00+01:00, not "${written}".`;
    source.problem('value.type', node, message);
    return undefined;
  },
};

/** A text, a number, yes or no. */
const SINGLE: Shape<FlowValue> = byKind({ scalar: mapped(VALUE, (value) => (value ?? '') as FlowValue) });

const FIGURES: Shape<QueueFigures> = mapped(
  object({
    agents_ready: optional(COUNT, 'Agents of the queue who could take a contact now.'),
    agents_in_service: optional(COUNT, 'Agents of the queue who are in service.'),
    waiting: optional(COUNT, 'Others who wait; the contact itself stands behind them.'),
    longest_wait: optional(SPAN, 'How long the first of them waits.'),
    estimated_wait: optional(SPAN, 'What somebody who comes now would wait.'),
  }),
  (written) => {
    const figures = {
      agentsReady: written.agents_ready,
      agentsInService: written.agents_in_service,
      waiting: written.waiting,
      longestWaitMs: written.longest_wait,
      estimatedWaitMs: written.estimated_wait,
    };
    return Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined));
  },
);

const STATUS = wholeNumber({ min: 100, max: 599 });
const FAILURES = ['timeout', 'network', 'forbidden', 'too_large', 'invalid', 'busy'] as const;

const ANSWER: Shape<GivenAnswer> = byKind({
  scalar: mapped(
    wordOr(FAILURES, STATUS),
    (answer): GivenAnswer =>
      typeof answer === 'number' ? { status: answer, headers: {}, body: null } : { failed: `web.${answer}` },
  ),
  map: mapped(
    object({
      status: defaulted(STATUS, 200, 'The status of the answer.'),
      headers: defaulted(mapOf(anyName('Header'), text()), {}, 'Its headers.'),
      body: optional(VALUE, 'Its body: a map or a list is JSON.'),
      fail: optional(choice(FAILURES), 'In the place of all of these: nothing comes back, for this reason.'),
      after: optional(SPAN, 'How long the answer takes.'),
    }),
    ({ status, headers, body = null, fail, after }): GivenAnswer => ({
      ...(fail === undefined ? { status, headers, body } : { failed: `web.${fail}` as const }),
      ...(after === undefined ? {} : { afterMs: after }),
    }),
  ),
});
const ANSWERS_MAX = 100;

/** What the world is like in a test; all of it may be left out. */
export const GIVEN_FIELDS = {
  time: optional(MOMENT, "When the contact comes; by the site's clock where no zone is written."),
  contact: optional(
    text({ pattern: /^[A-Za-z0-9-]{1,64}$/, asked: 'the id of a contact has letters, digits and -' }),
    'The id of the contact: another one draws other branches of split steps.',
  ),
  channel: optional(choice(DOORS), 'The door by which it comes.'),
  from: optional(text(), 'The number of the caller, or the name of a guest in a chat.'),
  to: optional(text(), 'The number that was dialled. Whatever it is, the contact begins in the flow of the file.'),
  language: optional(LANGUAGE, "The language that the customer's program asked for."),
  given: optional(mapOf(variables('The field'), SINGLE), 'What the door was told about the customer, as `given.NAME`.'),
  vars: optional(
    mapOf(variables('The variable'), VALUE),
    'Variables that the flow begins with, as from a calling flow.',
  ),
  calendars: optional(
    mapOf(anyName('Calendar'), choice(['open', 'closed'] as const)),
    'Calendars that are opened or closed by hand; the others go by the time.',
  ),
  agents: optional(listOrOne(text(), ENTRIES_MAX), 'Agents who are logged in, with phones that work.'),
  queues: optional(
    mapOf(anyName('Queue'), FIGURES),
    'What flows are told of queues, in the place of how they stand in the test.',
  ),
  do_not_call: optional(listOrOne(text(), ENTRIES_MAX), 'Numbers that may not be called.'),
  callbacks: optional(
    mapOf(anyName('The callback to'), text()),
    'Numbers that are to be called back already, with the queue whose agents call.',
  ),
  http: optional(
    mapOf(anyName('The answer to'), listOrOne(ANSWER, ANSWERS_MAX)),
    'What other systems answer, by step, by flow/step, or by the beginning of the address; of several the last is repeated.',
  ),
};
export type WrittenGiven = ObjectOf<typeof GIVEN_FIELDS>;
export const GIVEN = object(GIVEN_FIELDS);

/** What a test says stands before what its file says; maps are put together. */
export function together(file: WrittenGiven | undefined, test: WrittenGiven | undefined): WrittenGiven {
  if (!file || !test) return { ...EMPTY, ...(file ?? test) };
  const written = Object.fromEntries(Object.entries(test).filter(([, value]) => value !== undefined));
  const maps = (['given', 'vars', 'calendars', 'queues', 'callbacks', 'http'] as const).map((key) => [
    key,
    { ...file[key], ...test[key] },
  ]);
  return { ...file, ...written, ...Object.fromEntries(maps) } as WrittenGiven;
}

const EMPTY = Object.fromEntries(Object.keys(GIVEN_FIELDS).map((key) => [key, undefined])) as WrittenGiven;
