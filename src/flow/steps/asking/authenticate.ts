import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  giveUp,
  meanwhile,
  type Question,
} from '../../input/attempts.ts';
import {
  COLLECT_FIELDS,
  type Collecting,
  checkKeys,
  collect,
  type Entered,
  forget,
  INPUT,
  keysOf,
  usedKeys,
} from '../../input/collect.ts';
import { DATE_FORMATS, type DateFormat } from '../../input/date-entry.ts';
import { ENTRY_KINDS, ENTRY_TYPES, type EntryKind, entryValue, mostKeys } from '../../input/entry.ts';
import { expectedEntry, todayOf } from '../../input/expected-entry.ts';
import { checkExposed } from '../../input/exposed.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import type { Prompt } from '../../prompt.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice, duration, wholeNumber } from '../../shape/scalars.ts';
import type { Tell } from '../../shape/shape.ts';
import { CONDITION, template } from '../../shape/template.ts';
import { type Move, type StepContext, stepKind, type Told } from '../../step-kind.ts';

type Given = Attempts &
  Collecting & {
    readonly kind: EntryKind;
    readonly format: DateFormat | null;
    readonly speech: Listening;
    /** An expression about `result.value`. */
    readonly verify: string;
    readonly into: string | null;
    readonly maxAttempts: number;
    readonly deniedPrompt: Prompt;
    /** A text with expressions that names for whom failures are counted. Null: only within this step. */
    readonly lock: string | null;
    readonly lockAfter: number | null;
    readonly lockoutMs: number | null;
  };

const TRIES = wholeNumber({ min: 1, max: 20 });
const LOCKOUT = { minMs: 60_000, maxMs: 30 * 86_400_000 };
const USUAL_LOCKOUT_MS = 1_800_000;
/** A longer name is cut off: it stands in the journal with each failure. */
const LOCK_CHARACTERS_MAX = 200;

/** Asks for a secret and checks it; whoever fails too often is locked out for a while, on other contacts, too. */
export const authenticate = stepKind({
  type: 'authenticate',
  summary: 'Asks for a secret such as a PIN, checks it, and locks out whoever fails too often.',
  fields: {
    ...ATTEMPT_FIELDS,
    verify: required(CONDITION, 'What must hold; `result.value` is what was entered.', 'false'),
    max_attempts: defaulted(TRIES, 3, 'After so many wrong entries the step is left.'),
    denied_prompt: defaulted(PROMPT, [], 'Played before it is asked again because the entry was wrong.'),
    lock: optional(template('kept'), 'For whom wrong entries are counted, such as an account: on all contacts.'),
    lock_after: optional(TRIES, 'After so many wrong entries on all contacts together; `max_attempts` when left out.'),
    lockout: optional(
      duration(LOCKOUT),
      'How long nobody can try then, and how long wrong entries are remembered; 30m when left out.',
    ),
    into: optional(VARIABLE, 'A variable for what was entered; it is sensitive. None when left out.'),
    kind: defaulted(choice(ENTRY_KINDS), 'digits', 'What is asked for, as in the `validate` of a gather.'),
    format: optional(choice(DATE_FORMATS), 'For a date: in which order it is typed; DDMMYYYY when left out.'),
    input: INPUT,
    ...COLLECT_FIELDS,
    speech: SPEECH,
  },
  given: (written): Given => ({
    ...attemptsOf(written),
    ...keysOf(written),
    takesKeys: written.input.includes('dtmf'),
    takesSpeech: written.input.includes('speech'),
    minConfidence: written.speech.minConfidence,
    nBest: written.speech.nBest,
    kind: written.kind,
    format: written.format ?? null,
    speech: written.speech,
    verify: written.verify,
    into: written.into ?? null,
    maxAttempts: written.max_attempts,
    deniedPrompt: written.denied_prompt,
    lock: written.lock ?? null,
    lockAfter: written.lock_after ?? null,
    lockoutMs: written.lockout ?? null,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['ok', 'denied', 'locked', 'no_input'],
  fallbacks: new Map([['locked', 'denied']]),
  mustRoute: () => ['denied', 'no_input'],
  gives: ({ into, kind }) => ({
    vars: into === null ? {} : { [into]: ENTRY_TYPES[kind] },
    result: { fields: { value: ENTRY_TYPES[kind], text: 'text', confidence: 'number', how: 'text' } },
  }),
  keys: (given) => usedKeys(given),
  sensitive: () => true,
  check: checkAuthentication,
  enter: (given, context) =>
    isLocked(given, context) ? { outcome: 'locked' } : ask(given, context, questionOf(given, context)),
  receive: (given, happening, context) => {
    const move = meanwhile(given, happening, context, questionOf(given, context));
    if (move) return move;
    const from = { ...given, max: mostKeys(given.kind, given.max) };
    const collected = collect(from, given, happening, context);
    if ('move' in collected) return collected.move;
    if (!('failed' in collected)) return entered(given, [collected.entered, ...(collected.others ?? [])], context);
    return notUnderstood(given, collected.failed, context);
  },
});

function checkAuthentication(given: Given, tell: Tell): void {
  checkKeys(given, tell);
  const { prompt, reprompts, noInputPrompt: no_input_prompt, noMatchPrompt: no_match_prompt } = given;
  const { finalPrompt: final_prompt, deniedPrompt: denied_prompt } = given;
  checkExposed({ prompt, reprompts, no_input_prompt, no_match_prompt, final_prompt, denied_prompt }, tell);
  if (given.format !== null && given.kind !== 'date') {
    tell('key.conflict', ['format'], `format is for kind date; the kind here is ${given.kind}. Leave one of them out.`);
  }
  for (const key of ['lock_after', 'lockout'] as const) {
    if (given.lock !== null || given[key === 'lockout' ? 'lockoutMs' : 'lockAfter'] === null) continue;
    tell('key.conflict', [key], `${key} is for a lock, of which there is none here. Add one, or leave ${key} out.`);
  }
}

/** Too short, or not understood: that is no attempt to get in, and nobody is locked out for it. */
function notUnderstood(given: Given, failure: 'no_input' | 'no_match' | 'low_confidence', context: StepContext): Move {
  forget(context);
  return askAgain(given, failure, context, questionOf(given, context));
}

/** What is said is for nobody else's ears, so only engines hear it that the site trusts. */
function questionOf(given: Given, context: StepContext): Question {
  const outcomes = { no_match: 'denied', low_confidence: 'denied' };
  if (context.inText || !given.takesSpeech) return { outcomes };
  const { kind, speech, takesKeys: keys } = given;
  const expected = expectedEntry(kind, given, languageOf(speech, context));
  return { outcomes, hear: { speech, expected, keys, sensitive: true } };
}

/** Of what was said the likeliest way that is of the kind counts, and no other is tried: nobody gets two tries for one. */
function entered(given: Given, entries: readonly Entered[], context: StepContext): Move {
  // Another contact may have used up the attempts meanwhile.
  if (isLocked(given, context)) return giveUp(given, 'locked', context);
  const language = languageOf(given.speech, context);
  const format = given.format ?? 'DDMMYYYY';
  const about = { language, format, today: todayOf(context) };
  const ofKind = entries.flatMap((entry) => {
    const value = entryValue(given.kind, entry, given, about);
    return value === undefined ? [] : [{ value, ...entry }];
  });
  const [result] = ofKind;
  if (result === undefined) return notUnderstood(given, 'no_match', context);
  const { value } = result;
  if (!context.including({ result }).holds(given.verify)) return denied(given, context);
  const lock = lockName(given, context);
  const tell: Told[] = lock === '' ? [] : [{ kind: 'authentication.passed', lock }];
  const set = given.into === null ? {} : { set: { [given.into]: value } };
  return { stopPrompt: true, wakeInMs: null, outcome: 'ok', tell, ...set, result };
}

function denied(given: Given, context: StepContext): Move {
  forget(context);
  const tries = Number(context.notes['tries'] ?? 0) + 1;
  context.notes['tries'] = tries;
  const lock = lockName(given, context);
  const failures = (context.lock(lock)?.failures ?? 0) + 1;
  const locks = lock !== '' && failures >= (given.lockAfter ?? given.maxAttempts);
  const forgetMs = context.atMs + (given.lockoutMs ?? USUAL_LOCKOUT_MS);
  const failed: Told = { kind: 'authentication.failed', lock, ...(locks ? { untilMs: forgetMs } : {}), forgetMs };
  const tell = lock === '' ? [] : [failed];
  if (locks) return { tell, ...giveUp(given, 'locked', context) };
  if (tries >= given.maxAttempts) return { tell, ...giveUp(given, 'denied', context) };
  return {
    tell,
    stopPrompt: true,
    ...ask(given, context, questionOf(given, context), [...given.deniedPrompt, ...given.prompt]),
  };
}

/** Empty: failures are counted in this step alone. */
function lockName({ lock }: Given, context: StepContext): string {
  return lock === null ? '' : context.fill(lock).trim().slice(0, LOCK_CHARACTERS_MAX);
}

function isLocked(given: Given, context: StepContext): boolean {
  const lock = lockName(given, context);
  return lock !== '' && (context.lock(lock)?.untilMs ?? 0) > context.atMs;
}
