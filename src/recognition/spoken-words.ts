import type { Expected } from '../model/speech/listening.ts';

/** What is said as it is compared: small letters and figures, one blank between words, no other signs. */
export function spokenWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** Chinese and Japanese put no blank between words: each sign counts as one. */
export function wordCount(text: string): number {
  return (
    spokenWords(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
  );
}

/** True when what was understood so far is all that can come: a phrase of which no other is the beginning, or all digits. */
export function isWhole(text: string, expected: Expected): boolean {
  const said = spokenWords(text);
  if (said === '') return false;
  if (expected.kind === 'digits') return said.replace(/ /g, '').length === expected.max && /^[0-9 ]+$/.test(said);
  if (expected.kind !== 'phrases') return false;
  const phrases = expected.phrases.map(spokenWords);
  return phrases.includes(said) && !phrases.some((phrase) => phrase.startsWith(`${said} `));
}

/** True when what was said is, or has in it, something of what was expected. */
export function isExpected(text: string, expected: Expected): boolean {
  const said = spokenWords(text);
  if (said === '') return false;
  if (expected.kind !== 'phrases') return true;
  return expected.phrases.map(spokenWords).some((phrase) => phrase !== '' && ` ${said} `.includes(` ${phrase} `));
}
