import { defaulted, optional, required } from '../../shape/object.ts';
import { text, wholeNumber } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';
import { MUSIC_CLASS } from './wait.ts';

const MEMBERS = { min: 2, max: 1000 };

/** Brings the caller into a conference room. */
export const conference = stepKind({
  ...notBuilt('There are no conference rooms yet'),
  type: 'conference',
  summary: 'Brings the caller into a conference room.',
  fields: {
    room: required(template('kept'), 'Name of the room. May hold expressions.', ''),
    pin: optional(text({ pattern: /^[0-9]{1,16}$/, asked: 'a PIN has 1 to 16 digits' }), 'Asked for before.'),
    moderator: defaulted(YES_NO, false, 'Whether the caller may mute and remove others.'),
    record: defaulted(YES_NO, false, 'Whether it is recorded.'),
    max: defaulted(wholeNumber(MEMBERS), 50, 'Most who may be in it.'),
    music: optional(MUSIC_CLASS, 'Class of the music for who is alone in it.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['left', 'full', 'ended'],
});
