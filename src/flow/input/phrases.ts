/** Words that mean one thing; `of` is what they mean. */
export type Phrases<T> = { readonly of: T; readonly phrases: readonly string[] };

/** Nobody means anything by what comes after so many characters. */
export const UTTERANCE_CHARACTERS_MAX = 1_000;

/**
 * An utterance as it is compared: small letters and digits, one blank between words, no other signs. Chinese is written
 * without blanks between words, so each of its characters counts as a word.
 */
export function spokenWords(text: string): string {
  return text
    .slice(0, UTTERANCE_CHARACTERS_MAX)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .replace(/\p{Script=Han}/gu, ' $& ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * What somebody meant who said or wrote this: the one of whose phrases the longest stands in it as whole words. Undefined
 * when there is none, or when phrases of the same length mean different things.
 */
export function meant<T>(utterance: string, choices: readonly Phrases<T>[]): T | undefined {
  const said = ` ${spokenWords(utterance)} `;
  let longest = 0;
  let found: T | undefined;
  for (const { of, phrases } of choices) {
    for (const phrase of phrases) {
      const words = spokenWords(phrase);
      if (words.length < longest || words === '' || !said.includes(` ${words} `)) continue;
      if (words.length > longest) [longest, found] = [words.length, of];
      else if (found !== of) found = undefined;
    }
  }
  return found;
}

/** The one whose phrase begins so, when it is the only one; for what people write when they are in a hurry. */
export function begun<T>(written: string, choices: readonly Phrases<T>[]): T | undefined {
  const words = spokenWords(written);
  if (words === '') return undefined;
  const found = choices.filter(({ phrases }) => phrases.some((phrase) => spokenWords(phrase).startsWith(words)));
  return found.length === 1 ? found[0]!.of : undefined;
}
