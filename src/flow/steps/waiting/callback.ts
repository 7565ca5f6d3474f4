import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { reference } from '../../shape/reference.ts';
import { choice, duration, text, wholeNumber } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

const DAY_MS = 24 * 3_600_000;
const SLOTS = object({
  calendar: optional(reference('calendar'), 'Only while this calendar is open.'),
  window: defaulted(duration({ minMs: 3_600_000, maxMs: 30 * DAY_MS }), 7 * DAY_MS, 'How far ahead.'),
  step: defaulted(duration({ minMs: 300_000, maxMs: DAY_MS }), 1_800_000, 'From one slot to the next.'),
  time_zone: optional(text(), "Zone of the times that are told; the site's when left out."),
});
const PROMPTS = object({
  offer: defaulted(PROMPT, [], 'Offers the callback.'),
  number: defaulted(PROMPT, [], 'Asks for the number.'),
  confirm: defaulted(PROMPT, [], 'Reads the number back.'),
  accepted: defaulted(PROMPT, [], 'Says that somebody will call.'),
});
const NO_PROMPTS = { offer: [], number: [], confirm: [], accepted: [] };

/** Lets the customer hang up and be called when it is their turn, or at a time of their choice. */
export const callback = stepKind({
  ...notBuilt('Customers cannot be called back yet'),
  type: 'callback',
  summary: 'Lets the customer hang up and be called back.',
  fields: {
    queue: required(reference('queue'), 'Id of the queue whose agents call.', ''),
    mode: defaulted(
      choice(['keep_place', 'schedule']),
      'keep_place',
      'When it is their turn, or at a time they choose.',
    ),
    number: defaulted(template('kept'), '', "Where they are called; the caller's own number when left out."),
    confirm_number: defaulted(YES_NO, true, 'Whether the number is read back and may be corrected.'),
    slots: optional(SLOTS, 'Beside schedule: which times are offered.'),
    delay: defaulted(duration({ minMs: 0, maxMs: 30 * DAY_MS }), 0, 'Not sooner than this.'),
    attempts: defaulted(wholeNumber({ min: 1, max: 10 }), 3, 'How often they are called when they do not answer.'),
    retry_delay: defaulted(duration({ minMs: 60_000, maxMs: DAY_MS }), 900_000, 'From one attempt to the next.'),
    expires: defaulted(duration({ minMs: 3_600_000, maxMs: 30 * DAY_MS }), DAY_MS, 'After which it is given up.'),
    duplicate_policy: defaulted(
      choice(['refuse', 'replace', 'keep_both']),
      'refuse',
      'What becomes of a second wish from the same number.',
    ),
    prompts: defaulted(PROMPTS, NO_PROMPTS, 'Words of your own.', {}),
  },
  answers: true,
  needsCustomer: true,
  outcomes: () => ['accepted', 'declined', 'invalid_number', 'not_allowed', 'duplicate'],
});
