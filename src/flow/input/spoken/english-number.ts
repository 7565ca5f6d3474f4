/** How numbers are said in English, one word after the other (spokenWords makes "twenty-five" two of them). */
const UNITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1_000],
  ['million', 1_000_000],
  ['billion', 1_000_000_000],
]);

const SMALL: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, at) => [word, at] as const),
  ['oh', 0] as const,
  ['o', 0] as const,
  ['a', 1] as const,
  ...TEENS.map((word, at) => [word, at + 10] as const),
  ...TENS.map((word, at) => [word, (at + 2) * 10] as const),
]);
const ORDINAL: ReadonlyMap<string, number> = new Map([
  ...ORDINALS.map((word, at) => [word, at + 1] as const),
  ['twentieth', 20] as const,
  ['thirtieth', 30] as const,
]);

/** The value of one word below a hundred, or of figures; undefined for other words. */
export function englishWord(word: string): number | undefined {
  return /^\d{1,9}$/.test(word) ? Number(word) : SMALL.get(word);
}

/** Whether a unit may follow it: "twenty five". */
export function takesUnit(value: number, next: number): boolean {
  return value >= 20 && value < 100 && value % 10 === 0 && next >= 1 && next <= 9;
}

/** "third", "thirty first", "3rd", "3": the day of a month; undefined for anything else. */
export function englishOrdinal(words: readonly string[]): number | undefined {
  const last = words.at(-1);
  if (last === undefined || words.length > 2) return undefined;
  const figures = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(last);
  const end = figures ? Number(figures[1]) : (ORDINAL.get(last) ?? englishWord(last));
  if (end === undefined || words.length === 1) return end;
  const tens = englishWord(words[0]!);
  return tens !== undefined && takesUnit(tens, end) ? tens + end : undefined;
}

/** A number of which every word is one: "minus twelve hundred and five point two five"; undefined for anything else. */
export function englishNumber(words: readonly string[]): number | undefined {
  const negative = words[0] === 'minus' || words[0] === 'negative';
  const said = negative ? words.slice(1) : words;
  const at = said.indexOf('point');
  const whole = cardinal(at < 0 ? said : said.slice(0, at));
  const broken = at < 0 ? '' : decimals(said.slice(at + 1));
  if (whole === undefined || broken === undefined) return undefined;
  const value = Number(`${whole}${broken === '' ? '' : `.${broken}`}`);
  return negative ? 0 - value : value;
}

function decimals(words: readonly string[]): string | undefined {
  const digits = words.map(englishWord);
  if (digits.length === 0 || digits.some((one) => one === undefined || one > 99)) return undefined;
  return digits.join('');
}

/** Parts rise in no place: "one thousand two hundred and five". */
function cardinal(words: readonly string[]): number | undefined {
  let [total, part] = [0, 0];
  let below = Number.POSITIVE_INFINITY;
  let last = '';
  for (const word of words) {
    const scale = SCALES.get(word);
    const value = englishWord(word);
    if (word === 'and') {
      if (!SCALES.has(last) && last !== 'hundred') return undefined;
    } else if (word === 'hundred') {
      if (part < 1 || part > 99) return undefined;
      part *= 100;
    } else if (scale !== undefined) {
      if (part < 1 || scale >= below) return undefined;
      [total, part, below] = [total + part * scale, 0, scale];
    } else if (value === undefined || !fits(part, value, last)) return undefined;
    else part += value;
    last = word;
  }
  return last === '' || last === 'and' ? undefined : total + part;
}

function fits(part: number, value: number, last: string): boolean {
  if (last === '' || SCALES.has(last)) return true;
  if (value === 0) return false;
  if (last === 'hundred' || last === 'and') return value < 100 && part % 100 === 0;
  return takesUnit(part % 100, value);
}

/** Numbers one after the other, as in years and digits: "nineteen eighty four" is 19 and 84; undefined for other words. */
export function englishGroups(words: readonly string[]): readonly number[] | undefined {
  const groups: number[] = [];
  let open = false;
  for (const word of words) {
    const value = englishWord(word);
    if (value === undefined || word === 'a') return undefined;
    if (open && takesUnit(groups.at(-1)!, value)) {
      groups.push(groups.pop()! + value);
      open = false;
    } else {
      groups.push(value);
      open = !/^\d/.test(word);
    }
  }
  return groups.length === 0 ? undefined : groups;
}
