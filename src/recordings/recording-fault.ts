import { type Failure, failed } from '../model/failure.ts';

/** Everything that can go wrong with the sound of a recording; docs/errors.md lists the same codes. */
export const RECORDING_FAULTS = {
  'recording.unknown': 'There is no recording with this id.',
  'recording.deleted': 'The recording was deleted; nothing can be heard of it any more.',
  'recording.on_hold': 'The recording is under legal hold and cannot be deleted.',
  'recording.broken': 'The stored recording is not what was written: it was cut, changed or exchanged.',
  'recording.key_missing': 'The key that the recording was encrypted under is not in recording-keys.json.',
  'recording.disk_full': 'The disk that holds the recordings is full.',
  'recording.folder_unwritable': 'The folder of the recordings cannot be written.',
  'recording.index_unavailable': 'The database that holds the index of recordings does not answer.',
  'recording.asterisk_away': 'Asterisk does not give the sound it recorded.',
  'recording.sound_gone': 'Asterisk has no sound of this recording.',
  'recording.sound_broken': 'What Asterisk recorded is no sound that can be read.',
  'recording.empty': 'Nothing was recorded.',
  'recording.failed': 'Asterisk could not record.',
  'recording.encoder_missing': 'The program flac cannot be started.',
  'recording.encoder_failed': 'The program flac ended without a usable result.',
  'recording.encoder_slow': 'The program flac did not finish in time and was stopped.',
  'recording.busy': 'Too many recordings are read or written at once.',
  'recording.closed': 'The vault of the recordings is closed.',
} as const;

export type RecordingFaultCode = keyof typeof RECORDING_FAULTS;

/** Thrown inside the room; what leaves it is a Result or an event with the code. */
export class RecordingFault extends Error {
  readonly code: RecordingFaultCode;
  /** What the system said, such as ENOSPC; never a name or a number of a customer. */
  readonly reason: string | undefined;

  constructor(code: RecordingFaultCode, reason?: string) {
    super(RECORDING_FAULTS[code]);
    this.code = code;
    this.reason = reason;
  }
}

/** The fault as a failure; anything else is broken code and is thrown on. */
export function failureOf(error: unknown): { readonly ok: false; readonly failure: Failure } {
  const { code, message, reason } = asFault(error);
  return failed(code, message, reason === undefined ? undefined : { reason });
}

/** Turns what the file system refused into a fault; anything that is neither is thrown on. */
export function asFault(error: unknown): RecordingFault {
  if (error instanceof RecordingFault) return error;
  const reason = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
  if (reason === undefined) throw error;
  const full = reason === 'ENOSPC' || reason === 'EDQUOT';
  return new RecordingFault(full ? 'recording.disk_full' : 'recording.folder_unwritable', reason);
}
