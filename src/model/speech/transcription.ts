import type { AskedBy } from '../event.ts';
import type { AgentId, AtMs, ContactId } from '../ids.ts';

/** Who said it. */
export type Speaker = 'customer' | 'agent';

/** What is said in a call, as it is understood while it is said. */
export type TranscriptionEvent =
  /** `by`: the flow or the queue's rule is `system`. */
  | { kind: 'transcription.started'; atMs: AtMs; contactId: ContactId; language: string; by: AskedBy | 'system' }
  | { kind: 'transcription.stopped'; atMs: AtMs; contactId: ContactId; by: AskedBy | 'system' }
  /** A piece with an end of its own: a sentence, or what was said between two pauses. */
  | {
      kind: 'transcript.heard';
      atMs: AtMs;
      contactId: ContactId;
      speaker: Speaker;
      agentId?: AgentId;
      text: string;
      confidence: number;
      /** When it was said. */
      fromMs: AtMs;
      toMs: AtMs;
    }
  | { kind: 'transcription.failed'; atMs: AtMs; contactId: ContactId; speaker: Speaker; code: string };
