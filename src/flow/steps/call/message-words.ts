import { inLanguage, type Prompt } from '../../prompt.ts';

export const REVIEW_ACTIONS = ['listen', 'rerecord', 'save', 'cancel'] as const;
export type ReviewAction = (typeof REVIEW_ACTIONS)[number];
export type ReviewKey = { readonly key: string; readonly value: ReviewAction };

type Words = {
  readonly greeting: (key: string) => string;
  readonly review: Readonly<Record<ReviewAction, (key: string) => string>>;
  readonly star: string;
  readonly hash: string;
};

const WORDS: { readonly en: Words; readonly de: Words } = {
  en: {
    greeting: (key) => `Please leave a message after the tone. Press ${key} when you have finished.`,
    review: {
      listen: (key) => `To listen to your message, press ${key}.`,
      rerecord: (key) => `To record it again, press ${key}.`,
      save: (key) => `To save it, press ${key}.`,
      cancel: (key) => `To leave without a message, press ${key}.`,
    },
    star: 'star',
    hash: 'hash',
  },
  de: {
    greeting: (key) =>
      `Bitte hinterlassen Sie eine Nachricht nach dem Ton. Dr\u00fccken Sie ${key}, wenn Sie fertig sind.`,
    review: {
      listen: (key) => `Um Ihre Nachricht anzuh\u00f6ren, dr\u00fccken Sie ${key}.`,
      rerecord: (key) => `Um sie neu aufzunehmen, dr\u00fccken Sie ${key}.`,
      save: (key) => `Um sie zu speichern, dr\u00fccken Sie ${key}.`,
      cancel: (key) => `Um ohne Nachricht fortzufahren, dr\u00fccken Sie ${key}.`,
    },
    star: 'Stern',
    hash: 'Raute',
  },
};
/** A language without words of its own hears English. */
const BY_LANGUAGE: Readonly<Record<string, Words>> = { ...WORDS, other: WORDS.en };

/** What is said before the tone where the flow has no words of its own. */
export function usualGreeting(terminator: string, language: string): Prompt {
  const { words, spoken } = wordsIn(language);
  return [{ say: words.greeting(keyName(words, terminator)), language: spoken }];
}

/** What the customer may do with the message. */
export function reviewWords(review: readonly ReviewKey[], language: string): Prompt {
  const { words, spoken } = wordsIn(language);
  return review.map(({ key, value }) => ({ say: words.review[value](keyName(words, key)), language: spoken }));
}

/** The words of a language and the language in which they are spoken. */
function wordsIn(language: string): { readonly words: Words; readonly spoken: string } {
  const words = inLanguage(BY_LANGUAGE, language)!;
  return { words, spoken: words === WORDS.en && !language.startsWith('en') ? 'en' : language };
}

function keyName({ star, hash }: Words, key: string): string {
  return key === '*' ? star : key === '#' ? hash : key;
}
