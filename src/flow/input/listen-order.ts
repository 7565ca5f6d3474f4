import type { Expected, ListenOrder } from '../../model/speech/listening.ts';
import type { StepContext } from '../step-kind.ts';
import { type Listening, languageOf, wholeListening } from './listening.ts';

/** What a question wants to hear, and how. */
export type Hear = {
  readonly speech: Listening;
  readonly expected: Expected;
  /** Keys answer the question, too. */
  readonly keys: boolean;
  readonly sensitive?: boolean;
};

/** Most phrases of one order: it stands in the journal, and a recogniser makes a grammar of it. */
export const EXPECTED_PHRASES_MAX = 500;
/** What is said over such a prompt is passed over, so it is listened to from its end on. */
const AFTER_THE_PROMPT = 'off';

type Times = { readonly endSilenceMs: number; readonly maxDurationMs: number };
/** Between words of a choice nobody pauses; between digits and in a date people do (measured: research of the speech engines). */
const USUAL_TIMES: Readonly<Record<Expected['kind'], Times>> = {
  phrases: { endSilenceMs: 600, maxDurationMs: 8_000 },
  digits: { endSilenceMs: 1_100, maxDurationMs: 15_000 },
  number: { endSilenceMs: 1_000, maxDurationMs: 15_000 },
  currency: { endSilenceMs: 1_000, maxDurationMs: 15_000 },
  date: { endSilenceMs: 1_000, maxDurationMs: 15_000 },
  time: { endSilenceMs: 1_000, maxDurationMs: 15_000 },
  free: { endSilenceMs: 1_200, maxDurationMs: 30_000 },
};

/** Choices as they may be said; nothing to say: undefined. */
export function expectedPhrases(phrases: readonly string[]): Expected {
  return { kind: 'phrases', phrases: [...new Set(phrases)].slice(0, EXPECTED_PHRASES_MAX) };
}

/** False where nothing can be said: the step says so, or there are no words. */
export function isHeard({ speech, expected }: Hear): boolean {
  return wholeListening(speech).listen && (expected.kind !== 'phrases' || expected.phrases.length > 0);
}

/** True when it is listened to while the prompt is still heard. */
export function listensOver({ speech }: Hear, bargeIn: boolean): boolean {
  return bargeIn && wholeListening(speech).bargeIn !== AFTER_THE_PROMPT;
}

export function listenOrder(hear: Hear, context: StepContext): ListenOrder {
  const speech = wholeListening(hear.speech);
  const usual = USUAL_TIMES[hear.expected.kind];
  return {
    language: languageOf(speech, context),
    expected: hear.expected,
    hints: speech.hints,
    // When it begins after the prompt, a voice is all that has to be known of.
    bargeIn: speech.bargeIn === AFTER_THE_PROMPT ? 'voice' : speech.bargeIn,
    minWords: speech.minWords,
    endSilenceMs: speech.endSilenceMs ?? usual.endSilenceMs,
    maxDurationMs: speech.maxDurationMs ?? usual.maxDurationMs,
    minConfidence: speech.minConfidence,
    sensitive: hear.sensitive ?? false,
  };
}
