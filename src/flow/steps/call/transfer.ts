import { defaulted, required } from '../../shape/object.ts';
import { choice } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

/** Hands the call over to another number, and is done with it. */
export const transfer = stepKind({
  ...notBuilt('Calls cannot be transferred to other numbers yet'),
  type: 'transfer',
  summary: 'Hands the call over to another number.',
  fields: {
    to: required(template('sent'), 'The number or SIP address. May hold expressions.', ''),
    mode: defaulted(
      choice(['blind', 'attended']),
      'blind',
      'At once (SIP REFER), or when the other side has answered.',
    ),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['ok', 'rejected', 'failed'],
});
