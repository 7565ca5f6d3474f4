import type { Expected } from '../../model/speech/listening.ts';
import { dateGrammar } from './date-grammar.ts';
import { digitsGrammar } from './digits-grammar.ts';
import type { Grammar } from './grammar.ts';
import { currencyGrammar, numberGrammar } from './number-grammar.ts';
import { phrasesGrammar } from './phrases-grammar.ts';
import { timeGrammar } from './time-grammar.ts';

/** Most grammars that are remembered; the one that was used longest ago goes. */
const GRAMMARS_MAX = 500;

export type Grammars = {
  /** Undefined: no grammar hears this (free speech; phrases without a word that can be said). */
  of(expected: Expected): Grammar | undefined;
};

/** Grammars in English, each made once. */
export function keepGrammars(): Grammars {
  const kept = new Map<string, Grammar | undefined>();
  return {
    of(expected) {
      const key = JSON.stringify(expected);
      const grammar = kept.has(key) ? kept.get(key) : made(expected);
      kept.delete(key);
      kept.set(key, grammar);
      if (kept.size > GRAMMARS_MAX) kept.delete(kept.keys().next().value!);
      return grammar;
    },
  };
}

function made(expected: Expected): Grammar | undefined {
  switch (expected.kind) {
    case 'phrases':
      return phrasesGrammar(expected.phrases);
    case 'digits':
      return digitsGrammar(expected.min, expected.max);
    case 'number':
      return numberGrammar();
    case 'currency':
      return currencyGrammar();
    case 'date':
      return dateGrammar();
    case 'time':
      return timeGrammar();
    case 'free':
      return undefined;
  }
}
