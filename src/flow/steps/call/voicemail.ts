import { byKey } from '../../shape/keys.ts';
import { listOrOne } from '../../shape/list.ts';
import { defaulted, required } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { choice, text } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { YES_NO } from '../../shape/yes-no.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';
import { RECORDED } from './recording-fields.ts';

const NOTIFIED_MAX = 20;

/** Lets the caller leave a message in a mailbox. */
export const voicemail = stepKind({
  ...notBuilt('Messages cannot be recorded yet'),
  type: 'voicemail',
  summary: 'Lets the caller leave a message in a mailbox.',
  fields: {
    mailbox: required(
      template('kept'),
      'Whose mailbox: the id of a queue, a team or an agent. May hold expressions.',
      '',
    ),
    greeting: defaulted(PROMPT, [], 'Played before the tone.'),
    ...RECORDED,
    review: defaulted(
      byKey(choice(['listen', 'rerecord', 'save', 'cancel'])),
      [],
      'Keys that the caller has after the message, and what each does.',
      {},
    ),
    notify: defaulted(listOrOne(text(), NOTIFIED_MAX), [], 'Addresses that are told of a new message.', []),
    transcribe: defaulted(YES_NO, false, 'Whether it is written down, too.'),
  },
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  outcomes: () => ['saved', 'too_short', 'cancelled', 'hangup_saved'],
});
