import { type Failure, failuresOf } from '../model/failure.ts';

/** Every failure of this room: its stable code and what it says to people. docs/errors.md lists the same codes. */
export const REHEARSAL_FAILURES = {
  'rehearsal.over': 'The contact is over.',
  'rehearsal.agent_unknown': 'There is no such agent in site.yaml.',
  'rehearsal.not_offered': 'Nothing is offered to this agent.',
  'rehearsal.not_talking': 'This agent does not talk with the customer.',
  'rehearsal.no_request': 'This step waits for no answer of another system.',
  'rehearsal.cannot_write': 'Nobody can write in a call; a caller says or presses something.',
  'rehearsal.waits_for_nothing': 'The flow waits for nothing that time alone would bring.',
  'rehearsal.nobody_dialled': 'Nobody is being dialled.',
  'rehearsal.not_answered': 'Nobody who was dialled has answered.',
  'rehearsal.nothing_recorded': 'No message is being recorded.',
  'rehearsal.nothing_detected': 'Nobody listens for whether it is a machine.',
  'rehearsal.no_room': 'The contact is in no conference.',
  'rehearsal.command_unknown': 'This is not understood; "help" lists what can be done.',
} as const;

export type RehearsalFailureCode = keyof typeof REHEARSAL_FAILURES;

export const rehearsalFailed = failuresOf(REHEARSAL_FAILURES);

/** `The contact is over. (agent anna)` */
export function failureText({ message, details = {} }: Failure): string {
  const about = Object.entries(details).map(([name, value]) => `${name} ${value}`);
  return about.length === 0 ? message : `${message} (${about.join(', ')})`;
}
