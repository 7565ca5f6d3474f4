import type { Prompt } from '../../../prompt.ts';
import { defaulted, emptyOf, type ObjectOf, object, optional, required } from '../../../shape/object.ts';
import { LANGUAGE, PROMPT } from '../../../shape/prompt.ts';
import { reference } from '../../../shape/reference.ts';
import { choice, duration, text, wholeNumber } from '../../../shape/scalars.ts';
import { template } from '../../../shape/template.ts';
import { YES_NO } from '../../../shape/yes-no.ts';
import { QUEUE_OR_AGENT } from '../queue-shapes.ts';
import {
  ACCEPTED,
  ACCEPTED_FOR_SLOT,
  ASK_NUMBER,
  CONFIRM,
  NUMBER_UNUSABLE,
  OFFER,
  OTHER_SLOTS,
  SLOT,
} from './texts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MODES = ['keep_place', 'schedule'] as const;
const FIRST = ['agent', 'customer'] as const;
const DUPLICATES = ['refuse', 'replace', 'keep_both'] as const;

/** What a callback step was given; times in ms. Texts may hold expressions where it is said. */
export type CallbackParameters = {
  /** Id of a queue, or `@` and an agent's id; with expressions. */
  readonly queue: string;
  readonly mode: (typeof MODES)[number];
  readonly offer: boolean;
  /** With expressions; empty: the caller's own. */
  readonly number: string;
  readonly confirmNumber: boolean;
  readonly slots: Slots;
  /** Calling hours; undefined: those of the queue. */
  readonly calendar: string | undefined;
  readonly delayMs: number;
  readonly first: (typeof FIRST)[number];
  readonly detectMachine: boolean;
  /** The flow that speaks to a machine; undefined: none. */
  readonly onMachine: string | undefined;
  /** The flow before the agent; undefined: none. */
  readonly flow: string | undefined;
  readonly attempts: number;
  readonly retryMs: number;
  readonly ringMs: number;
  readonly expiresMs: number;
  readonly duplicates: (typeof DUPLICATES)[number];
  /** Undefined: the one that the customer had in the queue. */
  readonly priority: number | undefined;
  readonly callerId: string | undefined;
  readonly language: string | undefined;
  /** What the agent hears before the customer. */
  readonly whisper: Prompt;
  readonly prompts: CallbackPrompts;
};

export type Slots = {
  readonly calendar: string | undefined;
  readonly windowMs: number;
  readonly stepMs: number;
  readonly perSlot: number;
  readonly leadMs: number;
  readonly timeZone: string | undefined;
};

export type CallbackPrompts = {
  readonly offer: Prompt;
  readonly number: Prompt;
  readonly unusable: Prompt;
  readonly confirm: Prompt;
  readonly slot: Prompt;
  readonly otherSlots: Prompt;
  readonly accepted: Prompt;
};

const SLOT_FIELDS = {
  calendar: optional(reference('calendar'), 'Only while this calendar is open; the calling hours when left out.'),
  window: defaulted(duration({ minMs: HOUR_MS, maxMs: 30 * DAY_MS }), 7 * DAY_MS, 'How far ahead.'),
  step: defaulted(duration({ minMs: 5 * MINUTE_MS, maxMs: DAY_MS }), 30 * MINUTE_MS, 'From one slot to the next.'),
  per_slot: defaulted(wholeNumber({ min: 1, max: 10_000 }), 5, 'How many callbacks of the queue one slot takes.'),
  lead: defaulted(duration({ minMs: 0, maxMs: 7 * DAY_MS }), 15 * MINUTE_MS, 'The first slot is no sooner than this.'),
  time_zone: optional(text(), "Zone of the times that are told, as an IANA name; the site's when left out."),
};
const SLOTS = object(SLOT_FIELDS);
const OWN = 'words of our own when left out.';
const PROMPT_FIELDS = {
  offer: optional(PROMPT, `Offers the callback: 1 is yes, 2 is no; ${OWN}`),
  number: optional(PROMPT, `Asks for the number; ${OWN}`),
  unusable: optional(PROMPT, `Says that a number cannot be called; ${OWN}`),
  confirm: optional(
    PROMPT,
    `Reads \`\${{ callback.number }}\` back: 1 is right, 2 is another number, 3 is no callback; ${OWN}`,
  ),
  slot: optional(PROMPT, `Offers one slot: \`\${{ callback.time }}\` and \`\${{ callback.key }}\`, 1 to 3; ${OWN}`),
  other_slots: optional(PROMPT, `After the slots: 8 is later ones, 9 is no callback; ${OWN}`),
  accepted: optional(PROMPT, `Says that somebody will call; \`\${{ callback.time }}\` is the slot; ${OWN}`),
};
const PROMPTS = object(PROMPT_FIELDS);

export const CALLBACK_FIELDS = {
  queue: required(
    QUEUE_OR_AGENT,
    'Id of the queue whose agents call; or `@` and the id of an agent, in quotes, who owns the callback: `"@anna"`. May be an expression.',
    '',
  ),
  mode: defaulted(
    choice(MODES),
    'keep_place',
    'When it is their turn, in the place that they had in the queue; or at a time that they choose.',
  ),
  offer: defaulted(
    YES_NO,
    true,
    'Whether they are asked first. With false they have asked for it already, as by a key.',
  ),
  number: defaulted(template('kept'), '', "Where they are called; the caller's own number when left out."),
  confirm_number: defaulted(YES_NO, true, 'Whether the number is read back and may be changed.'),
  slots: defaulted(SLOTS, emptyOf(SLOT_FIELDS), 'Beside schedule: which times are offered.', {}),
  calendar: optional(
    reference('calendar'),
    "Calling hours: nobody is called while it is closed. The queue's when left out.",
  ),
  delay: defaulted(duration({ minMs: 0, maxMs: 30 * DAY_MS }), 0, 'Not sooner than this.'),
  first: defaulted(
    choice(FIRST),
    'agent',
    'Who is called first. With customer an agent is reserved and rung when the customer has answered.',
  ),
  detect_machine: defaulted(
    YES_NO,
    false,
    'Whether an answering machine is told from a person, and called again later.',
  ),
  on_machine: optional(
    reference('flow'),
    'A flow that speaks to an answering machine when its greeting is over; then nobody calls again. Turns detect_machine on.',
  ),
  flow: optional(
    reference('flow'),
    'Beside `first: customer`: a flow that they go through when they have answered. Its queue step brings them to an agent.',
  ),
  attempts: defaulted(wholeNumber({ min: 1, max: 10 }), 3, 'How often they are called when they do not answer.'),
  retry_delay: defaulted(
    duration({ minMs: MINUTE_MS, maxMs: DAY_MS }),
    15 * MINUTE_MS,
    'From the end of one attempt to the next.',
  ),
  ring: defaulted(duration({ minMs: 5_000, maxMs: 120_000 }), 30_000, 'How long their phone rings.'),
  expires: defaulted(
    duration({ minMs: HOUR_MS, maxMs: 30 * DAY_MS }),
    DAY_MS,
    'After which it is given up; it counts from a chosen slot.',
  ),
  duplicate_policy: defaulted(
    choice(DUPLICATES),
    'refuse',
    'What becomes of a second wish for the same number and queue.',
  ),
  priority: optional(
    wholeNumber({ min: -1000, max: 1000 }),
    'Their priority in the queue; the one that they had when left out.',
  ),
  caller_id: optional(text(), "The number that is shown; by the site's rules when left out."),
  language: optional(LANGUAGE, "Language of the callback; the customer's when left out."),
  whisper: defaulted(PROMPT, [], 'What the agent hears before the customer.', []),
  prompts: defaulted(PROMPTS, emptyOf(PROMPT_FIELDS), 'Words of your own.', {}),
};

export function callbackParametersOf(written: ObjectOf<typeof CALLBACK_FIELDS>): CallbackParameters {
  const { slots, prompts } = written;
  return {
    queue: written.queue,
    mode: written.mode,
    offer: written.offer,
    number: written.number,
    confirmNumber: written.confirm_number,
    slots: {
      calendar: slots.calendar,
      windowMs: slots.window,
      stepMs: slots.step,
      perSlot: slots.per_slot,
      leadMs: slots.lead,
      timeZone: slots.time_zone,
    },
    calendar: written.calendar,
    delayMs: written.delay,
    first: written.first,
    detectMachine: written.detect_machine || written.on_machine !== undefined,
    onMachine: written.on_machine,
    flow: written.flow,
    attempts: written.attempts,
    retryMs: written.retry_delay,
    ringMs: written.ring,
    expiresMs: written.expires,
    duplicates: written.duplicate_policy,
    priority: written.priority,
    callerId: written.caller_id,
    language: written.language,
    whisper: written.whisper,
    prompts: {
      offer: prompts.offer ?? OFFER,
      number: prompts.number ?? ASK_NUMBER,
      unusable: prompts.unusable ?? NUMBER_UNUSABLE,
      confirm: prompts.confirm ?? CONFIRM,
      slot: prompts.slot ?? SLOT,
      otherSlots: prompts.other_slots ?? OTHER_SLOTS,
      accepted: prompts.accepted ?? (written.mode === 'schedule' ? ACCEPTED_FOR_SLOT : ACCEPTED),
    },
  };
}
