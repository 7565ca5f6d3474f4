import { type Aim, message, SDP, soundOffer, type TortureMessage } from './message.ts';

/** RFC 4475, 3.1.2: each is wrong in one place. */
export function invalid(aim: Aim): TortureMessage[] {
  return [...wrongNumbers(aim), ...wrongStartLines(aim), ...wrongAddresses(aim), ...wrongMethods(aim)];
}

function wrongNumbers(aim: Aim): TortureMessage[] {
  const call = { headers: SDP, body: soundOffer() };
  return [
    message(aim, 'clerr', 'Content-Length is larger than the datagram', { ...call, length: ['Content-Length: 9999'] }),
    message(aim, 'ncl', 'Content-Length is negative', { ...call, length: ['Content-Length: -999'] }),
    message(aim, 'scalar02', 'numbers of a request that are too large for their fields', {
      method: 'REGISTER',
      headers: {
        CSeq: '73786976294838206464 REGISTER',
        'Max-Forwards': '300',
        Expires: `1${'0'.repeat(80)}`,
        Contact: `<sip:tester@${aim.from}>;expires=560595193265630`,
      },
    }),
    message(aim, 'scalarlg', 'numbers of a response that are too large for their fields', {
      start: 'SIP/2.0 503 Service Unavailable',
      headers: {
        'Max-Forwards': null,
        CSeq: '18584789669544608046624 OPTIONS',
        'Retry-After': '1898605677006056698608047977',
        Warning: '3624 example.com "too large"',
      },
    }),
    message(aim, 'bigcode', 'a status that is 5 when only 32 bits of it are kept', {
      start: 'SIP/2.0 4294967301 as long as nothing breaks',
      headers: { 'Max-Forwards': null },
    }),
    message(aim, 'baddate', 'a date that is not told in GMT', {
      headers: { ...SDP, Date: 'Mon, 04 Jan 2010 09:00:00 EST' },
      body: soundOffer(),
    }),
  ];
}

function wrongStartLines(aim: Aim): TortureMessage[] {
  const call = { headers: SDP, body: soundOffer() };
  return [
    message(aim, 'ltgtruri', 'angle brackets about the Request-URI', {
      ...call,
      start: `INVITE <sip:ada@${aim.to}> SIP/2.0`,
    }),
    message(aim, 'lwsruri', 'a space within the Request-URI', {
      ...call,
      start: `INVITE sip:ada@${aim.to}; lr SIP/2.0`,
    }),
    message(aim, 'lwsstart', 'two spaces between the parts of the first line', {
      ...call,
      start: `INVITE  sip:ada@${aim.to}  SIP/2.0`,
    }),
    message(aim, 'trws', 'spaces behind the first line', {
      method: 'OPTIONS',
      start: `OPTIONS sip:ada@${aim.to} SIP/2.0  `,
    }),
    message(aim, 'escruri', 'headers in the Request-URI', {
      ...call,
      start: `INVITE sip:ada@${aim.to}?Route=%3Csip:${aim.to}%3E SIP/2.0`,
    }),
    message(aim, 'badvers', 'a version of SIP that there is not', {
      method: 'OPTIONS',
      start: `OPTIONS sip:ada@${aim.to} SIP/7.0`,
      headers: { Via: `SIP/7.0/UDP ${aim.from};rport;branch=z9hG4bK-badvers` },
    }),
  ];
}

function wrongAddresses(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'badinv01', 'separators with nothing between them', {
      headers: {
        ...SDP,
        Via: `SIP/2.0/UDP ${aim.from};;,;,,`,
        Contact: `"Tester" <sip:tester@${aim.from}>;;;;`,
      },
      body: soundOffer(),
    }),
    message(aim, 'quotbal', 'a quotation mark that is never closed', {
      headers: { ...SDP, To: '"Dr. Ada <sip:ada@example.com>' },
      body: soundOffer(),
    }),
    message(aim, 'regbadct', 'an address with headers that does not stand in angle brackets', {
      method: 'REGISTER',
      headers: { Contact: `sip:tester@${aim.from}?Route=%3Csip:sip.example.com%3E` },
    }),
    message(aim, 'badaspec', 'spaces about the address within its angle brackets', {
      method: 'OPTIONS',
      headers: { To: '"Lovelace, Ada" < sip:ada@example.com >' },
    }),
    message(aim, 'baddn', 'a comma in a name without quotation marks', {
      method: 'OPTIONS',
      headers: { From: 'Babbage, Charles <sip:tester@example.org>;tag=baddn' },
    }),
  ];
}

function wrongMethods(aim: Aim): TortureMessage[] {
  return [
    message(aim, 'mismatch01', 'CSeq names another method that is known', {
      method: 'OPTIONS',
      headers: { CSeq: '8 INVITE' },
    }),
    message(aim, 'mismatch02', 'an unknown method, and CSeq names a known one', {
      method: 'NEVERHEARD',
      headers: { ...SDP, CSeq: '8 INVITE' },
      body: soundOffer(),
    }),
  ];
}
