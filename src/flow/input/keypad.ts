/** The letters of the keys of a telephone (ITU-T E.161). */
const KEYS = ['', '', 'abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];
const KEY_OF: ReadonlyMap<string, string> = new Map(
  KEYS.flatMap((letters, key) => [...letters].map((letter) => [letter, String(key)] as const)),
);
/** Letters that do not come apart into one of the keypad and an accent. */
const OTHER_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Letters without their accents, small, and digits; one blank between words. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => OTHER_LETTERS[letter]!)
    .replace(/\p{M}/gu, '')
    .replace(/['\u2019]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The keys on which plain letters are spelled; a letter that is on none of them is left out. */
export function spelledOnKeys(letters: string): string {
  let keys = '';
  for (const sign of letters) keys += sign >= '0' && sign <= '9' ? sign : (KEY_OF.get(sign) ?? '');
  return keys;
}
