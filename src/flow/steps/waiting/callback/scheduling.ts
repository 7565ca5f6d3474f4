import type { AtMs } from '../../../../model/ids.ts';
import type { Option } from '../../../input/options.ts';
import type { Prompt } from '../../../prompt.ts';
import type { Move, StepContext } from '../../../step-kind.ts';
import type { CallbackParameters } from './fields.ts';
import { declined } from './leaving.ts';
import { calendarOf, orderAsked } from './order.ts';
import { type Asked, naming, turnTo } from './questions.ts';
import { freeSlots, SLOTS_TOLD, spokenSlot } from './slots.ts';
import { LABELS } from './texts.ts';

const LATER_KEY = '8';
const NO_CALLBACK_KEY = '9';

/** Whom, and now when: at once where the place is kept, else the next free times are told. */
export function toSlot(given: CallbackParameters, context: StepContext): Move {
  if (given.mode === 'keep_place') return place(given, context);
  const { notes } = context;
  let slots = slotsFrom(given, context);
  // Nothing is later than the last ones: the first ones again.
  if (slots.length === 0 && Number(notes['skip'] ?? 0) > 0) {
    notes['skip'] = 0;
    slots = slotsFrom(given, context);
  }
  if (slots.length === 0) return declined('no_slot');
  notes['slots'] = slots.join(' ');
  return turnTo(slotQuestion(given, context), context);
}

/** The times that were told last, whatever has become of them since. */
export function slotQuestion(given: CallbackParameters, context: StepContext): Asked {
  const slots = slotsTold(context);
  const { prompts } = given;
  const told: Prompt = slots.flatMap((slotMs, at) => {
    const time = spokenSlot(slotMs, given, context);
    // A message of a customer is no part of an offer.
    return naming(context, { time, key: String(at + 1) })
      .prompt(prompts.slot)
      .flatMap((part): Prompt => ('recordingId' in part ? [] : [part]));
  });
  const options: Option[] = slots.map((slotMs, at) => ({
    key: String(at + 1),
    label: spokenSlot(slotMs, given, context),
    say: [],
  }));
  return {
    stage: 'slot',
    prompt: [...told, ...prompts.otherSlots],
    options: [
      ...options,
      { key: LATER_KEY, label: LABELS.later, say: ['later', 'später'] },
      { key: NO_CALLBACK_KEY, label: LABELS.no, say: ['no callback', 'kein rückruf'] },
    ],
  };
}

export function slotChosen(given: CallbackParameters, key: string, context: StepContext): Move {
  const { notes } = context;
  if (key === NO_CALLBACK_KEY) return declined('declined');
  if (key === LATER_KEY) {
    notes['skip'] = Number(notes['skip'] ?? 0) + SLOTS_TOLD;
    return toSlot(given, context);
  }
  const slotMs = slotsTold(context)[Number(key) - 1];
  // Somebody else was quicker.
  if (slotMs === undefined || !slotsFrom(given, context).includes(slotMs)) return toSlot(given, context);
  notes['slot'] = slotMs;
  notes['time'] = spokenSlot(slotMs, given, context);
  return place(given, context);
}

function slotsTold({ notes }: StepContext): AtMs[] {
  return String(notes['slots'] ?? '')
    .split(' ')
    .filter((one) => one !== '')
    .map(Number);
}

function slotsFrom(given: CallbackParameters, context: StepContext): AtMs[] {
  const calendarId = given.slots.calendar ?? calendarOf(given, context);
  return freeSlots(given, calendarId, context, Number(context.notes['skip'] ?? 0));
}

function place(given: CallbackParameters, context: StepContext): Move {
  context.notes['stage'] = 'placing';
  return { stopPrompt: true, wakeInMs: null, tell: [orderAsked(given, context)] };
}
