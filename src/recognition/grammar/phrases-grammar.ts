import { anyOf, type Grammar, grammarOf } from './grammar.ts';
import { plainWord, wordsOf } from './words.ts';

/** Most phrases and most words of all of them; what is more is no menu but a dictionary, and nothing is heard well in it. */
const PHRASES_MAX = 1_000;
const WORDS_MAX = 2_000;

/**
 * One of these phrases. Phrases of which nothing can be said (signs alone, other scripts) are left out. Undefined: none is
 * left, or there are too many.
 */
export function phrasesGrammar(phrases: readonly string[]): Grammar | undefined {
  if (phrases.length > PHRASES_MAX) return undefined;
  /** By what is said: the first phrase that is said so. */
  const written = new Map<string, string>();
  for (const phrase of phrases) {
    const said = wordsOf(phrase).join(' ');
    if (said !== '' && !written.has(said)) written.set(said, phrase.trim());
  }
  const said = [...written.keys()].sort();
  const words = [...new Set(said.flatMap((phrase) => phrase.split(' ')))];
  if (words.length === 0 || words.length > WORDS_MAX) return undefined;
  return grammarOf([['phrase', anyOf(said)]], words.map(plainWord), (tokens) => written.get(tokens.join(' ')));
}
