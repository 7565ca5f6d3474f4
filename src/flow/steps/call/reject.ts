import type { HangupCause } from '../../../model/event.ts';
import { defaulted } from '../../shape/object.ts';
import { choice } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';

const CAUSES = ['busy', 'congestion', 'declined', 'unallocated'] as const;

/** Turns a call away without answering it. A call that is answered already is hung up. */
export const reject = stepKind({
  type: 'reject',
  summary: 'Turns a call away without answering it.',
  fields: {
    cause: defaulted(choice(CAUSES), 'busy', "What the caller's network is told: SIP 486, 503, 403 or 404."),
  },
  given: ({ cause }): { readonly cause: HangupCause } => ({ cause: cause === 'declined' ? 'rejected' : cause }),
  answers: false,
  needsCustomer: false,
  outcomes: () => [],
  enter: ({ cause }) => ({ hangup: cause }),
});
