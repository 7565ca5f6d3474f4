import type { AtMs, ContactId } from '../ids.ts';

/** `<contactId>.h<count>-<time in base 36>`: one turn in which a step listens to the customer. */
export type ListenId = string;

/** What a step waits for; it is what a recogniser with a grammar is built from, and a hint for one without. */
export type Expected =
  /** One of these, each in the words in which it may be said: choices, names, yes and no. */
  | { readonly kind: 'phrases'; readonly phrases: readonly string[] }
  | { readonly kind: 'digits'; readonly min: number; readonly max: number }
  | { readonly kind: 'number' | 'currency' | 'date' | 'time' }
  /** Anything: needs a recogniser that writes down what is said. */
  | { readonly kind: 'free' };

/**
 * What stops the prompt (speech.md 6; the rules of ivr-ari.md F.3 and F.4): the voice, the first words that were understood
 * (`minWords` of them), nothing but what was expected (hotword), or nothing.
 */
export type BargeIn = 'voice' | 'words' | 'match' | 'off';

/** How a step listens. Times in ms. */
export type ListenOrder = {
  /** BCP 47. */
  readonly language: string;
  readonly expected: Expected;
  /** Further words that are likely to come. */
  readonly hints: readonly string[];
  readonly bargeIn: BargeIn;
  readonly minWords: number;
  /** The silence that ends what is said. */
  readonly endSilenceMs: number;
  readonly maxDurationMs: number;
  /** What is understood with less confidence, 0 to 1, is not taken as an early match. */
  readonly minConfidence: number;
  /** What is said is never kept, logged or sent to an engine that the site has not allowed for it. */
  readonly sensitive: boolean;
};

/** What else it may have been, the likeliest first. */
export type Alternative = { readonly text: string; readonly confidence: number };

/** Why a turn of listening was over: silence, a word that could be taken at once, the engine said so, or it took too long. */
export type SpeechEndedBy = 'silence' | 'match' | 'engine' | 'max_duration';

/** Decisions of a flow about its ears. */
export type ListeningEvent =
  | { kind: 'listening.started'; atMs: AtMs; contactId: ContactId; listenId: ListenId; order: ListenOrder }
  | { kind: 'listening.stopped'; atMs: AtMs; contactId: ContactId; listenId: ListenId };

/** What the ears told. */
export type SpeechEvent =
  /**
   * The customer has begun to speak, in the way that counts as a barge-in by the order. Once a turn, unless noise followed.
   * `bargesIn` is false for a voice alone where words are needed for that: the prompt goes on, but nobody is silent.
   */
  | { kind: 'speech.started'; atMs: AtMs; contactId: ContactId; listenId: ListenId; bargesIn?: false }
  /**
   * What the customer said, as it was understood; `confidence` is 0 to 1. An empty text with confidence 0: words that were
   * none of those expected.
   */
  | {
      kind: 'speech.heard';
      atMs: AtMs;
      contactId: ContactId;
      text: string;
      confidence: number;
      sensitive?: true;
      listenId?: ListenId;
      alternatives?: readonly Alternative[];
      engine?: string;
      endedBy?: SpeechEndedBy;
      /** From the end of the voice until this. */
      tookMs?: number;
    }
  /** There was a voice, or a cough, without words. The listening goes on. */
  | { kind: 'speech.missed'; atMs: AtMs; contactId: ContactId; listenId: ListenId }
  /** No engine hears this turn (any more); keys count all the same. `code` is one of recognition's. */
  | { kind: 'speech.failed'; atMs: AtMs; contactId: ContactId; listenId: ListenId; code: string };
