import { defaulted, required } from '../../shape/object.ts';
import { duration } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

const TONE = { minMs: 50, maxMs: 1000 };

/** Sends keys to the other side, such as those of a door opener. */
export const sendDtmf = stepKind({
  ...notBuilt('Keys cannot be sent yet'),
  type: 'send_dtmf',
  summary: 'Sends keys of the telephone to the other side.',
  fields: {
    digits: required(template('sent'), 'Digits, * and #; w is half a second of silence. May hold expressions.', ''),
    duration: defaulted(duration(TONE), 100, 'How long each tone lasts.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok'],
});
