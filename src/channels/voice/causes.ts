import type { EndCause, HangupCause } from '../../model/event.ts';

/** Q.850 causes as Asterisk reports them (include/asterisk/causes.h) in the words that all doors share. */
export function endCause(q850: number | undefined): EndCause {
  switch (q850) {
    case undefined:
    case 0:
    case 16:
    case 26:
    case 31:
      return 'hung_up';
    case 17:
      return 'busy';
    case 21:
      return 'rejected';
    case 18:
    case 19:
      return 'no_answer';
    case 1:
    case 3:
    case 20:
    case 27:
      return 'unavailable';
    default:
      return 'failed';
  }
}

const Q850: Record<HangupCause, string> = {
  normal: '16',
  busy: '17',
  congestion: '42',
  rejected: '21',
  unallocated: '1',
};

/** The Q.850 number for `channels.hangup`; chan_pjsip turns it into the SIP answer (17 → 486, 21 → 403, 42 → 503, 1 → 404). */
export function q850Of(cause: HangupCause): string {
  return Q850[cause];
}
