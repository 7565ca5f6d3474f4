import type { Choice } from './event.ts';
import type { AgentId, AtMs, ContactId, MessageId } from './ids.ts';

/** What was written in one contact, as all who take part see it. */
export type Transcript = {
  readonly contactId: ContactId;
  /** Number of the newest line; lines count from 1. */
  seq: number;
  /** The newest lines, the oldest of them first; at most TRANSCRIPT_LINES_MAX and TRANSCRIPT_CHARACTERS_MAX. */
  readonly lines: Line[];
  /** Length of all texts that are kept. */
  characters: number;
  /** What may be chosen now; empty once the step that asked was left. */
  choices: readonly Choice[];
  /** True from the moment the flow was taken up again until the next line: a step that asks once more is no news then. */
  resumed: boolean;
  /** Set when the contact is over; who was cut off then may still read the last lines. */
  endedAtMs: AtMs | null;
};

export type Line = {
  readonly seq: number;
  /** From a customer it is the id that the customer's program gave it. */
  readonly id: MessageId;
  readonly from: 'site' | 'agent' | 'customer';
  /** Who wrote it, when it was an agent. */
  readonly agentId?: AgentId;
  /** Empty when it is not to be kept. */
  readonly text: string;
  readonly choices?: readonly Choice[];
  /** From the site: the reply will not be kept. From the customer: it was not. */
  readonly sensitive?: true;
  readonly atMs: AtMs;
};

export const TRANSCRIPT_LINES_MAX = 500;
/** Ten thousand chats that are as long as can be fit into the memory of one machine. */
export const TRANSCRIPT_CHARACTERS_MAX = 100_000;
/** Longest line, in UTF-16 units; a longer prompt is cut. */
export const LINE_CHARACTERS_MAX = 4000;

/** True when a line of this id from this side stands there already; the newest is looked at first. */
export function hasLine(transcript: Transcript, from: Line['from'], id: MessageId): boolean {
  return transcript.lines.findLastIndex((line) => line.from === from && line.id === id) >= 0;
}
