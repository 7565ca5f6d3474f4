import { type Aim, message, SDP, soundOffer, type TortureMessage } from './message.ts';

/** RFC 4475, 3.3: grammar is kept, meaning is not. */
export function application(aim: Aim): TortureMessage[] {
  return [...whatIsMissingOrTwice(aim), ...whatNobodyKnows(aim), ...whatIsRegistered(aim)];
}

function whatIsMissingOrTwice(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'insuf', 'From, To and Call-ID are missing', {
      headers: { ...SDP, From: null, To: null, 'Call-ID': null },
      body: soundOffer(),
    }),
    message(aim, 'multi01', 'two of each header of which there may be one', {
      headers: SDP,
      more: [
        'CSeq: 59 INVITE',
        `Call-ID: multi01-again@${aim.from}`,
        'Max-Forwards: 5',
        'From: <sip:somebody-else@example.org>;tag=multi01-again',
        'To: <sip:charles@example.com>',
      ],
      body: soundOffer(),
    }),
    message(aim, 'mcl01', 'two lengths that contradict each other', {
      method: 'OPTIONS',
      headers: { 'Content-Type': 'text/plain' },
      length: ['Content-Length: 13', 'Content-Length: 5'],
      body: 'Thirteen or five?',
    }),
    message(aim, 'bcast', 'a response that wants to be sent on to everybody', {
      start: 'SIP/2.0 200 OK',
      headers: { ...SDP, 'Max-Forwards': null },
      more: ['Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK-bcast-all'],
      body: soundOffer(),
    }),
    message(aim, 'zeromf', 'Max-Forwards is used up', { method: 'OPTIONS', headers: { 'Max-Forwards': '0' } }),
  ];
}

function whatNobodyKnows(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'unkscm', 'a Request-URI of a scheme that there is not', {
      method: 'OPTIONS',
      start: 'OPTIONS whispered:along-the-corridor SIP/2.0',
    }),
    message(aim, 'novelsc', 'a Request-URI of a scheme that is known, but not for calls', {
      method: 'OPTIONS',
      start: 'OPTIONS soap.beep://127.0.0.1:3002 SIP/2.0',
    }),
    message(aim, 'unksm2', 'addresses of other schemes in From, To and Contact', {
      method: 'REGISTER',
      headers: {
        From: '<https://www.example.org>;tag=unksm2',
        To: '<isbn:9780000000000>',
        Contact: '<name:Ada_Lovelace>',
      },
    }),
    message(aim, 'bext01', 'extensions are required that nobody has', {
      method: 'OPTIONS',
      headers: { Require: 'telepathy, clairvoyance', 'Proxy-Require': 'levitation' },
    }),
    message(aim, 'invut', 'a body of an unknown type', {
      headers: { 'Content-Type': 'application/x-unheard-of' },
      body: '<sound of="nothing"/>\r\n',
    }),
    message(aim, 'sdp01', 'an offer in SDP whose sender accepts no SDP for an answer', {
      headers: { ...SDP, Accept: 'text/x-unheard-of' },
      body: soundOffer(),
    }),
    message(aim, 'regaut01', 'credentials of an unknown scheme', {
      method: 'REGISTER',
      headers: { Authorization: 'Handshake left="firm", right="soft"' },
    }),
  ];
}

function whatIsRegistered(aim: Aim): TortureMessage[] {
  const contacts = [
    ['cparam01', 'a parameter of Contact that nobody knows', `sip:tester@${aim.from};unheard-of`],
    ['cparam02', 'a parameter of the address in Contact that nobody knows', `<sip:tester@${aim.from};unheard-of>`],
    [
      'regescrt',
      'an address in Contact with a header of its own',
      `<sip:tester@${aim.from}?Route=%3Csip:sip.example.com%3E>`,
    ],
  ] as const;
  return contacts.map(([name, about, contact]) =>
    message(aim, name, about, {
      method: 'REGISTER',
      headers: { Contact: contact },
    }),
  );
}
