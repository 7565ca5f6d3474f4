import type { Expected } from '../../src/model/speech/listening.ts';
import { FIGURE_VOICES, PERSON, TUNING_VOICES, type Voice } from './recognition-voices.ts';

export type Kind = 'menu' | 'yes or no' | 'digits' | 'other words, menu' | 'other words, yes or no';

/** Something said, what is expected in that moment, and what is right; null: it is none of what is expected. */
export type Utterance = {
  readonly kind: Kind;
  readonly voice: Voice;
  readonly said: string;
  readonly expected: Expected;
  readonly right: string | null;
};

const YES = ['Yes', 'yeah', 'yep', 'right', 'correct', 'sure', 'ok', 'okay'];
const NO = ['No', 'nope', 'wrong', 'incorrect', 'not right', 'not correct', 'isnt right', 'isnt correct'];
/** The words of src/flow/input/yes-no.ts. */
export const YES_NO: Expected = { kind: 'phrases', phrases: [...YES, ...NO] };

/** What a phrase means, as a flow takes it: every word for yes is a yes. */
export function meaning(text: string, expected: Expected): string {
  if (expected !== YES_NO) return text.toLowerCase();
  return YES.includes(text) ? 'yes' : NO.includes(text) ? 'no' : text;
}

type Words = {
  readonly menus: readonly (readonly string[])[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly digits: readonly string[];
  readonly others: readonly string[];
};

const TUNING: Words = {
  menus: [
    ['sales', 'support', 'pay my bill', 'agent', 'opening hours', 'track my parcel', 'returns'],
    ['reset my password', 'internet', 'mobile phone', 'television', 'something else'],
    ['open an account', 'close my account', 'savings', 'credit card', 'mortgage'],
    ['report a fault', 'meter reading', 'moving house', 'complaints'],
    ['flight status', 'baggage', 'upgrade my seat', 'frequent flyer', 'help'],
  ],
  yes: ['yes', 'yeah', 'yep', 'right', 'correct', 'sure', 'okay'],
  no: ['no', 'nope', 'wrong', 'incorrect', 'not right', 'not correct'],
  digits: ['4711', '2069', '35', '8', '90210'],
  others: [
    'banana',
    'i would like a pizza',
    'kowalczyk',
    'tuesday',
    'never mind',
    'the weather',
    'school',
    'give me a moment',
    'apple',
    'where are you',
    'thank you very much',
    'newspaper',
    'six',
    'maybe later',
    'pineapple',
    'can you hear me',
    'london',
    'telephone',
    'big green tree',
    'fourteen',
    'my cat is ill',
  ],
};
const FIGURE: Words = {
  menus: [
    ['billing', 'technical support', 'new orders', 'cancel my contract', 'talk to an operator', 'store hours'],
    ['check my balance', 'lost card', 'make a payment', 'change my address', 'speak to somebody'],
    ['book a room', 'change a reservation', 'cancel', 'reception', 'restaurant'],
  ],
  yes: ['yes', 'yeah', 'yep', 'correct', 'sure', 'okay'],
  no: ['no', 'nope', 'wrong', 'not correct'],
  digits: ['1', '6', '7', '42', '953', '1806', '27491', '603815'],
  others: [
    'wednesday',
    'what time is it',
    'hello there',
    'purple elephant',
    'i do not know',
    'computer',
    'university',
    'twenty five',
    'good morning',
    'my name is john',
  ],
};
/** Prompts of a person by file, and the words that are spoken in them. */
const PERSON_MENUS: readonly Readonly<Record<string, string>>[] = [
  {
    'digits/day-0': 'sunday',
    'digits/day-1': 'monday',
    'digits/day-2': 'tuesday',
    'digits/day-3': 'wednesday',
    'digits/day-4': 'thursday',
    'digits/day-5': 'friday',
    'digits/day-6': 'saturday',
  },
  {
    'call-forwarding': 'call forwarding',
    'call-waiting': 'call waiting',
    'do-not-disturb': 'do not disturb',
    'speed-dial': 'speed dial',
    'telephone-number': 'telephone number',
  },
  { hours: 'hours', location: 'location', extension: 'extension', goodbye: 'goodbye' },
  { 'digits/today': 'today', 'digits/tomorrow': 'tomorrow', 'digits/yesterday': 'yesterday' },
];
const DIGIT_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Tuning and figure have no voice and no phrase in common, but for the ten digits and the words for yes and no. */
export function corpus(which: 'tuning' | 'figure'): Utterance[] {
  const [words, voices] = which === 'tuning' ? [TUNING, TUNING_VOICES] : [FIGURE, FIGURE_VOICES];
  const made = voices.flatMap((voice) => utterances(words, voice));
  return which === 'tuning' ? made : [...made, ...ofPerson()];
}

function utterances(words: Words, voice: Voice): Utterance[] {
  const phrases = (list: readonly string[]): Expected => ({ kind: 'phrases', phrases: list });
  const other = (kind: Kind, expected: Expected): Utterance[] =>
    words.others.map((said) => ({ kind, voice, said, expected, right: null }));
  const answers = (said: readonly string[], right: string): Utterance[] =>
    said.map((word) => ({ kind: 'yes or no', voice, said: word, expected: YES_NO, right }));
  return [
    ...words.menus.flatMap((menu) =>
      menu.map((said): Utterance => ({ kind: 'menu', voice, said, expected: phrases(menu), right: said })),
    ),
    ...answers(words.yes, 'yes'),
    ...answers(words.no, 'no'),
    ...words.digits.map((digits): Utterance => {
      const said = [...digits].map((digit) => DIGIT_WORDS[Number(digit)]).join(' ');
      return { kind: 'digits', voice, said, expected: knownLength(digits), right: digits };
    }),
    ...words.menus.flatMap((menu) => other('other words, menu', phrases(menu))),
    ...other('other words, yes or no', YES_NO),
  ];
}

function ofPerson(): Utterance[] {
  return PERSON_MENUS.flatMap((menu, at) => {
    const expected: Expected = { kind: 'phrases', phrases: Object.values(menu) };
    const others = Object.keys(PERSON_MENUS[(at + 1) % PERSON_MENUS.length]!);
    return [
      ...Object.entries(menu).map(
        ([said, right]): Utterance => ({ kind: 'menu', voice: PERSON, said, expected, right }),
      ),
      ...others.map((said): Utterance => ({ kind: 'other words, menu', voice: PERSON, said, expected, right: null })),
      ...others.map(
        (said): Utterance => ({ kind: 'other words, yes or no', voice: PERSON, said, expected: YES_NO, right: null }),
      ),
    ];
  }).concat(
    FIGURE.digits.map((digits): Utterance => {
      const said = [...digits].map((digit) => `digits/${digit}`).join('+');
      return { kind: 'digits', voice: PERSON, said, expected: knownLength(digits), right: digits };
    }),
  );
}

function knownLength(digits: string): Expected {
  return { kind: 'digits', min: digits.length, max: digits.length };
}
