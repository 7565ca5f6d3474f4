import { ask } from '../../input/attempts.ts';
import type { Prompt } from '../../prompt.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { text, wholeNumber } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { pinHeard, pinQuestion } from './conference-pin.ts';
import { MUSIC_CLASS } from './music-class.ts';
import { ALL_KEYS } from './play.ts';

const MEMBERS = { min: 2, max: 1000 };
/** It is part of the bridge's name. */
const ROOM = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

type Given = {
  /** With expressions. */
  readonly room: string;
  readonly pin: string | undefined;
  readonly pinPrompt: Prompt;
  readonly moderator: boolean;
  readonly record: boolean;
  readonly max: number;
  readonly music: string;
};

/** Brings the caller into a conference room, who stays there until hanging up, or until it ends. */
export const conference = stepKind({
  type: 'conference',
  summary: 'Brings the caller into a conference room.',
  fields: {
    room: required(template('kept'), 'Name of the room: letters, digits, - and _. May hold expressions.', ''),
    pin: optional(text({ pattern: /^[0-9]{1,16}$/, asked: 'a PIN has 1 to 16 digits' }), 'Asked for before.'),
    pin_prompt: defaulted(PROMPT, [], 'Own words that ask for the PIN.', []),
    moderator: defaulted(
      YES_NO,
      false,
      'Whether the caller leads it: when the last who leads it leaves, it ends for all.',
    ),
    record: defaulted(YES_NO, false, 'Whether the call of this caller is recorded from here on.'),
    max: defaulted(wholeNumber(MEMBERS), 50, 'Most who may be in it.'),
    music: defaulted(MUSIC_CLASS, 'default', 'Class of the music for who is alone in it.'),
  },
  given: ({ pin_prompt: pinPrompt, ...written }): Given => ({ ...written, pinPrompt }),
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: ({ pin }) => ['left', 'full', 'ended', ...(pin === undefined ? [] : ['denied'])],
  fallbacks: new Map([['denied', 'ended']]),
  keys: () => ALL_KEYS,
  // Nobody may read in the journal how to get in.
  sensitive: ({ pin }) => pin !== undefined,
  check: ({ room, pin, pinPrompt }, tell) => {
    if (room !== '' && !room.includes('${{') && !ROOM.test(room)) {
      tell('value.type', ['room'], `A room cannot be called "${room}": letters, digits, - and _ only.`);
    }
    if (pin === undefined && pinPrompt.length > 0) {
      tell('key.conflict', ['pin_prompt'], 'pin_prompt asks for a PIN, and there is none here.');
    }
  },
  enter: (given, context) =>
    given.pin === undefined ? entered(given, context) : ask(pinQuestion(given.pinPrompt), context),
  receive: (given, happening, context) => received(given, happening, context),
});

function received(given: Given, happening: Happening, context: StepContext): Move {
  // Only who is in the room is taken up in it again.
  if (happening.what === 'resumed') context.notes['inside'] = true;
  if (happening.what === 'left_room') return { outcome: happening.reason };
  if (given.pin === undefined || context.notes['inside'] === true) return {};
  const heard = pinHeard(given.pin, pinQuestion(given.pinPrompt), happening, context);
  return heard === 'right' ? entered(given, context) : heard;
}

function entered({ room: written, moderator, record, max, music }: Given, context: StepContext): Move {
  const room = context.fill(written);
  if (!ROOM.test(room)) return refused('step.invalid', `A conference room cannot be called "${room}".`);
  context.notes['inside'] = true;
  const recorded = record ? [{ kind: 'recording.wanted' as const, wanted: true }] : [];
  return {
    stopPrompt: true,
    wakeInMs: null,
    tell: [...recorded, { kind: 'room.entered', room, moderator, max, music }],
  };
}
