/**
 * A number from 0 (included) to 1 drawn from words: the same words give the same number, so that a replay decides as life
 * did. FNV-1a with the last mixing of MurmurHash3, without which words that end alike would give numbers that are alike.
 */
export function draw(words: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const letter of words.join('\u0000')) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
