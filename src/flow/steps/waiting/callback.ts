import { meanwhile } from '../../input/attempts.ts';
import type { Option } from '../../input/options.ts';
import { type Happening, type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { confirmQuestion, numberEntered, numberQuestion, toNumber } from './callback/asking-number.ts';
import { CALLBACK_FIELDS, type CallbackParameters, callbackParametersOf } from './callback/fields.ts';
import { accepted, declined, notPlaced, saidAccepted } from './callback/leaving.ts';
import { ownOrderId } from './callback/order.ts';
import {
  type Asked,
  askOnceMore,
  attemptsFor,
  CALLBACK_NAMES,
  keyChosen,
  type Stage,
  turnTo,
} from './callback/questions.ts';
import { slotChosen, slotQuestion, toSlot } from './callback/scheduling.ts';
import { LABELS } from './callback/texts.ts';

const OFFER_OPTIONS: readonly Option[] = [
  { key: '1', label: LABELS.yes, say: ['yes', 'ja'] },
  { key: '2', label: LABELS.no, say: ['no', 'nein'] },
];

/**
 * Lets the customer hang up and be called when it is their turn, or at a time of their choice. Asks, in this order, whether
 * they want it, at which number, and when; then asks for the order, which is placed or refused in the same moment.
 */
export const callback = stepKind({
  type: 'callback',
  summary: 'Lets the customer hang up and be called back.',
  fields: CALLBACK_FIELDS,
  given: callbackParametersOf,
  answers: true,
  needsCustomer: true,
  outcomes: () => ['accepted', 'declined', 'invalid_number', 'not_allowed', 'duplicate'],
  keys: () => [...'0123456789*#'],
  names: () => CALLBACK_NAMES,
  gives: () => ({ result: { fields: { order: 'text', number: 'text', at: 'number', reason: 'text' } } }),
  check: ({ mode, slots, flow, first }, tell) => {
    if (flow !== undefined && first !== 'customer') {
      tell('key.conflict', ['flow'], 'flow is for first: customer. Leave it out, or say first: customer.');
    }
    if (mode === 'schedule' || (slots.calendar === undefined && slots.timeZone === undefined)) return;
    tell('key.conflict', ['slots'], 'slots are for mode schedule. Leave them out, or say mode: schedule.');
  },
  enter: (given, context) => {
    const queueId = context.fill(given.queue);
    if (!isThere(queueId, context)) return refused('step.invalid', `There is no queue or agent ${queueId}.`);
    // A restart came while the customer was told that all is done.
    if (context.orderId === ownOrderId(context)) return accepted(given, context);
    return given.offer ? turnTo(questionAt(given, 'offer', context), context) : toNumber(given, context);
  },
  receive: (given, happening, context) => {
    if (happening.what === 'order_placed') return accepted(given, context);
    if (happening.what === 'order_refused') return notPlaced(happening.code);
    const stage = context.notes['stage'];
    if (stage === 'accepted') return happening.what === 'prompt_finished' ? saidAccepted(context) : {};
    if (stage === undefined || stage === 'placing') return {};
    return answered(given, stage as Stage, happening, context);
  },
});

function isThere(queueId: string, { site }: StepContext): boolean {
  return queueId.startsWith('@') ? Object.hasOwn(site.agents, queueId.slice(1)) : Object.hasOwn(site.queues, queueId);
}

function questionAt(given: CallbackParameters, stage: Stage, context: StepContext): Asked {
  switch (stage) {
    case 'offer':
      return { stage, prompt: given.prompts.offer, options: OFFER_OPTIONS };
    case 'number':
      return numberQuestion(given);
    case 'confirm':
      return confirmQuestion(given);
    case 'slot':
      return slotQuestion(given, context);
  }
}

function answered(given: CallbackParameters, stage: Stage, happening: Happening, context: StepContext): Move {
  const asked = questionAt(given, stage, context);
  const move = meanwhile(attemptsFor(asked), happening, context);
  if (move) return move;
  if (stage === 'number') return numberEntered(given, happening, context);
  const chosen = keyChosen(happening, asked.options, context);
  if (chosen === undefined) return {};
  if (typeof chosen === 'string') return askOnceMore(asked, chosen, context);
  const { key } = chosen;
  if (stage === 'slot') return slotChosen(given, key, context);
  if (stage === 'offer') return key === '1' ? toNumber(given, context) : declined('declined');
  if (key === '2') return turnTo(numberQuestion(given), context);
  return key === '1' ? toSlot(given, context) : declined('declined');
}
