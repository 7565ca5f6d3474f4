import type { Event, JournalEntry } from '../model/event.ts';
import type { AgentId, AtMs } from '../model/ids.ts';
import type { Speaker } from '../model/speech/transcription.ts';

/** What was said in one call, as far as it was written down. */
export type CallTranscript = {
  /** Whether it is written down now, and in which language. */
  readonly transcribing: boolean;
  readonly language: string | null;
  readonly over: boolean;
  /** In the order in which it was said. */
  readonly pieces: readonly TranscriptPiece[];
};

/** A sentence, or what was said between two pauses. */
export type TranscriptPiece = {
  /** Place in the journal: rises in the order in which pieces were understood. */
  readonly seq: number;
  readonly speaker: Speaker;
  readonly agentId: AgentId | null;
  readonly text: string;
  /** 0 to 1, as the engine says. */
  readonly confidence: number;
  readonly engine: string | null;
  readonly fromMs: AtMs;
  readonly toMs: AtMs;
};

/** The transcript of a contact from all that the journal has about it. Two who speak at once follow each other by their beginnings. */
export function callTranscript(entries: readonly JournalEntry[]): CallTranscript {
  const pieces: TranscriptPiece[] = [];
  let language: string | null = null;
  let over = false;
  for (const { seq, event } of entries) {
    if (event.kind === 'transcription.started') language = event.language;
    else if (event.kind === 'transcription.stopped') language = null;
    else if (event.kind === 'contact.finished') over = true;
    else if (event.kind === 'transcript.heard') pieces.push(pieceOf(seq, event));
  }
  pieces.sort((a, b) => a.fromMs - b.fromMs || a.seq - b.seq);
  return { transcribing: language !== null, language, over, pieces };
}

export function pieceOf(seq: number, event: Extract<Event, { kind: 'transcript.heard' }>): TranscriptPiece {
  const { speaker, agentId = null, text, confidence, engine = null, fromMs, toMs } = event;
  return { seq, speaker, agentId, text, confidence, engine, fromMs, toMs };
}
