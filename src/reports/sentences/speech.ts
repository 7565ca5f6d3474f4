import type { ListeningEvent, SpeechEvent } from '../../model/speech/listening.ts';
import type { Speaker, TranscriptionEvent } from '../../model/speech/transcription.ts';
import type { Sentences } from './sentence.ts';

const SPEAKER: Readonly<Record<Speaker, string>> = {
  customer: 'The customer',
  agent: 'The agent',
  other: 'The number outside',
};

/** What was said stands in no sentence: a story is read by more people than a transcript. */
export const SPEECH: Sentences<(ListeningEvent | SpeechEvent | TranscriptionEvent)['kind']> = {
  'listening.started': () => 'The flow begins to listen to the caller.',
  'listening.stopped': () => 'The flow listens no more.',
  'speech.started': () => 'The caller begins to speak.',
  'speech.heard': ({ text, engine }) =>
    `The caller said ${text === '' ? 'something that was not understood' : 'something'}${engine === undefined ? '' : ` (${engine})`}.`,
  'speech.missed': () => 'There was a noise without words.',
  'speech.failed': ({ code }) => `Nobody could hear what the caller says (${code}); keys count.`,
  'transcription.started': () => 'What is said is written down from now on.',
  'transcription.stopped': () => 'What is said is written down no more.',
  'transcript.heard': ({ speaker }) => `${SPEAKER[speaker]} said something.`,
  'transcript.read': () => 'Somebody read what was said.',
  'transcription.failed': ({ code, speaker }) => `${SPEAKER[speaker]} could not be written down (${code}).`,
};
