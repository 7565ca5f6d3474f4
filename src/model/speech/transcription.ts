import type { AskedBy } from '../event.ts';
import type { AgentId, AtMs, ContactId } from '../ids.ts';

/** Who said it; `other`: somebody outside to whom the customer was put through. */
export type Speaker = 'customer' | 'agent' | 'other';

/** Which talks are written down: those of a queue that has such a rule. `language`: BCP 47; null: that of the contact. */
export type TranscribeRule = { readonly language: string | null };

/** Longest text of one piece, in UTF-16 units; an engine that finds no end is cut there. */
export const PIECE_CHARACTERS_MAX = 4_000;

/** What is said in a call, as it is understood while it is said. */
export type TranscriptionEvent =
  /** Told for each talk of which it is true. `by`: what follows from the rule of a queue, or for the next talk, is `system`. */
  | { kind: 'transcription.started'; atMs: AtMs; contactId: ContactId; language: string; by: AskedBy }
  | { kind: 'transcription.stopped'; atMs: AtMs; contactId: ContactId; by: AskedBy }
  /** A piece with an end of its own: a sentence, or what was said between two pauses. */
  | {
      kind: 'transcript.heard';
      atMs: AtMs;
      contactId: ContactId;
      speaker: Speaker;
      agentId?: AgentId;
      text: string;
      confidence: number;
      engine?: string;
      /** When it was said. */
      fromMs: AtMs;
      toMs: AtMs;
    }
  /** Nobody hears this side (any more); `code` is the door's or one of recognition's. The other side goes on. */
  | { kind: 'transcription.failed'; atMs: AtMs; contactId: ContactId; speaker: Speaker; code: string }
  /** Somebody read what was said. */
  | { kind: 'transcript.read'; atMs: AtMs; contactId: ContactId; by: AskedBy };
