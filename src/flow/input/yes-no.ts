import { inLanguage, type Prompt } from '../prompt.ts';
import { PHONE_KEY } from '../shape/keys.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, object } from '../shape/object.ts';
import { text } from '../shape/scalars.ts';
import type { Tell } from '../shape/shape.ts';
import type { Happening, StepContext } from '../step-kind.ts';
import type { Attempts } from './attempts.ts';
import { expectedPhrases, type Hear } from './listen-order.ts';
import { type Listening, languageOf } from './listening.ts';
import { chosenByReply, chosenBySpeech, type Option, PHRASES_MAX } from './options.ts';
import { understood } from './understood.ts';

type Answer = { readonly key: string; readonly say: readonly string[] };
/** What means yes and what means no, besides the words of the language. */
export type Answers = { readonly yes: Answer; readonly no: Answer };

const WORDS = {
  en: {
    yes: ['Yes', 'yeah', 'yep', 'right', 'correct', 'sure', 'ok', 'okay'],
    no: ['No', 'nope', 'wrong', 'incorrect', 'not right', 'not correct', 'isnt right', 'isnt correct'],
  },
  de: {
    yes: ['Ja', 'jawohl', 'genau', 'richtig', 'stimmt', 'korrekt', 'ok', 'okay'],
    no: ['Nein', 'nee', 'falsch', 'nicht richtig', 'nicht korrekt', 'stimmt nicht'],
  },
  zh: {
    yes: ['是', '是的', '对', '对的', '好', '好的', '可以', '没错', '正确', '行', '嗯', '确认'],
    no: ['不', '不是', '不对', '不好', '不行', '不可以', '不正确', '不要', '没有', '否', '错', '错了'],
  },
};
/** A language without words of its own is answered as in English. */
const BY_LANGUAGE = { ...WORDS, other: WORDS.en };

export const USUAL_ANSWERS: Answers = { yes: { key: '1', say: [] }, no: { key: '2', say: [] } };
const answer = (key: string) =>
  object({
    key: defaulted(PHONE_KEY, key, 'The key.'),
    say: defaulted(
      listOrOne(text(), PHRASES_MAX),
      [],
      'Words, besides those of the language (English, German and Mandarin).',
      [],
    ),
  });

export const ANSWER_FIELDS = {
  yes: defaulted(answer('1'), USUAL_ANSWERS.yes, 'The key and the words for yes.', { key: '1' }),
  no: defaulted(answer('2'), USUAL_ANSWERS.no, 'The key and the words for no.', { key: '2' }),
};

/** The two as options, yes first. */
export function yesAndNo({ yes, no }: Answers, language: string): readonly [Option, Option] {
  const words = inLanguage(BY_LANGUAGE, language)!;
  return [
    { key: yes.key, label: null, say: [...yes.say, ...words.yes] },
    { key: no.key, label: null, say: [...no.say, ...words.no] },
  ];
}

/** A question of yes or no inside of another step, which says how long is waited. */
export function yesNoAttempts(asked: Attempts, prompt: Prompt, attempts: number): Attempts {
  const nothing = { reprompts: [], noInputPrompt: [], noMatchPrompt: [], invalidPrompt: [], finalPrompt: [] };
  return { ...asked, ...nothing, prompt, attempts, maxNoInput: attempts, maxNoMatch: attempts };
}

/** Yes and no as they may be said on a call. */
export function hearYesNo(answers: Answers, speech: Listening, context: StepContext, keys = true): Hear {
  const words = yesAndNo(answers, languageOf(speech, context)).flatMap(({ say }) => say);
  return { speech, expected: expectedPhrases(words), keys };
}

/** What a happening answers to a question of yes or no; undefined: nothing yet. */
export function answerTo(
  answers: Answers,
  happening: Happening,
  language: string,
  { minConfidence, nBest }: Pick<Listening, 'minConfidence' | 'nBest'>,
): 'yes' | 'no' | 'no_input' | 'no_match' | undefined {
  const options = yesAndNo(answers, language);
  const answer = (option: Option | undefined) => (option ? (option === options[0] ? 'yes' : 'no') : 'no_match');
  switch (happening.what) {
    case 'digit':
      return answer(options.find(({ key }) => key === happening.digit));
    case 'speech': {
      const found = understood(happening, { minConfidence, nBest }, (text) => chosenBySpeech(options, text, language));
      return typeof found === 'string' ? 'no_match' : answer(found.meant);
    }
    case 'reply':
      return answer(chosenByReply(options, happening.text, language));
    case 'time_out':
      return 'no_input';
    default:
      return undefined;
  }
}

/** Tells when one key means both. */
export function checkAnswers({ yes, no }: Answers, path: readonly string[], tell: Tell): void {
  if (yes.key === no.key)
    tell('yaml.duplicate', [...path, 'no'], `Key ${yes.key} means yes and no. Give no another key.`);
}
