import type { BargeIn } from '../../model/speech/listening.ts';
import type { Prompt } from '../prompt.ts';
import { decimal } from '../shape/decimal.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, emptyOf, object, optional } from '../shape/object.ts';
import { LANGUAGE, PROMPT } from '../shape/prompt.ts';
import { choice, duration, text, wholeNumber } from '../shape/scalars.ts';
import { mapped, type Shape } from '../shape/shape.ts';
import { YES_NO } from '../shape/yes-no.ts';

/** How speech is listened to; times in ms. */
export type Listening = {
  /** False: keys alone count. */
  readonly listen: boolean;
  /** Null: the language of the contact. */
  readonly language: string | null;
  /** Words that are likely to come. */
  readonly hints: readonly string[];
  readonly bargeIn: BargeIn;
  readonly minWords: number;
  /** Null: by what is expected (listen-order.ts). */
  readonly endSilenceMs: number | null;
  readonly maxDurationMs: number | null;
  readonly minConfidence: number;
  /** What was understood with less confidence than this is asked back; null: as the step usually does. */
  readonly confirmBelow: number | null;
  /** Empty: our own words. */
  readonly confirmPrompt: Prompt;
  /** So many of the likeliest understandings are looked at. */
  readonly nBest: number;
};

const HINTS_MAX = 500;
const BARGE_INS = ['voice', 'words', 'match', 'off'] as const;
const FIELDS = {
  listen: defaulted(YES_NO, true, 'Whether it is listened to what the caller says; with false keys alone count.'),
  language: optional(LANGUAGE, 'The language that is spoken; that of the contact when left out.'),
  hints: defaulted(listOrOne(text(), HINTS_MAX), [], 'Words that are likely to come.', []),
  barge_in: defaulted(
    choice(BARGE_INS),
    'voice',
    'What stops the prompt: a voice, words that were understood, nothing but what is expected, or nothing that is said.',
  ),
  min_words: defaulted(wholeNumber({ min: 1, max: 10 }), 1, 'Beside `barge_in: words`: how many.'),
  end_silence: optional(
    duration({ minMs: 100, maxMs: 10_000 }),
    'The silence that ends what is said. When left out: 600ms for choices and yes or no, 1.1s for digits, 1s for numbers, dates and times, 1.2s for anything else.',
  ),
  max_duration: optional(
    duration({ minMs: 1_000, maxMs: 120_000 }),
    'How long one may speak. When left out: 8s for choices and yes or no, 15s for digits, numbers, dates and times, 30s for anything else.',
  ),
  min_confidence: defaulted(
    decimal({ min: 0, max: 1 }),
    0.5,
    'What was understood with less confidence, 0 to 1, counts as not understood.',
  ),
  confirm_below: optional(
    decimal({ min: 0, max: 1 }),
    'What was understood with less confidence than this, but not too little, is asked back. When left out: 0.7 in menu, language and directory, never elsewhere.',
  ),
  confirm_prompt: defaulted(
    PROMPT,
    [],
    'How it is asked back; `result.text` is what was understood. Own words in English, German and Mandarin when left out.',
    [],
  ),
  n_best: defaulted(
    wholeNumber({ min: 1, max: 10 }),
    3,
    'So many of the likeliest understandings are looked at, until one fits.',
  ),
};

/** `speech:` of every step that asks. */
export const LISTENING: Shape<Listening> = mapped(object(FIELDS), listeningOf);
/** The language in which words are understood. */
export function languageOf(listening: Listening, context: { readonly language: string }): string {
  return listening.language ?? context.language;
}

/** When nothing is written. */
export const USUAL_LISTENING: Listening = listeningOf(emptyOf(FIELDS));
export const SPEECH = defaulted(LISTENING, USUAL_LISTENING, 'How speech is listened to.', {});

/** Steps that an earlier release read, and that contacts still go through, say nothing of what came later. */
export function wholeListening(read: Partial<Listening>): Listening {
  return { ...USUAL_LISTENING, ...read };
}

function listeningOf(written: ReturnType<typeof emptyOf<typeof FIELDS>>): Listening {
  return {
    listen: written.listen,
    language: written.language ?? null,
    hints: written.hints,
    bargeIn: written.barge_in,
    minWords: written.min_words,
    endSilenceMs: written.end_silence ?? null,
    maxDurationMs: written.max_duration ?? null,
    minConfidence: written.min_confidence,
    confirmBelow: written.confirm_below ?? null,
    confirmPrompt: written.confirm_prompt,
    nBest: written.n_best,
  };
}
