import { isScalar } from 'yaml';
import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  meanwhile,
  type Question,
} from '../../input/attempts.ts';
import { LABEL, type Label } from '../../input/label.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import {
  checkOptions,
  choicesOf,
  chosenByReply,
  chosenBySpeech,
  type Option,
  PHRASES_MAX,
} from '../../input/options.ts';
import { byKind } from '../../shape/by-kind.ts';
import { byKey } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, object, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { reference } from '../../shape/reference.ts';
import { text } from '../../shape/scalars.ts';
import { mapped, type Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';

type Given = Attempts & {
  readonly value: string | null;
  readonly options: readonly LanguageOption[];
  readonly speech: Listening;
};
type LanguageOption = Option & { readonly language: string };

const SITE_LANGUAGE = reference('language');
const TEMPLATE = template('kept');
const VALUE: Shape<string> = {
  ...TEMPLATE,
  read: (source, node, what) => {
    const written = isScalar(node) ? String(node.value) : '';
    return (written.includes('${{') ? TEMPLATE : SITE_LANGUAGE).read(source, node, what);
  },
};
const OPTION: Shape<Omit<LanguageOption, 'key'>> = byKind({
  scalar: mapped(SITE_LANGUAGE, (language) => optionOf(language, null, [])),
  map: mapped(
    object({
      language: required(SITE_LANGUAGE, 'A language of the site.', ''),
      label: optional(LABEL, 'What is shown for it in a text; the name of the language in itself when left out.'),
      say: defaulted(listOrOne(text(), PHRASES_MAX), [], 'Words that mean it, besides its name.', []),
    }),
    ({ language, label, say }) => optionOf(language, label ?? null, say),
  ),
});

/** Chooses the language of all that follows: one that is given, or one that the customer chooses. */
export const language = stepKind({
  type: 'language',
  summary: 'Chooses the language in which the customer is spoken to from here on.',
  fields: {
    ...ATTEMPT_FIELDS,
    prompt: defaulted(PROMPT, [], 'What is asked; with `options` only.', []),
    value: optional(VALUE, 'The language; may be an expression. Nobody is asked then.'),
    options: defaulted(byKey(OPTION), [], 'Keys, and the languages that they stand for.', {}),
    speech: SPEECH,
  },
  given: (written): Given => ({
    ...attemptsOf(written),
    value: written.value ?? null,
    options: written.options.map(({ key, value }) => ({ key, ...value })),
    speech: written.speech,
  }),
  answers: true,
  answersFor: ({ value }) => value === null,
  needsCustomer: true,
  outcomes: ({ value }) => (value === null ? ['ok', 'no_input', 'no_match'] : ['ok']),
  gives: () => ({ result: { fields: { language: 'text' } } }),
  keys: ({ options }) => options.map(({ key }) => key),
  check: ({ value, options, prompt }, tell) => {
    checkOptions(options, 'options', tell);
    if (value === null && options.length === 0) {
      tell('key.missing', [], 'A language step needs a "value", or "options" to choose from.');
    } else if (value !== null && (options.length > 0 || prompt.length > 0)) {
      tell('key.conflict', ['value'], 'With a value nobody is asked. Leave out value, or prompt and options.');
    } else if (value === null && prompt.length === 0) {
      tell('key.missing', [], 'A language step with "options" needs a "prompt".');
    }
  },
  enter: (given, context) => {
    if (given.value === null) return ask(given, context, questionOf(given, context));
    return choose(context.fill(given.value).trim(), context);
  },
  receive: (given, happening, context) => {
    const move = meanwhile(given, happening, context);
    if (move) return move;
    if (happening.what === 'time_out') return askAgain(given, 'no_input', context, questionOf(given, context));
    const option = chosen(given, happening, context);
    if (option === undefined) return {};
    return option ? choose(option.language, context) : askAgain(given, 'no_match', context, questionOf(given, context));
  },
});

function optionOf(tag: string, label: Label | null, say: readonly string[]): Omit<LanguageOption, 'key'> {
  const name = ownName(tag);
  return { language: tag, label: label ?? name, say: [name, ...say] };
}

/** The name of a language in itself: Deutsch for de. What Intl does not know is called by its tag. */
function ownName(tag: string): string {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return tag;
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

function questionOf({ options }: Given, { inText, language: tag }: StepContext): Question {
  return inText ? { choices: choicesOf(options, tag) } : {};
}

/** Null: something that is no choice; undefined: nothing yet. */
function chosen(given: Given, happening: Happening, context: StepContext): LanguageOption | null | undefined {
  switch (happening.what) {
    case 'digit':
      return given.options.find(({ key }) => key === happening.digit) ?? null;
    case 'speech':
      if (happening.confidence < given.speech.minConfidence) return null;
      return chosenBySpeech(given.options, happening.text, languageOf(given.speech, context)) ?? null;
    case 'reply':
      return chosenByReply(given.options, happening.text, languageOf(given.speech, context)) ?? null;
    default:
      return undefined;
  }
}

/** The site's own language, or the one of which this is a kind: de for de-AT. */
function choose(tag: string, { site }: StepContext): Move {
  const stem = tag.split('-')[0]!;
  const found = [tag, stem].map((one) => site.languages.find((known) => known.toLowerCase() === one.toLowerCase()));
  const known = found[0] ?? found[1];
  if (known === undefined) {
    const message = `"${tag.slice(0, 40)}" is none of the languages of the site (${site.languages.join(', ')}).`;
    return { stopPrompt: true, wakeInMs: null, outcome: 'error', error: { code: 'step.invalid', message } };
  }
  const tell = [{ kind: 'language.chosen', language: known } as const];
  return { stopPrompt: true, wakeInMs: null, outcome: 'ok', tell, result: { language: known } };
}
