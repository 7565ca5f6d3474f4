import type { Agent } from '../../../model/site.ts';
import {
  ATTEMPT_FIELDS,
  type Attempts,
  ask,
  askAgain,
  attemptsOf,
  type Failure,
  type Question,
} from '../../input/attempts.ts';
import { BETWEEN_DIGITS } from '../../input/collect.ts';
import { askBack, inTurn, isDoubtful, USUAL_CONFIRM_BELOW } from '../../input/doubt.ts';
import type { Hear } from '../../input/listen-order.ts';
import { type Listening, languageOf, SPEECH } from '../../input/listening.ts';
import { aboutAgent, FOR_WHOM, optionsOf, telling } from '../../input/names-told.ts';
import { chosenByReply, chosenBySpeech, hearOptions } from '../../input/options.ts';
import { calledSo, expectedNames, spelledSo } from '../../input/people.ts';
import { understood } from '../../input/understood.ts';
import type { Prompt } from '../../prompt.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { defaulted, optional } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { duration, wholeNumber } from '../../shape/scalars.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';

type Given = Attempts & {
  readonly minLetters: number;
  readonly matchLimit: number;
  readonly interDigitMs: number;
  readonly matchPrompt: Prompt;
  readonly into: string | null;
  readonly speech: Listening;
};

/** Ends the name; begins it again; leads to somebody who helps. None of them spells a letter. */
const [END_KEY, AGAIN_KEY, OPERATOR_KEY] = ['#', '*', '0'];
const NAME_KEYS_MAX = 40;
const NOT_FOUND = { outcomes: { no_match: 'not_found', low_confidence: 'not_found' } };
/** Finds an agent by name: spelled on the keys, spoken or written. */
export const directory = stepKind({
  type: 'directory',
  summary: 'Finds an agent by the name that is spelled on the keys, spoken or written.',
  fields: {
    ...ATTEMPT_FIELDS,
    min_letters: defaulted(wholeNumber({ min: 1, max: 10 }), 3, 'After so many keys names are told if they are few.'),
    match_limit: defaulted(wholeNumber({ min: 1, max: 9 }), 5, 'Most names that are told at once.'),
    match_prompt: defaulted(
      PROMPT,
      [],
      'Told for each name that may be meant; `result.name` is the name, `result.key` the key. Own words in English and German when left out.',
    ),
    inter_digit_timeout: defaulted(duration(BETWEEN_DIGITS), 3_000, 'The pause after a key that ends the name.'),
    into: optional(VARIABLE, 'A variable for the id of the agent.'),
    speech: SPEECH,
  },
  given: (written): Given => ({
    ...attemptsOf(written),
    minLetters: written.min_letters,
    matchLimit: written.match_limit,
    interDigitMs: written.inter_digit_timeout,
    matchPrompt: written.match_prompt.length === 0 ? FOR_WHOM : written.match_prompt,
    into: written.into ?? null,
    speech: written.speech,
  }),
  answers: true,
  needsCustomer: true,
  outcomes: () => ['selected', 'not_found', 'operator', 'no_input'],
  fallbacks: new Map([
    ['operator', 'not_found'],
    ['not_found', 'no_match'],
  ]),
  mustRoute: () => ['not_found', 'no_input'],
  gives: ({ into }) => ({
    vars: into === null ? {} : { [into]: 'text' },
    result: { fields: { agent: 'text', extension: 'text', name: 'text', key: 'text', text: 'text' } },
  }),
  keys: () => [...'0123456789*#'],
  enter: (given, context) => ask(given, context, questionOf(given, context)),
  receive: (given, happening, context) => {
    const told = agentsTold(context);
    const question = { hear: told.length > 0 ? hearNames(given, told, context) : hearAll(given, context) };
    return inTurn(given, question, happening, context, (settled) => answered(given, told, settled, context));
  },
});

function answered(given: Given, told: readonly Agent[], happening: Happening, context: StepContext): Move {
  const entered = happening.what === 'digit' ? happening.digit : happening.what === 'reply' ? happening.text : '';
  if (entered.trim() === OPERATOR_KEY) {
    return { stopPrompt: true, wakeInMs: null, outcome: 'operator' };
  }
  return told.length > 0 ? choosing(given, told, happening, context) : searching(given, happening, context);
}

function questionOf(given: Given, context: StepContext): Question {
  return { ...NOT_FOUND, ...(context.inText ? {} : { hear: hearAll(given, context) }) };
}

/** Every name of the site, as far as an order goes. */
function hearAll({ speech }: Given, { site }: StepContext): Hear {
  return { speech, expected: expectedNames(site), keys: true };
}

function hearNames({ speech }: Given, agents: readonly Agent[], context: StepContext): Hear {
  return hearOptions(optionsOf(agents), speech, context);
}

function searching(given: Given, happening: Happening, context: StepContext): Move {
  switch (happening.what) {
    case 'digit':
      return spelled(given, happening.digit, context);
    case 'speech':
      return saidName(given, happening, context);
    case 'reply':
      return named(given, happening.text, context);
    case 'time_out':
      return typed(context) === '' ? fail(given, 'no_input', context) : tellWhoBegins(given, context);
    default:
      return {};
  }
}

function spelled(given: Given, key: string, context: StepContext): Move {
  if (key === AGAIN_KEY) {
    context.notes['typed'] = '';
    return { stopPrompt: true, wakeInMs: given.timeoutMs };
  }
  if (key === END_KEY) return typed(context) === '' ? fail(given, 'no_match', context) : tellWhoBegins(given, context);
  const letters = typed(context) + key;
  context.notes['typed'] = letters;
  const wait = { stopPrompt: true, wakeInMs: given.interDigitMs };
  if (letters.length < given.minLetters) return wait;
  const many = spelledSo(context.site, letters).length > given.matchLimit;
  return many && letters.length < NAME_KEYS_MAX ? wait : tellWhoBegins(given, context);
}

function tellWhoBegins(given: Given, context: StepContext): Move {
  return tell(given, spelledSo(context.site, typed(context)), context);
}

function named(given: Given, name: string, context: StepContext): Move {
  const { agents, exact } = calledSo(context.site, name);
  return exact && agents.length === 1 ? select(given, agents[0]!) : tell(given, agents, context);
}

function saidName(given: Given, speech: Extract<Happening, { what: 'speech' }>, context: StepContext): Move {
  const found = understood(speech, given.speech, (text) => {
    const { agents } = calledSo(context.site, text);
    return agents.length > 0 ? agents : undefined;
  });
  if (typeof found === 'string') return fail(given, found, context);
  // Several names are told anyway, and one of them is chosen.
  const doubtful = found.meant.length === 1 && isDoubtful(given.speech, found.confidence, USUAL_CONFIRM_BELOW);
  if (doubtful) return askBack(given, hearAll(given, context), found.meant[0]!.name, context);
  return named(given, found.text, context);
}

/** Tells who may be meant, each with a key. */
function tell(given: Given, found: readonly Agent[], context: StepContext): Move {
  const agents = found.slice(0, given.matchLimit);
  if (agents.length === 0) return fail(given, 'no_match', context);
  context.notes['told'] = agents.map(({ id }) => id).join('\n');
  delete context.notes['no_input told'];
  delete context.notes['no_match told'];
  const { attempts, question } = telling(given, given.matchPrompt, agents, context);
  const hear = context.inText ? {} : { hear: hearNames(given, agents, context) };
  return { stopPrompt: true, ...ask(attempts, context, { ...question, ...hear }) };
}

function choosing(given: Given, agents: readonly Agent[], happening: Happening, context: StepContext): Move {
  const options = optionsOf(agents);
  const { attempts, question: shown } = telling(given, given.matchPrompt, agents, context);
  const question = context.inText ? shown : { ...shown, hear: hearNames(given, agents, context) };
  const chosen = (option: { agent: Agent } | undefined): Move => {
    if (option) return select(given, option.agent);
    const again = askAgain(attempts, 'no_match', context, question);
    return again.outcome === undefined ? again : fail(given, 'no_match', context);
  };
  switch (happening.what) {
    case 'digit':
      // Whoever begins again has not found anybody.
      if (happening.digit === AGAIN_KEY) return fail(given, 'no_match', context);
      return chosen(options.find(({ key }) => key === happening.digit));
    case 'speech': {
      const language = languageOf(given.speech, context);
      const found = understood(happening, given.speech, (text) => chosenBySpeech(options, text, language));
      return chosen(typeof found === 'string' ? undefined : found.meant);
    }
    case 'reply':
      return chosen(chosenByReply(options, happening.text, languageOf(given.speech, context)));
    case 'time_out': {
      const again = askAgain(attempts, 'no_input', context, question);
      return again.outcome === undefined ? again : fail(given, 'no_input', context);
    }
    default:
      return {};
  }
}

function select({ into }: Given, agent: Agent): Move {
  const set = into === null ? {} : { set: { [into]: agent.id } };
  return { stopPrompt: true, wakeInMs: null, outcome: 'selected', ...set, result: aboutAgent(agent) };
}

function fail(given: Given, failure: Failure, context: StepContext): Move {
  context.notes['typed'] = '';
  delete context.notes['told'];
  return askAgain(given, failure, context, questionOf(given, context));
}

function typed({ notes }: StepContext): string {
  return String(notes['typed'] ?? '');
}

/** The agents of whom one is to be chosen now; the site may have lost some meanwhile. */
function agentsTold({ notes, site }: StepContext): Agent[] {
  const ids = String(notes['told'] ?? '').split('\n');
  return ids.flatMap((id) => (Object.hasOwn(site.agents, id) ? [site.agents[id]!] : []));
}
