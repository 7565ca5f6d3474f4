/** The phones of the English model (CMU's 39). Each is also a word of its own, `gg<phone>`, for the loop of any sounds. */
export const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' ');
const BY_WORD: ReadonlyMap<string, string> = new Map(PHONES.map((phone) => [`gg${phone.toLowerCase()}`, phone]));

/** Any phones in any order. */
export const PHONE_LOOP = `#JSGF V1.0; grammar loop; public <loop> = <p>+ ; <p> = ${[...BY_WORD.keys()].join(' | ')} ;`;

/** A dictionary of the words of the loop. */
export const PHONE_DICTIONARY = [...BY_WORD].map(([word, phone]) => `${word} ${phone}\n`).join('');

/** The phone that a word of the loop is; undefined for silence and noise. */
export function phoneOfLoop(word: string): string | undefined {
  return BY_WORD.get(word);
}
