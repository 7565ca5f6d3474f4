import { numberInWords } from './number-in-words.ts';

/** How a token of the grammar begins that is a word with its telephone variants: another word for the engine than the plain one. */
const TELEPHONE = 'tel';

/** A word of a grammar. */
export type GrammarWord = {
  /** As it stands in the grammar: small letters and apostrophes, no signs that mean something there. */
  readonly token: string;
  /** As a dictionary has it, in small letters. */
  readonly word: string;
  /** Said as digits are said on a telephone, where S, F and Z are hardly heard. */
  readonly telephone: boolean;
};

export function plainWord(word: string): GrammarWord {
  return { token: word, word, telephone: false };
}

export function telephoneWord(word: string): GrammarWord {
  return { token: `${TELEPHONE}${word}`, word, telephone: true };
}

/** Figures of at most so many digits are read as one number, longer ones digit by digit. */
const ONE_NUMBER_DIGITS_MAX = 4;

/**
 * A phrase as it is said, in small letters and apostrophes: accents are taken off, figures become words, every other sign is a
 * gap. Empty when nothing can be said of it.
 */
export function wordsOf(phrase: string): readonly string[] {
  const plain = phrase
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/&/g, ' and ')
    .replace(/\d+/g, (figures) => ` ${figuresInWords(figures)} `)
    .replace(/[^a-z']+/g, ' ');
  return plain
    .split(' ')
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

function figuresInWords(figures: string): string {
  const asOne = figures.length <= ONE_NUMBER_DIGITS_MAX && !(figures.length > 1 && figures.startsWith('0'));
  return asOne ? numberInWords(Number(figures)) : [...figures].map((digit) => numberInWords(Number(digit))).join(' ');
}
