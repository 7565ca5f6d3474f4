/**
 * Phones that are taken for one another when sounds in any order are heard: each line is of one kind, and of one place in the
 * mouth where that is heard over a telephone.
 */
const KINDS = [
  'P B',
  'T D',
  'K G',
  'CH JH SH ZH',
  'S Z TH DH F V HH',
  'M N NG',
  'L R W Y',
  'IY IH EY EH AE',
  'AA AO AH OW UH UW',
  'AY OY AW ER',
];
const KIND_OF: ReadonlyMap<string, number> = new Map(
  KINDS.flatMap((phones, kind) => phones.split(' ').map((phone): [string, number] => [phone, kind])),
);

/** What a phone costs that was heard as another one of its kind, or of another kind; that was not heard; that is too many. */
const OF_ITS_KIND = 0.5;
const OF_ANOTHER_KIND = 1;
const NOT_HEARD = 0.7;
const TOO_MANY = 1;

/** How far the phones that were heard are from a pronunciation: 0 when they are the same (Levenshtein's distance, weighted). */
export function phonesApart(pronounced: readonly string[], heard: readonly string[]): number {
  let before = Array.from({ length: heard.length + 1 }, (_, count) => count * TOO_MANY);
  for (const phone of pronounced) {
    const row = [before[0]! + NOT_HEARD];
    heard.forEach((other, at) => {
      const changed = before[at]! + costOf(phone, other);
      row.push(Math.min(changed, before[at + 1]! + NOT_HEARD, row[at]! + TOO_MANY));
    });
    before = row;
  }
  return before.at(-1)!;
}

function costOf(phone: string, heard: string): number {
  if (phone === heard) return 0;
  return KIND_OF.get(phone) === KIND_OF.get(heard) ? OF_ITS_KIND : OF_ANOTHER_KIND;
}
