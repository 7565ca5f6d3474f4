import type { HangupCause } from '../../model/event.ts';
import type { StepKind } from '../step-kind.ts';
import { oneOf } from '../values.ts';

const CAUSES: readonly HangupCause[] = ['normal', 'busy', 'congestion', 'rejected', 'unallocated'];

/** Ends the contact. Before answer the cause decides what the caller's network hears (SIP 486, 503, 403, 404). */
export const hangup: StepKind = {
  type: 'hangup',
  summary: 'Ends the contact.',
  parameters: ['cause'],
  answers: false,
  read: ({ source }, fields) => ({
    cause: (fields.has('cause') && oneOf(source, fields.get('cause'), 'cause', CAUSES)) || 'normal',
  }),
  outcomes: () => [],
  enter: (given) => ({ hangup: given['cause'] as HangupCause }),
};
