import type { Prompt } from '../../prompt.ts';

/** Words for every site that has none of its own; English where there are none in the customer's language. */
export const POSITION: Prompt = inLanguages({
  de: `Sie sind auf Platz \${{ queue.position }} der Warteschlange.`,
  other: `You are number \${{ queue.position }} in the queue.`,
});

export const NEXT_IN_LINE: Prompt = inLanguages({
  de: 'Sie sind als Nächstes an der Reihe.',
  other: 'You are next in line.',
});

export const ESTIMATED_WAIT: Prompt = inLanguages({
  de: `Die voraussichtliche Wartezeit in Minuten: \${{ queue.estimated_minutes }}.`,
  other: `The estimated waiting time in minutes: \${{ queue.estimated_minutes }}.`,
});

/** Words in German, and in English for everybody else. */
export function inLanguages(texts: { readonly de: string; readonly other: string }): Prompt {
  return [{ byLanguage: { de: [{ say: texts.de, language: 'de' }], other: [{ say: texts.other, language: 'en' }] } }];
}
