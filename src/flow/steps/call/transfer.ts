import type { DialOutcome } from '../../../model/call/call-event.ts';
import { defaulted, optional, required } from '../../shape/object.ts';
import { choice, duration } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { DIAL_TARGET, legTarget, type WrittenTarget } from './dial-target.ts';

const RING = { minMs: 1000, maxMs: 300_000 };
const NOBODY: WrittenTarget = { to: 'number', name: '' };

const MODES = ['blind', 'attended'] as const;
type Mode = (typeof MODES)[number];
type Given = {
  readonly target: WrittenTarget;
  readonly mode: Mode;
  readonly callerId: string | undefined;
  readonly ringMs: number;
};

/**
 * Hands the call over. Its sound goes on through us, for the caller's network is not asked to move the call (SIP REFER), which
 * few networks allow: so the end of the talk comes back to the flow.
 */
export const transfer = stepKind({
  type: 'transfer',
  summary: 'Hands the call over to another number or to an agent.',
  fields: {
    to: required(DIAL_TARGET, 'The number, or a map of number, agent or extension. May hold expressions.', NOBODY),
    mode: defaulted(
      choice(MODES),
      'blind',
      'blind: the caller hears it ring, and the flow is done with the call whether somebody answers or not. attended: the caller hears music until somebody answers, and comes back to the flow when nobody does.',
    ),
    caller_id: optional(template('kept'), 'The number that is shown; it stands in site.yaml. May hold expressions.'),
    timeout: defaulted(duration(RING), 60_000, 'How long it rings.'),
  },
  given: ({ to, mode, caller_id: callerId, timeout }): Given => ({ target: to, mode, callerId, ringMs: timeout }),
  answers: false,
  answersFor: ({ mode }) => mode === 'attended',
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok', 'rejected', 'failed'],
  enter: (given, context) => enter(given, context),
  receive: ({ mode }, happening) =>
    happening.what === 'dialled' ? { outcome: outcomeOf(mode, happening.outcome) } : {},
});

function enter({ target, mode, callerId, ringMs }: Given, context: StepContext): Move {
  if (target.to === 'sip') return refused('step.not_available', 'Calls cannot be handed to SIP addresses yet.');
  const to = legTarget(target, context);
  if (!to)
    return refused('step.invalid', `There is no ${target.to} "${context.fill(target.name)}" to hand the call to.`);
  return {
    tell: [
      {
        kind: 'dial.asked',
        targets: [to],
        order: 'parallel',
        ringMs,
        talkMs: null,
        callerId: callerId === undefined ? null : context.fill(callerId),
        music: mode === 'attended' ? 'default' : null,
        headers: {},
        whisper: [],
        confirmKey: null,
        record: false,
      },
    ],
  };
}

/** Once it rings a blind transfer is done: that nobody answers is then between the two of them. */
function outcomeOf(mode: Mode, dialled: DialOutcome): string {
  switch (dialled) {
    case 'completed':
      return 'ok';
    case 'no_answer':
      return mode === 'blind' ? 'ok' : 'rejected';
    case 'busy':
    case 'declined':
      return 'rejected';
    case 'unavailable':
    case 'failed':
    case 'cancelled':
      return 'failed';
  }
}
