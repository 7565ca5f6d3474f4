import type { Expected } from '../../src/model/speech/listening.ts';
import { FIGURE_VOICES, PERSON, TUNING_VOICES, type Voice } from './recognition-voices.ts';
import { DIGIT_WORDS, FIGURE, PERSON_MENUS, TUNING, type Words } from './recognition-words.ts';

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

/** Tuning and figure have no voice and no phrase in common, but for the ten digits and the words for yes and no. */
export function corpus(which: 'tuning' | 'figure'): Utterance[] {
  const [words, voices] = which === 'tuning' ? [TUNING, TUNING_VOICES] : [FIGURE, FIGURE_VOICES];
  const made = voices.flatMap((voice) => utterances(words, voice));
  return which === 'tuning' ? made : [...made, ...ofPerson()];
}

function utterances(words: Words, voice: Voice): Utterance[] {
  const phrases = (list: readonly string[]): Expected => ({ kind: 'phrases', phrases: list });
  const other = (kind: Kind, expected: Expected, others = words.others): Utterance[] =>
    others.map((said) => ({ kind, voice, said, expected, right: null }));
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
    ...words.moreOthers.flatMap((said, at) =>
      other('other words, menu', phrases(words.menus[at % words.menus.length]!), [said]),
    ),
    ...other('other words, yes or no', YES_NO, [...words.others, ...words.moreOthers]),
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
