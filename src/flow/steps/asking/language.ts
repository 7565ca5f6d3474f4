import { isScalar } from 'yaml';
import { ATTEMPT_FIELDS, type Attempts, ask, askAgain, attemptsOf, type Question } from '../../input/attempts.ts';
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
import { understood } from '../../input/understood.ts';
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
  gives: () => ({ result: { fields: { language: 'text', text: 'text' } } }),
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
  receive: (given, happening, context) =>
    inTurn(given, questionOf(given, context), happening, context, (settled) => answered(given, settled, context)),
});

function answered(given: Given, happening: Happening, context: StepContext): Move {
  const language = languageOf(given.speech, context);
  const chosen = (option: LanguageOption | undefined): Move =>
    option ? choose(option.language, context) : askAgain(given, 'no_match', context, questionOf(given, context));
  switch (happening.what) {
    case 'time_out':
      return askAgain(given, 'no_input', context, questionOf(given, context));
    case 'digit':
      return chosen(given.options.find(({ key }) => key === happening.digit));
    case 'speech': {
      const found = understood(happening, given.speech, (text) => chosenBySpeech(given.options, text, language));
      if (typeof found === 'string') return chosen(undefined);
      if (!isDoubtful(given.speech, found.confidence, USUAL_CONFIRM_BELOW)) return chosen(found.meant);
      return askBack(given, hearOptions(given.options, given.speech, context), found.text, context);
    }
    case 'reply':
      return chosen(chosenByReply(given.options, happening.text, language));
    default:
      return {};
  }
}

function optionOf(tag: string, label: Label | null, say: readonly string[]): Omit<LanguageOption, 'key'> {
  const name = ownName(tag);
  return { language: tag, label: label ?? name, say: [name, ...say] };
}

/** The name of a language in itself: Deutsch for de. What Intl does not know is called by its tag. */
function ownName(tag: string): string {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return tag;
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

function questionOf({ options, speech }: Given, context: StepContext): Question {
  if (context.inText) return { choices: choicesOf(options, context.language) };
  return { hear: hearOptions(options, speech, context) };
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
