import { ATTEMPT_FIELDS, type Attempts, ask, askAgain, attemptsOf, type Question } from '../../input/attempts.ts';
import { DIRECT_DIAL, type DirectDial, dialled } from '../../input/direct-dial.ts';
import { askBack, inTurn, isDoubtful, USUAL_CONFIRM_BELOW } from '../../input/doubt.ts';
import { LABEL, type Label } from '../../input/label.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import {
  checkOptions,
  choicesOf,
  chosenByReply,
  chosenBySpeech,
  hearOptions,
  type Option,
  PHRASES_MAX,
} from '../../input/options.ts';
import { type Speech, understood } from '../../input/understood.ts';
import { byKind } from '../../shape/by-kind.ts';
import { byKey, PHONE_KEY } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { STEP } from '../../shape/reference.ts';
import { text } from '../../shape/scalars.ts';
import { mapped, type Shape } from '../../shape/shape.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';

type Given = Attempts & {
  readonly options: readonly MenuOption[];
  readonly speech: Listening;
  readonly repeatKey: string | null;
  readonly directDial: DirectDial | null;
};
type MenuOption = Option & { readonly next: string };

/** So often the prompt is repeated for nothing; after that the key counts as one that is no choice. */
const REPEATS_MAX = 10;

const OPTION: Shape<Omit<MenuOption, 'key'>> = byKind({
  scalar: mapped(STEP, (next) => ({ next, label: null as Label | null, say: [] as readonly string[] })),
  map: mapped(
    object({
      next: required(STEP, 'The step that it leads to.', ''),
      label: optional(LABEL, 'What is shown for it in a text; its first phrase, or its key, when left out.'),
      say: defaulted(listOrOne(text(), PHRASES_MAX), [], 'Words that mean it when they are spoken or written.', []),
    }),
    ({ next, label, say }) => ({ next, label: label ?? null, say }),
  ),
});

/** Asks for one choice: by key, by word, or in a text by number or word. */
export const menu = stepKind({
  type: 'menu',
  summary: 'Asks for one of several choices and branches on it.',
  fields: {
    ...ATTEMPT_FIELDS,
    options: required(byKey(OPTION), 'Keys, and where they lead.', []),
    speech: SPEECH,
    repeat_key: optional(PHONE_KEY, 'A key that plays the prompt again, without counting as a failure.'),
    direct_dial: optional(DIRECT_DIAL, 'Lets callers dial the extension of an agent, too.'),
  },
  given: (written): Given => ({
    ...attemptsOf(written),
    options: written.options.map(({ key, value }) => ({ key, ...value })),
    speech: written.speech,
    repeatKey: written.repeat_key ?? null,
    directDial: written.direct_dial ?? null,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: ({ options, directDial }) => [
    ...options.map(({ key }) => key),
    'no_input',
    'no_match',
    ...(directDial ? ['dialed_extension'] : []),
  ],
  target: ({ options }, outcome) => options.find(({ key }) => key === outcome)?.next,
  gives: () => ({
    result: {
      fields: { choice: 'text', how: 'text', text: 'text', confidence: 'number', extension: 'text', agent: 'text' },
    },
  }),
  keys: ({ options, repeatKey, directDial }) => [
    ...options.map(({ key }) => key),
    ...(repeatKey === null ? [] : [repeatKey]),
    ...(directDial ? DIGITS : []),
  ],
  check: ({ options, repeatKey }, tell) => {
    checkOptions(options, 'options', tell);
    if (options.length === 0) tell('value.range', ['options'], 'A menu needs at least one option.');
    if (repeatKey === null || !options.some(({ key }) => key === repeatKey)) return;
    tell('key.conflict', ['repeat_key'], `Key ${repeatKey} is one of the options. Choose another one to repeat.`);
  },
  enter: (given, context) => ask(given, context, questionOf(given, context)),
  receive: (given, happening, context) =>
    inTurn(given, questionOf(given, context), happening, context, (settled) => answered(given, settled, context)),
});

function answered(given: Given, happening: Happening, context: StepContext): Move {
  switch (happening.what) {
    case 'digit':
      return pressed(given, happening.digit, context);
    case 'speech':
      return said(given, happening, context);
    case 'reply':
      return replied(given, happening.text, context);
    case 'time_out':
      return waitedForMore(given, context);
    default:
      return {};
  }
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

function questionOf(given: Given, context: StepContext): Question {
  if (context.inText) return { choices: choicesOf(given.options, context.language) };
  return { hear: hearOptions(given.options, given.speech, context) };
}

function said(given: Given, speech: Speech, context: StepContext): Move {
  const language = languageOf(given.speech, context);
  const found = understood(speech, given.speech, (text) => chosenBySpeech(given.options, text, language));
  if (typeof found === 'string') return fail(given, 'no_match', context);
  const { meant, text, confidence } = found;
  if (!isDoubtful(given.speech, confidence, USUAL_CONFIRM_BELOW)) {
    return choose(meant, { how: 'speech', text, confidence });
  }
  return askBack(given, hearOptions(given.options, given.speech, context), text, context);
}

function fail(given: Given, failure: 'no_input' | 'no_match', context: StepContext): Move {
  context.notes['typed'] = '';
  return askAgain(given, failure, context, questionOf(given, context));
}

type How = { readonly how: 'keys' | 'speech' | 'reply'; readonly text: string; readonly confidence: number };

function choose({ key }: Option, { how, text: entered, confidence }: How): Move {
  return { stopPrompt: true, wakeInMs: null, outcome: key, result: { choice: key, how, text: entered, confidence } };
}

function pressed(given: Given, key: string, context: StepContext): Move {
  const typed = `${context.notes['typed'] ?? ''}${key}`;
  if (typed.length === 1 && key === given.repeatKey) return repeat(given, context);
  const { directDial } = given;
  if (directDial && /^[0-9]+$/.test(typed)) {
    const { agent, more } = dialled(context.site, typed, directDial.length);
    if (agent) return dial(agent.id, agent.extension, 'keys');
    if (more) {
      context.notes['typed'] = typed;
      return { stopPrompt: true, wakeInMs: directDial.interDigitMs };
    }
  }
  const option = given.options.find((one) => one.key === typed);
  return option ? choose(option, { how: 'keys', text: key, confidence: 1 }) : fail(given, 'no_match', context);
}

/** A pause after the first digits of an extension: one digit may be meant as a choice. */
function waitedForMore(given: Given, context: StepContext): Move {
  const typed = String(context.notes['typed'] ?? '');
  if (typed === '') return fail(given, 'no_input', context);
  const option = given.options.find((one) => one.key === typed);
  return option ? choose(option, { how: 'keys', text: typed, confidence: 1 }) : fail(given, 'no_match', context);
}

function replied(given: Given, written: string, context: StepContext): Move {
  const option = chosenByReply(given.options, written, languageOf(given.speech, context));
  if (option) return choose(option, { how: 'reply', text: written, confidence: 1 });
  const bare = written.trim();
  if (bare !== '' && bare === given.repeatKey) return repeat(given, context);
  const agent = given.directDial ? dialled(context.site, bare, given.directDial.length).agent : undefined;
  return agent ? dial(agent.id, agent.extension, 'reply') : fail(given, 'no_match', context);
}

function dial(agent: string, extension: string, how: 'keys' | 'reply'): Move {
  const result = { how, text: extension, confidence: 1, extension, agent };
  return { stopPrompt: true, wakeInMs: null, outcome: 'dialed_extension', result };
}

function repeat(given: Given, context: StepContext): Move {
  const repeats = Number(context.notes['repeats'] ?? 0) + 1;
  context.notes['repeats'] = repeats;
  if (repeats > REPEATS_MAX) return fail(given, 'no_match', context);
  return { stopPrompt: true, ...ask(given, context, questionOf(given, context)) };
}
