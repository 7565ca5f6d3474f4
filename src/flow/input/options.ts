import type { Choice } from '../../model/event.ts';
import type { Expected } from '../../model/speech/listening.ts';
import type { Tell } from '../shape/shape.ts';
import type { StepContext } from '../step-kind.ts';
import { allLabels, type Label, labelIn } from './label.ts';
import { expectedPhrases, type Hear } from './listen-order.ts';
import { type Listening, languageOf } from './listening.ts';
import { begun, meant, spokenWords } from './phrases.ts';
import { spokenDigits, wordOfDigit } from './spelled.ts';

/** One choice: the key of the telephone, the words that are shown for it, and those that mean it. */
export type Option = { readonly key: string; readonly label: Label | null; readonly say: readonly string[] };

/** Most phrases of one choice. */
export const PHRASES_MAX = 50;

/** The choices as a text door shows them. */
export function choicesOf(options: readonly Option[], language: string): Choice[] {
  return options.map((option) => ({ key: option.key, label: shownFor(option, language) }));
}

function shownFor({ key, label, say }: Option, language: string): string {
  return labelIn(label, language) ?? say[0] ?? key;
}

/** The option that was meant by words spoken: by a phrase, a label, or the key said as a number. */
export function chosenBySpeech<O extends Option>(options: readonly O[], text: string, language: string): O | undefined {
  const found = meant(text, phrasesOf(options));
  if (found) return found;
  const digits = spokenDigits(text, language);
  return digits === undefined ? undefined : options.find(({ key }) => key === digits);
}

/** The option that was meant by words written: as by speech, or the key itself, or the beginning of its words. */
export function chosenByReply<O extends Option>(options: readonly O[], text: string, language: string): O | undefined {
  const written = text.trim();
  const bare = written.length > 1 ? written.replace(/[.)]+$/, '') : written;
  return (
    options.find(({ key }) => key === bare) ??
    chosenBySpeech(options, text, language) ??
    begun(text, phrasesOf(options))
  );
}

/**
 * The choices as they may be said on a call: their words, and their keys as numbers. Nothing where no choice has words: to
 * say a number instead of pressing it is not worth listening to every call.
 */
export function hearOptions(options: readonly Option[], speech: Listening, context: StepContext): Hear {
  return { speech, expected: expectedOf(options, languageOf(speech, context)), keys: true };
}

/** Made once for each menu and language: a menu never changes, another one takes its place. */
const EXPECTED = new WeakMap<readonly Option[], Map<string, Expected>>();

function expectedOf(options: readonly Option[], language: string): Expected {
  const known = EXPECTED.get(options) ?? new Map<string, Expected>();
  EXPECTED.set(options, known);
  const expected = known.get(language) ?? wordsOf(options, language);
  known.set(language, expected);
  return expected;
}

function wordsOf(options: readonly Option[], language: string): Expected {
  const words = options.flatMap(({ label, say }) => [
    ...say,
    ...(label === null ? [] : [labelIn(label, language) ?? '']),
  ]);
  const spoken = words.filter((one) => spokenWords(one) !== '');
  const keys = spoken.length === 0 ? [] : options.flatMap(({ key }) => wordOfDigit(key, language) ?? []);
  return expectedPhrases([...spoken, ...keys]);
}

function phrasesOf<O extends Option>(options: readonly O[]) {
  return options.map((option) => ({ of: option, phrases: [...allLabels(option.label), ...option.say] }));
}

/** Tells keys that stand twice (star and "*"), and phrases that two options have: nobody could ever choose by them. */
export function checkOptions(options: readonly Option[], path: string, tell: Tell): void {
  const keys = new Set<string>();
  const phrases = new Map<string, string>();
  for (const option of options) {
    const { key } = option;
    if (keys.has(key)) tell('yaml.duplicate', [path], `Key ${key} stands twice here. Leave one of them out.`);
    keys.add(key);
    for (const phrase of new Set([...allLabels(option.label), ...option.say].map(spokenWords))) {
      const other = phrases.get(phrase);
      const message = `"${phrase}" means key ${other} and key ${key}. Give each choice words of its own.`;
      if (other !== undefined && other !== key && phrase !== '') tell('phrase.duplicate', [path, key], message);
      phrases.set(phrase, key);
    }
  }
}
