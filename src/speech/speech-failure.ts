import { type Failure, failuresOf } from '../model/failure.ts';
import { SSML_FAILURES } from '../model/speech/ssml/ssml-failure.ts';

/** Every failure of this room: its stable code and what it says to people. docs/speech.md lists the same codes. */
export const SPEECH_FAILURES = {
  'speech.nothing_to_say': 'The text has no letter and no digit that could be spoken.',
  'speech.text_too_long': 'The text is too long for one prompt.',
  ...SSML_FAILURES,
  'speech.no_voice': 'No installed speech engine speaks this language.',
  'speech.busy': 'Too many prompts wait to be spoken.',
  'speech.timed_out': 'The speech engine did not finish in time and was stopped.',
  'speech.engine_missing': 'The program of the speech engine cannot be started.',
  'speech.refused': 'The speech engine refused our credentials, or there are none.',
  'speech.model_missing': 'The model of the speech engine is not there or cannot be loaded.',
  'speech.voice_unknown': 'No speech engine of this language has a voice of this name; the usual one speaks.',
  'speech.file_unreadable': 'A sound file of a prompt cannot be read.',
  'speech.engine_failed': 'The speech engine ended without usable sound.',
  'speech.no_disk': 'The disk that holds the prompts is full.',
  'speech.folder_unwritable': 'The folder of the prompts cannot be written.',
  'speech.closed': 'The speech room is closed.',
} as const;

export type SpeechFailureCode = keyof typeof SPEECH_FAILURES;

export const speechFailed = failuresOf(SPEECH_FAILURES);

/** Turns what the file system refused into a failure; anything that is not from the file system is thrown on. */
export function diskFailure(error: unknown): { readonly ok: false; readonly failure: Failure } {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (reason === undefined) throw error;
  const full = reason === 'ENOSPC' || reason === 'EDQUOT';
  return speechFailed(full ? 'speech.no_disk' : 'speech.folder_unwritable', { reason });
}

/** True when another engine may do better; the others would meet the same full disk or the same text. */
export function isEngineTrouble(code: string): boolean {
  return ENGINE_TROUBLE.has(code);
}

const ENGINE_TROUBLE: ReadonlySet<string> = new Set<SpeechFailureCode>([
  'speech.engine_missing',
  'speech.engine_failed',
  'speech.model_missing',
  'speech.refused',
  'speech.timed_out',
  'speech.nothing_to_say',
  'speech.busy',
]);
