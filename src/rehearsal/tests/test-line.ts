import { isMap, isScalar } from 'yaml';
import { byKind } from '../../flow/shape/by-kind.ts';
import { decimal } from '../../flow/shape/decimal.ts';
import { PHONE_KEY } from '../../flow/shape/keys.ts';
import { listOrOne } from '../../flow/shape/list.ts';
import { type ObjectOf, object, optional } from '../../flow/shape/object.ts';
import { choice, duration, text, wordOr, yes } from '../../flow/shape/scalars.ts';
import { mapped, type Shape } from '../../flow/shape/shape.ts';
import { VERDICTS } from '../../model/call/leg.ts';
import type { Action } from '../action.ts';
import { DIAL_WORDS, type DialWord } from '../far-end.ts';
import { MATCHER, type Matcher } from './matcher.ts';

/** One line of `do`: what somebody does, or what is to be heard by then. */
export type TestLine = Action | { readonly do: 'expect' | 'expect_not'; readonly texts: readonly Matcher[] };

const SPAN = duration({ minMs: 0, maxMs: 30 * 86_400_000 });
const TEXTS_MAX = 20;
const TEXTS = listOrOne(MATCHER, TEXTS_MAX);
const KEYS = text({
  pattern: /^[0-9*#]{1,64}$|^(star|hash|pound)$/,
  asked: 'keys are 0 to 9, star (or "*"), hash (or "#")',
});
const DIALLED: Shape<DialWord | `key ${string}`> = byKind({
  scalar: mapped(
    wordOr(DIAL_WORDS, PHONE_KEY),
    (word) => (DIAL_WORDS.find((known) => known === word) ?? `key ${word}`) as DialWord | `key ${string}`,
  ),
});
const LEFT_ROOM = ['left', 'ended', 'full'] as const;
const FIELDS = {
  expect: optional(TEXTS, 'Words that the customer hears or reads next, as part of the text, or a /pattern/.'),
  expect_not: optional(TEXTS, 'Words that the customer must not hear since the line before.'),
  press: optional(KEYS, 'Keys of the telephone; in a chat a choice that is clicked.'),
  say: optional(text(), 'Words that are spoken; in a chat they are written.'),
  confidence: optional(decimal({ min: 0, max: 1 }), 'Beside say: how sure speech recognition is; 1 when left out.'),
  reply: optional(text(), 'Words that are written in a chat.'),
  silence: optional(
    SPAN,
    'Nothing is entered for so long after the prompt. As a word alone: until the flow reacts to it.',
  ),
  wait: optional(SPAN, 'So much time passes, from this moment.'),
  hangup: optional(yes, 'The customer hangs up, or leaves the chat. A word alone will do.'),
  dial: optional(
    DIALLED,
    'What becomes of the first who is dialled: answered, busy, no_answer, declined, unavailable, failed. Of who answered: ends (hangs up), or a key that is pressed.',
  ),
  recorded: optional(SPAN, 'The customer speaks for so long where a message is recorded, and then falls silent.'),
  machine: optional(choice(VERDICTS), 'What the machine detector says.'),
  room: optional(choice(LEFT_ROOM), 'How the customer comes out of the conference.'),
  answer: optional(text(), 'This agent answers.'),
  reject: optional(text(), 'This agent refuses the contact while it rings.'),
  end: optional(text(), 'This agent ends the talk.'),
  log_in: optional(text(), 'This agent logs in.'),
  log_out: optional(text(), 'This agent logs out.'),
  barge_in: optional(yes, 'Beside press, say, reply and hangup: at once, without hearing the prompt to its end.'),
};
const LINE = object(FIELDS);
const BESIDE: readonly string[] = ['confidence', 'barge_in'];
const DOINGS = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((key) => !BESIDE.includes(key));
/** Doings that a word alone names. */
const WORDS = { silence: { do: 'silence', ms: null }, hangup: { do: 'hangup', bargeIn: false } } as const;

/** `press: "1"` and its like, or `hangup`. */
export const TEST_LINE: Shape<TestLine> = {
  read: (source, node) => {
    const word = isScalar(node) ? WORDS[String(node.value) as keyof typeof WORDS] : undefined;
    if (word) return word;
    if (!isMap(node)) {
      source.problem('test.action', node, `A line of a test is one of ${DOINGS.join(', ')}, such as "press: 1".`);
      return undefined;
    }
    const written = LINE.read(source, node, 'A line of a test');
    const doings = DOINGS.filter((key) => source.has(node, key));
    const known = node.items.every(({ key }) => isScalar(key) && Object.hasOwn(FIELDS, String(key.value)));
    if (doings.length === 1) return written && lineOf(doings[0]!, written);
    // A key that is not known has been told already.
    if (known) {
      source.problem('test.action', node, `A line of a test says exactly one thing: one of ${DOINGS.join(', ')}.`);
    }
    return undefined;
  },
  schema: (definitions) => ({ anyOf: [{ enum: Object.keys(WORDS) }, LINE.schema(definitions)] }),
};

/** Undefined when what the key says could not be read, which has been told. */
function lineOf(doing: keyof typeof FIELDS, written: ObjectOf<typeof FIELDS>): TestLine | undefined {
  if (written[doing] === undefined) return undefined;
  const bargeIn = written.barge_in === true;
  switch (doing) {
    case 'expect':
    case 'expect_not':
      return { do: doing, texts: written[doing]! };
    case 'press':
      return { do: 'press', keys: KEY_WORDS[written.press!] ?? written.press!, bargeIn };
    case 'say':
      return { do: 'say', text: written.say!, confidence: written.confidence ?? 1, bargeIn };
    case 'reply':
      return { do: 'reply', text: written.reply!, bargeIn };
    case 'hangup':
      return { do: 'hangup', bargeIn };
    case 'silence':
    case 'wait':
      return { do: doing, ms: written[doing]! };
    case 'dial':
      return { do: 'dial', what: written.dial! };
    case 'recorded':
      return { do: 'recorded', ms: written.recorded! };
    case 'machine':
      return { do: 'machine', verdict: written.machine! };
    case 'room':
      return { do: 'room', reason: written.room! };
    case 'answer':
    case 'reject':
    case 'end':
    case 'log_in':
    case 'log_out':
      return { do: doing, agentId: written[doing]! };
    default:
      return undefined;
  }
}

const KEY_WORDS: Readonly<Record<string, string>> = { star: '*', hash: '#', pound: '#' };
