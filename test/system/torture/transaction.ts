import { type Aim, message, type TortureMessage } from './message.ts';

/** RFC 4475, 3.2: what the transaction layer must withstand. */
export function transaction(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'badbranch', 'a branch that is the cookie and nothing else', {
      method: 'OPTIONS',
      headers: { Via: `SIP/2.0/UDP ${aim.from};rport;branch=z9hG4bK` },
    }),
  ];
}
