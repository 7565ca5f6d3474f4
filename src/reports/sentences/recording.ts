import type { EventOf } from '../../model/event.ts';
import { type Sentences, seconds } from './sentence.ts';

type Kind =
  | `recording.${'started' | 'paused' | 'resumed' | 'stopped' | 'finished' | 'kept' | 'lost' | 'wanted'}`
  | 'recording.pause_wanted'
  | `recording.${'held' | 'released' | 'deleted' | 'played'}`
  | `consent.${'given' | 'declined'}`
  | `confidence.${'began' | 'ended'}`;

const WHY: Readonly<Record<EventOf<'recording.started'>['why'], string>> = {
  queue: 'by a rule of the queue',
  agent: 'by a rule for the agent',
  site: 'by a rule of the site',
  flow: 'because the flow asked for it',
  demand: 'because somebody asked for it',
  message: 'as a message',
};

/** What is recorded, and what becomes of it. */
export const RECORDING: Sentences<Kind> = {
  'recording.started': ({ why }) => `Recording began ${WHY[why]}.`,
  'recording.paused': ({ by }) => `Recording was paused by ${by === 'flow' ? 'the flow' : `the ${by}`}.`,
  'recording.resumed': ({ by }) => `Recording went on, asked for by ${by === 'flow' ? 'the flow' : `the ${by}`}.`,
  'recording.stopped': ({ discard }) =>
    discard ? 'Recording was ended, and is not to be kept.' : 'Recording was ended.',
  'recording.finished': ({ result, durationMs }) =>
    result === 'done' ? `The recording is ${seconds(durationMs)} long.` : 'Nothing could be recorded.',
  'recording.kept': ({ durationMs }) => `The recording of ${seconds(durationMs)} was encrypted and kept.`,
  'recording.lost': ({ code }) => `The recording could not be kept (${code}).`,
  'recording.held': () => 'The recording is not to be deleted, by order.',
  'recording.released': () => 'The recording may be deleted again.',
  'recording.deleted': () => 'The recording was deleted.',
  'recording.played': () => 'Somebody listened to the recording.',
  'recording.wanted': ({ wanted }) =>
    wanted ? 'The flow asked for the whole call to be recorded.' : 'The flow asked for no more recording of the call.',
  'recording.pause_wanted': ({ wanted }) =>
    wanted ? 'The flow wanted what follows not to be recorded.' : 'The flow let what follows be recorded again.',
  'consent.given': () => 'The caller agreed to be recorded.',
  'consent.declined': () => 'The caller did not agree to be recorded.',
  'confidence.began': () => 'What the caller says or types from here on is not recorded.',
  'confidence.ended': () => 'What the caller says may be recorded again.',
};
