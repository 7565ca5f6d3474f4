import type { Happening } from '../step-kind.ts';
import { type Listening, wholeListening } from './listening.ts';

export type Speech = Extract<Happening, { readonly what: 'speech' }>;

/** One way in which the words may be understood, and what they mean then. */
export type Understood<T> = { readonly meant: T; readonly text: string; readonly confidence: number };

/** The ways that are looked at, the likeliest first; or why there is none. */
export function ways(
  { text, confidence, alternatives = [] }: Omit<Speech, 'what'>,
  listening: Pick<Listening, 'minConfidence' | 'nBest'>,
): readonly { readonly text: string; readonly confidence: number }[] | 'low_confidence' | 'no_match' {
  const { minConfidence, nBest } = wholeListening(listening);
  // Words that are none of those expected come as an empty text.
  const said = [{ text, confidence }, ...alternatives].filter((one) => one.text.trim() !== '').slice(0, nBest);
  if (said.length === 0) return 'no_match';
  const sure = said.filter((one) => one.confidence >= minConfidence);
  return sure.length === 0 ? 'low_confidence' : sure;
}

/** The likeliest way that means something here: where the first does not fit, one of the others may (n-best). */
export function understood<T>(
  speech: Speech,
  listening: Pick<Listening, 'minConfidence' | 'nBest'>,
  meaning: (text: string) => T | undefined,
): Understood<T> | 'low_confidence' | 'no_match' {
  const found = ways(speech, listening);
  if (typeof found === 'string') return found;
  for (const { text, confidence } of found) {
    const meant = meaning(text);
    if (meant !== undefined) return { meant, text, confidence };
  }
  return 'no_match';
}
