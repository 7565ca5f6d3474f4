import type { LiveTranscriptionView } from '../../controller/transcription/transcriptions.ts';
import type { TranscriptPiece } from '../../reports/transcript.ts';
import { moment } from '../moments.ts';
import { count, listOf, moment as momentOf, shape, text, textOrNull } from '../schemas.ts';

const speaker = {
  ...text,
  description: 'customer, agent, or other: somebody outside to whom the customer was put through.',
};

const piece = shape({
  seq: { ...count, description: 'Place in the journal; rises in the order in which pieces were understood.' },
  speaker,
  agentId: textOrNull,
  text,
  confidence: { type: 'number', description: '0 to 1, as the engine says.' },
  engine: textOrNull,
  ...momentOf('from'),
  ...momentOf('to'),
});
export const transcriptSchema = shape({
  contactId: text,
  transcribing: { type: 'boolean', description: 'Whether it is written down now.' },
  language: textOrNull,
  over: { type: 'boolean', description: 'The contact is over.' },
  pieces: listOf(piece),
  next: { type: ['integer', 'null'], description: '`after` of the next page; null: there is none (yet).' },
});
export const liveTranscriptionSchema = shape({
  contactId: text,
  transcribing: { type: 'boolean', description: 'Whether the talk is written down.' },
  language: textOrNull,
  hearing: {
    ...listOf(speaker),
    description: 'Whom one listens to in this moment: nobody on hold, or while something is told in confidence.',
  },
});

/** A piece as the API shows it. */
export function pieceAnswer(one: TranscriptPiece): object {
  return { ...one, ...moment('from', one.fromMs), ...moment('to', one.toMs) };
}

const said: TranscriptPiece = {
  seq: 4711,
  speaker: 'customer',
  agentId: null,
  text: 'i have a question about my bill',
  confidence: 0.82,
  engine: 'pocketsphinx',
  fromMs: 1_795_165_230_000,
  toMs: 1_795_165_231_900,
};
export const transcriptExample = {
  contactId: 'call-1',
  transcribing: true,
  language: 'en',
  over: false,
  pieces: [pieceAnswer(said)],
  next: null,
};
export const liveTranscriptionExample: LiveTranscriptionView = {
  contactId: 'call-1',
  transcribing: true,
  language: 'en',
  hearing: ['customer', 'agent'],
};
