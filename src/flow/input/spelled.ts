import { spokenWords } from './phrases.ts';
import { chineseDigits, chineseNumber } from './spoken/chinese-number.ts';
import { englishWord, takesUnit } from './spoken/english-number.ts';
import { isMandarin, spokenNumber, unspaced } from './spoken/spoken-number.ts';

/** How digits are spoken. A language that is not here is read as English. */
const DIGIT_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    zero: '0',
    oh: '0',
    o: '0',
    nought: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    ten: '10',
  },
  de: {
    null: '0',
    eins: '1',
    ein: '1',
    zwei: '2',
    zwo: '2',
    drei: '3',
    vier: '4',
    fünf: '5',
    fuenf: '5',
    sechs: '6',
    sieben: '7',
    acht: '8',
    neun: '9',
    zehn: '10',
  },
};
/** Words before a digit that is said twice or three times: "double seven", "doppel sieben". */
const REPEATED: Readonly<Record<string, number>> = { double: 2, triple: 3, doppel: 2, dreifach: 3 };
/** Words around digits that mean nothing: "press one please". */
const FILLERS = new Set(['press', 'please', 'number', 'and', 'drücken', 'bitte', 'nummer', 'die', 'taste', 'und']);

/** Words by which a number is said as a whole, "two hundred and five", and not digit by digit. */
const AS_A_WHOLE = / (hundred|thousand|million)( |$)/;

/** The digits of "four seven double one", "forty seven eleven" or "47 11"; undefined when anything else is said, or nothing. */
export function spokenDigits(text: string, language: string): string | undefined {
  if (isMandarin(language)) return mandarinDigits(unspaced(text));
  const said = spokenWords(text);
  if (AS_A_WHOLE.test(said)) {
    const whole = spokenNumber(said, language);
    // "One eight hundred" is no number: the hundred stands for its noughts there.
    if (whole === undefined) return digitWords(said.replace('hundred', '00').split(' '), language);
    return whole < 0 || !Number.isSafeInteger(whole) ? undefined : String(whole);
  }
  return digitWords(said.split(' '), language);
}

function digitWords(said: readonly string[], language: string): string | undefined {
  const stem = stemOf(language);
  const words = DIGIT_WORDS[stem]!;
  let digits = '';
  let times = 1;
  let tens = '';
  for (const word of said) {
    if (FILLERS.has(word)) continue;
    const repeated = Object.hasOwn(REPEATED, word) ? REPEATED[word] : undefined;
    if (repeated !== undefined && times === 1) {
      times = repeated;
      continue;
    }
    const own = /^[0-9]+$/.test(word) ? word : Object.hasOwn(words, word) ? words[word]! : undefined;
    const large = own === undefined && stem === 'en' && word !== 'a' ? englishWord(word) : undefined;
    const one = own ?? (large === undefined ? undefined : String(large));
    if (one === undefined || (times > 1 && one.length > 1)) return undefined;
    // "Forty seven" is said of 47.
    const joined = times === 1 && tens !== '' && own !== undefined && takesUnit(Number(tens), Number(one));
    digits = joined ? `${digits.slice(0, -1)}${one}` : `${digits}${one.repeat(times)}`;
    tens = large !== undefined && large >= 20 ? one : '';
    times = 1;
  }
  return times === 1 && digits !== '' ? digits : undefined;
}

function mandarinDigits(said: string): string | undefined {
  const bare = said.replace(/^(请?按|选)/, '').replace(/[号號键]$/, '');
  const digits = chineseDigits(bare);
  if (digits !== undefined) return digits;
  const whole = chineseNumber(bare);
  return whole === undefined || whole < 0 || !Number.isSafeInteger(whole) ? undefined : String(whole);
}

/** How the digit of a key is said; undefined for star and hash. */
export function wordOfDigit(key: string, language: string): string | undefined {
  if (!/^[0-9]$/.test(key)) return undefined;
  if (isMandarin(language)) return '零一二三四五六七八九'[Number(key)];
  return Object.entries(DIGIT_WORDS[stemOf(language)]!).find(([, digit]) => digit === key)?.[0];
}

function stemOf(language: string): string {
  const stem = language.split('-')[0]!.toLowerCase();
  return Object.hasOwn(DIGIT_WORDS, stem) ? stem : 'en';
}
