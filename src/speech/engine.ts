import type { Result } from '../model/failure.ts';

/** Samples of one channel, 16 bit, and how many of them a second. */
export type Sound = { readonly samples: Int16Array; readonly rate: number };

/** Something that turns plain words into sound. It never sees markup. */
export type Engine = {
  /** As the site names it. */
  readonly name: string;
  readonly version: string;
  /** Whether its first samples come long before its last ones, so that a text is given to it whole; otherwise it gets pieces. */
  streams(voice: string): boolean;
  /** The engine's usual voice for these words, or undefined when it lacks the language or the letters. `language`: BCP 47. */
  voiceFor(words: string, language: string): string | undefined;
  /** The voice of this name, as an order wants it; undefined when there is none of that name for the language. */
  voiceNamed(name: string, language: string): string | undefined;
  /**
   * Speaks, and hands the sound over as it comes. The words are plain and bounded. Ends at once when the signal is given.
   * Failures: `speech.engine_missing`, `speech.engine_failed`, `speech.timed_out`, `speech.closed` (the signal).
   */
  speak(order: SpeakOrder): Promise<Result<void>>;
  /** Lets go of what it holds. May be called twice. */
  close(): Promise<void>;
};

export type SpeakOrder = {
  readonly words: string;
  readonly voice: string;
  /** BCP 47. */
  readonly language: string;
  /** 1: the voice's usual pace; 0.5 to 2. */
  readonly rate: number;
  readonly signal: AbortSignal;
  /** Takes a piece of the sound, of any length, always of the same rate within one order. */
  take(piece: Sound): void;
};

/** Makes an engine ready: looks for its program, asks for its voices. Failures: as `speak`, and `speech.model_missing`. */
export type EngineOpener = (signal: AbortSignal) => Promise<Result<Engine>>;

/** What a test or a site may choose about an engine's program. */
export type EngineProgram = { readonly name?: string; readonly program?: string; readonly timeoutMs?: number };
