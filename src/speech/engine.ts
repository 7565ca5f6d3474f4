import type { Result } from '../model/failure.ts';

/** A program that turns plain text into a sound file. It never sees markup. */
export type Engine = {
  readonly name: string;
  readonly version: string;
  /** Language tags (BCP 47) in lower case; a longer tag such as `de-AT` is served by its shorter form. */
  readonly languages: readonly string[];
  /** The engine's own name of the voice for this text, or undefined when it lacks the language or the letters. */
  voiceFor(text: string, language: string): string | undefined;
  /**
   * Writes a WAV (PCM, 16 bit, mono, any rate) to `file`. The text is already plain and bounded: see spoken-text.ts.
   * Failures: `speech.engine_missing`, `speech.engine_failed`, `speech.timed_out`, `speech.closed` (the signal).
   */
  speak(order: SpeakOrder): Promise<Result<void>>;
};

export type SpeakOrder = {
  readonly text: string;
  readonly voice: string;
  readonly file: string;
  readonly signal: AbortSignal;
};

/** Finds the engine's program and asks for its version and voices. Failures: as `speak`. */
export type EngineOpener = (signal: AbortSignal) => Promise<Result<Engine>>;

/** What a test or a site may choose about an engine's program. */
export type EngineProgram = { readonly program?: string; readonly timeoutMs?: number };
