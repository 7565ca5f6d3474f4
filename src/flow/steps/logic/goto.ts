import { optional, required } from '../../shape/object.ts';
import { STEP } from '../../shape/reference.ts';
import { wholeNumber } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';
import { roundsOf } from './rounds.ts';

/** Goes to a step; with `max`, only so many times in a row, and on to `next` after that. */
export const goTo = stepKind({
  type: 'goto',
  summary: 'Goes to a step.',
  fields: {
    step: required(STEP, 'The step that follows.', ''),
    max: optional(wholeNumber({ min: 1, max: 1000 }), 'How often; then the outcome is `done`, which counts anew.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: ({ max }) => (max === undefined ? ['ok'] : ['ok', 'done']),
  mustRoute: ({ max }) => (max === undefined ? [] : ['done']),
  target: ({ step }, outcome) => (outcome === 'ok' ? step : undefined),
  enter: ({ max }, context) => {
    if (max === undefined) return { outcome: 'ok' };
    const { variable, rounds } = roundsOf(context);
    const done = rounds >= max;
    return { outcome: done ? 'done' : 'ok', set: { [variable]: done ? 0 : rounds + 1 } };
  },
});
