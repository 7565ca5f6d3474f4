import type { ListeningEvent, SpeechEvent } from '../../model/speech/listening.ts';
import type { TranscriptionEvent } from '../../model/speech/transcription.ts';
import type { Sentences } from './sentence.ts';

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
  'transcript.heard': ({ speaker }) =>
    speaker === 'customer' ? 'The customer said something.' : 'The agent said something.',
  'transcription.failed': ({ code, speaker }) => `What the ${speaker} says cannot be written down (${code}).`,
};
