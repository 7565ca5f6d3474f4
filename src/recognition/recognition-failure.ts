import { type Failure, failuresOf } from '../model/failure.ts';

/** Every failure of this room: its stable code and what it says to people. docs/recognition.md lists the same codes. */
export const RECOGNITION_FAILURES = {
  'recognition.no_engine': 'No engine hears this language, or what is expected in it.',
  'recognition.not_trusted':
    'What is sensitive is heard on this machine or by trusted engines only, and there is none.',
  'recognition.engine_missing': 'A library, program or model of the engine is missing.',
  'recognition.engine_failed': 'The engine ended, or answered what cannot be understood.',
  'recognition.unreachable': 'The engine cannot be reached, or its connection broke.',
  'recognition.refused': 'The engine refuses us: wrong secret, no rights, or used up.',
  'recognition.timed_out': 'The engine did not answer in time.',
  'recognition.busy': 'Too many callers speak at once for this engine.',
  'recognition.resting': 'The engine failed several times in a row and is left alone for a while.',
  'recognition.bad_grammar':
    'What is expected cannot be made into a grammar: no words, too many, or none that can be pronounced.',
  'recognition.too_much_sound': 'Sound came in faster than the engine took it.',
  'recognition.closed': 'The recognition room is closed.',
} as const;

export type RecognitionFailureCode = keyof typeof RECOGNITION_FAILURES;

export const recognitionFailed = failuresOf(RECOGNITION_FAILURES);

/** The code of a failure of this room. */
export function recognitionCode({ code }: Failure): RecognitionFailureCode {
  return Object.hasOwn(RECOGNITION_FAILURES, code) ? (code as RecognitionFailureCode) : 'recognition.engine_failed';
}
