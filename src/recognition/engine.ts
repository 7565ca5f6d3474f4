import type { Result } from '../model/failure.ts';
import type { SpeechEngine } from '../model/speech/engines.ts';
import type { Alternative, ListenOrder } from '../model/speech/listening.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';

/** What an engine can do. It decides for which orders it is asked, and how. */
export type EngineCaps = {
  /** It hears nothing but what is expected, and says when it was none of that. */
  readonly grammar: boolean;
  /** It writes down whatever is said; `poor`: used for transcription when there is nothing better. */
  readonly freeForm: 'no' | 'poor' | 'yes';
  /**
   * It tells what it has understood while the caller still speaks. It is then opened when the voice begins; one without
   * is opened when the voice has ended, and is given the whole utterance at once.
   */
  readonly partials: boolean;
  /** BCP 47 in lower case; a longer tag is served by its shorter form. `any`: the site says which. */
  readonly languages: readonly string[] | 'any';
  /** Sound does not leave this machine. */
  readonly local: boolean;
};

/** What is to be heard in one utterance. */
export type UtteranceOrder = Pick<
  ListenOrder,
  'language' | 'expected' | 'hints' | 'endSilenceMs' | 'maxDurationMs' | 'sensitive'
> & {
  /** Several finals may follow each other before the end: somebody talks on, and all of it is written down. */
  readonly continuous: boolean;
};

/** What an engine tells of one utterance. After `nothing` or `failed`, or a final of one that is not continuous, nothing more. */
export type EngineHeard =
  /** All that was understood of the utterance so far, not only what is new; in a continuous one since the last final. */
  | { readonly what: 'partial'; readonly text: string }
  /** The engine takes the caller as having finished; the final follows by itself, or when `end` is called. */
  | { readonly what: 'ended' }
  | {
      readonly what: 'final';
      /** Empty, with confidence 0: words, but none of those expected. */
      readonly text: string;
      /** 0 to 1; an engine that has none says 1. */
      readonly confidence: number;
      /** What else it may have been, the likeliest first; without `text` itself. */
      readonly alternatives: readonly Alternative[];
    }
  /** Sound without words. */
  | { readonly what: 'nothing' }
  | { readonly what: 'failed'; readonly code: RecognitionFailureCode };

/** One utterance. */
export type Utterance = {
  /**
   * 16 bit, 8 kHz, any length (20 ms while it is spoken; what was spoken before the engine was asked comes in one piece).
   * The array is not changed later. Never blocks and never throws; what cannot be sent is kept within a bound of the
   * engine's own, and then it is `failed` with `recognition.too_much_sound`.
   */
  write(samples: Int16Array): void;
  /** The caller has ended: one `final`, `nothing` or `failed` is owed now. May be called twice. */
  end(): void;
  /** Nobody waits for it any more; nothing is told from now on. May be called twice, and after the end. */
  drop(): void;
};

/** Turns sound into words. Time-outs for the answer, the cap on utterances at once and the breaker are not its business. */
export type Engine = {
  /** As the site names it. */
  readonly name: string;
  readonly caps: EngineCaps;
  /** Begins an utterance. Never throws; what is wrong comes as `failed`, never before this has returned. */
  hear(order: UtteranceOrder, told: (heard: EngineHeard) => void): Utterance;
  /** A caller is about to speak: connections are opened, children started, grammars made. Never throws. */
  warm?(order: UtteranceOrder): void;
  /** Whether it could hear now: library, model, secret. Failures: `recognition.*`. */
  check(): Promise<Result<void>>;
  /** Ends its utterances, connections and child processes. May be called twice. */
  close(): Promise<void>;
};

export type EngineContext = {
  /** At most so many utterances are heard at once. */
  readonly sessionsMax: number;
  /** The secret of that name; undefined when there is none. */
  readonly secretOf: (name: string) => string | undefined;
};

/** Makes an engine, without loading or connecting anything yet. */
export type EngineOpener<K extends SpeechEngine['kind']> = (
  name: string,
  setting: SpeechEngine & { readonly kind: K },
  context: EngineContext,
) => Engine;
