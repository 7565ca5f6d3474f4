import { decimal } from '../shape/decimal.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, emptyOf, object, optional } from '../shape/object.ts';
import { LANGUAGE } from '../shape/prompt.ts';
import { duration, text } from '../shape/scalars.ts';
import { mapped, type Shape } from '../shape/shape.ts';

/** How speech is listened to; times in ms. Only `minConfidence` is used where the flow decides, the rest is for the engine. */
export type Listening = {
  /** Null: the language of the contact. */
  readonly language: string | null;
  /** Words that are likely to come. */
  readonly hints: readonly string[];
  readonly endSilenceMs: number;
  readonly maxDurationMs: number;
  readonly minConfidence: number;
};

const HINTS_MAX = 500;
const FIELDS = {
  language: optional(LANGUAGE, 'The language that is spoken; that of the contact when left out.'),
  hints: defaulted(listOrOne(text(), HINTS_MAX), [], 'Words that are likely to come.', []),
  end_silence: defaulted(duration({ minMs: 100, maxMs: 10_000 }), 1_000, 'The silence that ends what is said.'),
  max_duration: defaulted(duration({ minMs: 1_000, maxMs: 120_000 }), 30_000, 'How long one may speak.'),
  min_confidence: defaulted(
    decimal({ min: 0, max: 1 }),
    0.5,
    'What was understood with less confidence, 0 to 1, counts as not understood.',
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

function listeningOf(written: ReturnType<typeof emptyOf<typeof FIELDS>>): Listening {
  return {
    language: written.language ?? null,
    hints: written.hints,
    endSilenceMs: written.end_silence,
    maxDurationMs: written.max_duration,
    minConfidence: written.min_confidence,
  };
}
