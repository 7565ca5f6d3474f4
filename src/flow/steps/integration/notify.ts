import { optional, required } from '../../shape/object.ts';
import { choice, text } from '../../shape/scalars.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { notBuilt } from '../not-built.ts';

/** Sends a message to somebody who is not in the contact. */
export const notify = stepKind({
  ...notBuilt('Text messages, e-mails and webhooks cannot be sent from flows yet'),
  type: 'notify',
  summary: 'Sends a text message, an e-mail or a webhook.',
  fields: {
    by: required(choice(['sms', 'email', 'webhook']), 'How it is sent.', 'email'),
    to: required(template('sent'), 'The number, address or URL. May hold expressions.', ''),
    subject: optional(template('sent'), 'Beside email: its subject.'),
    message: required(template('sent'), 'The text. May hold expressions.', ''),
    from: optional(text(), 'The number or address it comes from.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['ok'],
});
