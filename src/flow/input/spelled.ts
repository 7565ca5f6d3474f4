import { spokenWords } from './phrases.ts';

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

/** The digits of "four seven double one" or "47 11"; undefined when anything else is said, or nothing. */
export function spokenDigits(text: string, language: string): string | undefined {
  const words = DIGIT_WORDS[language.split('-')[0]!.toLowerCase()] ?? DIGIT_WORDS['en']!;
  let digits = '';
  let times = 1;
  for (const word of spokenWords(text).split(' ')) {
    if (FILLERS.has(word)) continue;
    const repeated = Object.hasOwn(REPEATED, word) ? REPEATED[word] : undefined;
    if (repeated !== undefined && times === 1) {
      times = repeated;
      continue;
    }
    const said = /^[0-9]+$/.test(word) ? word : Object.hasOwn(words, word) ? words[word]! : undefined;
    if (said === undefined || (times > 1 && said.length > 1)) return undefined;
    digits += said.repeat(times);
    times = 1;
  }
  return times === 1 && digits !== '' ? digits : undefined;
}
