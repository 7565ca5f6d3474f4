import type { SpeechSite } from '../model/speech/engines.ts';
import type { Alternative, ListenOrder, SpeechEndedBy } from '../model/speech/listening.ts';

/** What the ears tell of one turn. After `final` or `failed` nothing more comes; in a continuous one finals follow each other. */
export type Heard =
  /** The barge-in of the order. `bargesIn` is false for a voice alone where the order asks for words or a match. */
  | { readonly what: 'started'; readonly bargesIn?: false }
  | { readonly what: 'partial'; readonly text: string }
  | {
      readonly what: 'final';
      /** Empty, with confidence 0: words that were none of those expected. */
      readonly text: string;
      readonly confidence: number;
      readonly alternatives: readonly Alternative[];
      readonly engine: string;
      readonly endedBy: SpeechEndedBy;
      /** From the end of the voice until now; 0 where an early match ended it. */
      readonly tookMs: number;
      /** Where the voice began and ended, in ms of sound since the turn began. */
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** A voice or a cough without words; the turn goes on. */
  | { readonly what: 'noise' }
  /** Codes: recognition-failure.ts. */
  | { readonly what: 'failed'; readonly code: string };

/** One turn. */
export type Listener = {
  /** 8 kHz, 16 bit; 20 ms a frame. Never blocks: what an engine cannot take in time is dropped within a bound, and then it fails. */
  write(frame: Int16Array): void;
  /** Ends the turn; nothing is told any more. May be called twice. */
  stop(): void;
};

export type Ears = {
  /** Begins a turn. `continuous`: for transcription, until it is stopped. Never throws: what is wrong comes as `failed`. */
  listen(order: ListenOrder & { readonly continuous?: true }, told: (heard: Heard) => void): Listener;
  /** True when somebody hears this language (for what is expected). */
  hears(order: Pick<ListenOrder, 'language' | 'expected' | 'sensitive'>): boolean;
  /** The site's engines from now on; turns that run go on with theirs. */
  use(site: SpeechSite): void;
  health(): { readonly up: boolean; readonly detail: string; readonly sinceMs: number };
  /** Ends every turn and all child processes. May be called twice. */
  close(): Promise<void>;
};
