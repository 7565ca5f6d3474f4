import { type Aim, message, SDP, soundOffer, type TortureMessage } from './message.ts';

/** RFC 4475, 3.4: SIP as it was before RFC 3261. */
export function backward(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'inv2543', 'no branch, no tag, no Max-Forwards, no Contact (RFC 2543)', {
      headers: {
        ...SDP,
        Via: `SIP/2.0/UDP ${aim.from}`,
        From: '<sip:tester@example.org>',
        'Max-Forwards': null,
        Contact: null,
      },
      more: [`Record-Route: <sip:${aim.from}>`],
      body: soundOffer(),
    }),
  ];
}
