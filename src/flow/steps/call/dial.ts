import { byKind } from '../../shape/by-kind.ts';
import { PHONE_KEY } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { mapOf } from '../../shape/map-of.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { reference } from '../../shape/reference.ts';
import { choice, duration, wordOr } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';
import { MUSIC_CLASS } from './wait.ts';

const TARGETS_MAX = 20;
const RING = { minMs: 1000, maxMs: 300_000 };
const TALK = { minMs: 1000, maxMs: 24 * 3_600_000 };
const SENT = template('sent');

const TARGET = byKind({
  scalar: SENT,
  map: object({
    number: optional(SENT, 'A number of the public network.'),
    sip: optional(SENT, 'A SIP address.'),
    agent: optional(reference('agent'), 'An agent.'),
    extension: optional(SENT, 'An extension of the site.'),
  }),
});
const HEADERS = mapOf(
  {
    pattern: /^X-[A-Za-z0-9-]{1,60}$/,
    asked: 'a header of your own begins with X-',
    entry: (key) => `The header ${key}`,
    max: 20,
  },
  SENT,
);
const ANSWER_CONFIRM = object({
  prompt: required(PROMPT, 'What who answers hears.', []),
  key: defaulted(PHONE_KEY, '1', 'The key that takes the call.'),
});

/** Dials out and connects the caller with who answers. */
export const dial = stepKind({
  ...notBuilt('Flows cannot dial out yet'),
  type: 'dial',
  summary: 'Dials out and connects the caller with who answers.',
  fields: {
    to: required(listOrOne(TARGET, TARGETS_MAX), 'Numbers, or maps of number, sip, agent or extension.', []),
    order: defaulted(choice(['parallel', 'serial']), 'parallel', 'All at once, or one after the other.'),
    caller_id: optional(SENT, 'The number that is shown.'),
    timeout: defaulted(duration(RING), 30_000, 'How long it rings.'),
    time_limit: optional(duration(TALK), 'How long they may talk.'),
    ringback: defaulted(wordOr(['tone'], MUSIC_CLASS), 'tone', 'What the caller hears: tone, or a class of music.'),
    answer_confirm: optional(ANSWER_CONFIRM, 'Who answers presses a key first, so that no mailbox takes the call.'),
    whisper: defaulted(PROMPT, [], 'What who answers hears before the caller.'),
    record: defaulted(YES_NO, false, 'Whether the call is recorded.'),
    headers: defaulted(HEADERS, {}, 'SIP headers that go with it.'),
    on_answer: optional(reference('flow'), 'A flow for who answers.'),
  },
  answers: false,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['completed', 'busy', 'no_answer', 'declined', 'unavailable', 'failed', 'cancelled'],
});
