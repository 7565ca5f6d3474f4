/** Why the sound of a call cannot be had, and what it means; docs/errors.md has a row for each. */
export const soundErrorCodes = {
  'sound.leg_gone': 'The party whose sound was asked for is not there (any more).',
  'sound.too_many': 'As many sockets for sound are open as are allowed.',
  'sound.timed_out': 'The channel for the sound was not there in time.',
  'sound.socket_lost': 'The socket for the sound could not be opened, or went down.',
  'sound.closed': 'The program is being stopped.',
} as const;

export type SoundErrorCode = keyof typeof soundErrorCodes;

/** Names nothing of the call: it is safe to log. */
export class SoundError extends Error {
  readonly code: SoundErrorCode;

  constructor(code: SoundErrorCode) {
    super(soundErrorCodes[code]);
    this.name = 'SoundError';
    this.code = code;
  }
}
