import { defaulted, required } from '../../shape/object.ts';
import { duration } from '../../shape/scalars.ts';
import type { Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';

const TONE = { minMs: 50, maxMs: 1000 };
/** Asterisk pauses so long between two tones where nothing else is said. */
const GAP_MS = 100;
const PAUSE_MS = 500;
const DIGITS_MAX = 64;
const SENT = template('sent');

const DIGITS: Shape<string> = {
  ...SENT,
  read: (source, node, what) => {
    const digits = SENT.read(source, node, what);
    if (digits === undefined || digits.includes('${{') || areDigits(digits)) return digits;
    const message = `${what} cannot be "${digits}": 1 to ${DIGITS_MAX} of 0 to 9, *, #, A to D, and w for a pause.`;
    source.problem('value.type', node, message);
    return undefined;
  },
};

/** Sends keys to the caller's side, such as those of a door opener, and goes on when they are sent. */
export const sendDtmf = stepKind({
  type: 'send_dtmf',
  summary: 'Sends keys of the telephone to the other side.',
  fields: {
    digits: required(DIGITS, 'Digits, * and #; w is half a second of silence. May hold expressions.', ''),
    duration: defaulted(duration(TONE), 100, 'How long each tone lasts.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok'],
  enter: ({ digits: written, duration: toneMs }, context) => {
    const digits = context.fill(written).trim();
    // What they are is not told: it may be a secret.
    if (!areDigits(digits)) return refused('step.invalid', 'What was to be sent are no keys of a telephone.');
    return { tell: [{ kind: 'dtmf.sent', digits, toneMs }], wakeInMs: lengthMs(digits, toneMs) };
  },
  receive: (_given, { what }) => (what === 'time_out' ? { outcome: 'ok' } : {}),
});

function areDigits(text: string): boolean {
  return /^[0-9*#A-Dw]+$/.test(text) && text.length <= DIGITS_MAX;
}

function lengthMs(digits: string, toneMs: number): number {
  return [...digits].reduce((sum, digit) => sum + (digit === 'w' ? PAUSE_MS : toneMs + GAP_MS), 0);
}
