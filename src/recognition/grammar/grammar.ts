import type { GrammarWord } from './words.ts';

/** What an engine with a grammar needs of it. */
export type GrammarText = {
  /** Names it for good: the same key is always the same grammar. */
  readonly key: string;
  /** Java Speech Grammar Format 1.0 (W3C note of 2000), with one public rule. */
  readonly jsgf: string;
  /** Every word of it. */
  readonly words: readonly GrammarWord[];
};

/** What may be said, and what it means. */
export type Grammar = {
  readonly text: GrammarText;
  /** As a person would write it: `billing`, `4711`, `25`, `2026-12-24`, `9:30 pm`. Undefined: tokens that mean nothing together. */
  read(tokens: readonly string[]): string | undefined;
};

/** The first rule is the public one. */
export function grammarOf(rules: readonly Rule[], words: readonly GrammarWord[], read: Grammar['read']): Grammar {
  const jsgf = jsgfOf(rules);
  return { text: { key: jsgf, jsgf, words }, read };
}

/** One rule of a grammar: its name, and what may be said, in JSGF. */
export type Rule = readonly [name: string, expansion: string];

function jsgfOf(rules: readonly Rule[]): string {
  const [[first, expansion], ...others] = rules as readonly [Rule, ...Rule[]];
  const lines = others.map(([name, said]) => `<${name}> = ${said} ;`);
  return ['#JSGF V1.0;', 'grammar expected;', `public <${first}> = ${expansion} ;`, ...lines].join('\n');
}

/** The words of rules in which every token is a plain word of the dictionary. */
export function tokensOf(rules: readonly Rule[]): string[] {
  const all = rules.flatMap(([, said]) => said.replace(/<[^>]*>/g, ' ').match(/[a-z']+/g) ?? []);
  return [...new Set(all)];
}

export function anyOf(words: readonly string[]): string {
  return words.join(' | ');
}
