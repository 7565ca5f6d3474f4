import { type Aim, message, packet, SDP, soundOffer, type TortureMessage, viaOf } from './message.ts';

/** RFC 4475, 3.1.1: unusual, and right all the same. */
export function valid(aim: Aim): TortureMessage[] {
  return [...oddlyWritten(aim), ...oddlyFramed(aim), ...oddlyAnswered(aim)];
}

function oddlyWritten(aim: Aim): TortureMessage[] {
  return [
    shortTortuous(aim),
    message(aim, 'intmeth', 'every character that a method, a user, a Call-ID and a header name may have', {
      method: "%Brew-It!_2*now+`or.never~'",
      start: `%Brew-It!_2*now+\`or.never~' sip:9_odd.User~(so-it!is)&don't+ask$/me?,;;*:&pass=1,w0rd!*or~d_(not)@${aim.to} SIP/2.0`,
      headers: {
        Via: `SIP/2.0/UDP ${aim.from};rport;branch=z9hG4bK-.!%69*_+\`'~`,
        From: `"quoted \\\u0007 \\\u007f \\" \u00e4\u4e94\u03a9" <sip:tester@example.org>;tag=_t~on'k+e*n\`%.!-`,
        To: '"NUL: \\\u0000 only" <sip:1_odd.User~(yes)@example.com>',
        'Call-ID': 'intmeth.%3Cx-!.*_+\'@w0rd`~)(><:\\/"][?}{',
      },
      more: ["x-!.%*+_`'~extension: \u65e5\u672c \u0433\u0443\u0434\u043e\u043a"],
    }),
    message(aim, 'esc01', 'escapes where they are escapes: a user that looks like an address of its own', {
      start: `INVITE sip:sips%3Aada%40example.com@${aim.to} SIP/2.0`,
      headers: {
        ...SDP,
        From: '<sip:With%20a%20gap@example.org>;tag=%41-not-an-escape',
        To: 'sip:%61d%61@example.com',
        Contact: `<sip:t%65ster@${aim.from};%6Cr;n%61me=50%25%32%35>`,
      },
      body: soundOffer(),
    }),
    message(aim, 'escnull', 'escaped zero bytes are part of a user and end nothing', {
      method: 'REGISTER',
      headers: { To: '<sip:before%00after@example.com>', Contact: `<sip:%00@${aim.from}>, <sip:%00%00@${aim.from}>` },
    }),
    message(aim, 'esc02', 'a percent sign that is no escape: this method is not REGISTER', {
      method: 'R%45GISTE%52',
      headers: { From: '"%Y%5A" <sip:tester@example.org>;tag=f%43', To: '"%Y%5A" <sip:ada@example.com>' },
      more: [`C%6Fntact: <sip:other@${aim.from}>`],
    }),
    message(aim, 'lwsdisp', 'no space between a name and its <', {
      method: 'OPTIONS',
      headers: { From: 'tester<sip:tester@example.org>;tag=lwsdisp' },
    }),
    message(aim, 'semiuri', 'semicolons in the user are the user, not parameters of the address', {
      method: 'OPTIONS',
      start: `OPTIONS sip:ada;door=a%40example.net@${aim.to} SIP/2.0`,
    }),
  ];
}

/** Folded lines, compact and odd-cased names, blanks before colons, an empty value, numbers with zeros before them. */
function shortTortuous(aim: Aim): TortureMessage {
  const body = soundOffer();
  const lines = [
    `INVITE sip:ada@${aim.to};odd-parameter SIP/2.0`,
    `vIA  : SIP  /   2.0\r\n  /UDP\r\n    ${aim.from};rport ; branch\t=\r\n z9hG4bK-wsinv`,
    'v:SIP / 2.0 / TCP hop.example.org ;\r\n  branch = z9hG4bK-hop , SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK-first;hidden',
    'TO :\r\n sip:ada@example.com ; tag  = 1918181833n',
    'from   : "A \\\\ tester \\"\\" of parsers"\r\n  <sip:tester@example.org>\r\n  ;\r\n  tag = 98asjd8',
    'MaX-fOrWaRdS: 0068',
    `Call-ID\t:\r\n wsinv@${aim.from}`,
    'Content-Length\t : ',
    ` ${Buffer.byteLength(body)}`,
    'cseq: 0009\r\n  INVITE',
    's :',
    'Never-Heard-Of: one line\r\n and another\r\n\tand a third',
    'X-Only-Separators: ;;,,;;,;',
    'c: application/sdp',
    'Route:\r\n <sip:services.example.com;lr;with=value;without>',
    `m:"Quoted \\"\\" text" <sip:tester@${aim.from}> ; later =\r\n value ; alone ; q = 0.33`,
  ];
  return { name: 'wsinv', about: 'white space wherever it is allowed', bytes: packet(lines, body) };
}

function oddlyFramed(aim: Aim): TortureMessage[] {
  const long = (word: string, times: number): string => word.repeat(times);
  const hops = Array.from({ length: 34 }, (_, hop) => `SIP/2.0/TCP hop-${hop}.example.com;branch=z9hG4bK-hop${hop}`);
  const second = message(aim, 'dblreq-second', 'never to be read', {});
  const first = message(aim, 'dblreq', 'a second request behind the end of the first, in one datagram', {
    method: 'REGISTER',
  });
  const [start, end] = ['--edge\r\n', '\r\n--edge--\r\n'];
  const signature = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const text = `${start}Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n\r\nHello\r\n`;
  const signed = `${start}Content-Type: application/pkcs7-signature\r\nContent-Transfer-Encoding: binary\r\n\r\n`;
  return [
    message(aim, 'longreq', 'long values everywhere', {
      headers: {
        ...SDP,
        Via: [viaOf(aim, `longreq-${long('branch', 20)}`), ...hops].join(', '),
        From: `"${long('very ', 60)}long" <sip:${long('tester', 25)}@${long('deep.', 30)}example.org>;tag=${long('1234567890', 25)}`,
        To: `"${long('also ', 60)}long" <sip:ada@example.com;${long('parameter', 20)}=${long('value', 40)};${long('lone', 50)}>`,
        'Call-ID': `longreq-${long('really', 60)}`,
      },
      more: [`X-${long('Extremely-', 30)}Long-Name: ${long('word ', 400)}`],
      body: soundOffer(),
    }),
    { ...first, bytes: Buffer.concat([first.bytes, second.bytes]) },
    message(aim, 'transports', 'Via of every transport, and of one that nobody knows', {
      method: 'OPTIONS',
      more: ['SCTP', 'TLS', 'CARRIER-PIGEON', 'TCP'].map(
        (kind) => `Via: SIP/2.0/${kind} hop.example.com;branch=z9hG4bK-${kind}`,
      ),
    }),
    message(aim, 'mpart01', 'a body of two parts, one of them any bytes', {
      method: 'MESSAGE',
      headers: { 'Content-Type': 'multipart/mixed;boundary=edge' },
      body: Buffer.concat([Buffer.from(text), Buffer.from(signed), signature, Buffer.from(end)]),
    }),
  ];
}

function oddlyAnswered(aim: Aim): TortureMessage[] {
  const headers = { 'Max-Forwards': null };
  return [
    message(aim, 'unreason', 'a reason of signs and other alphabets', {
      start: 'SIP/2.0 200 = 4 * 50 \u0434\u0432\u0435\u0441\u0442\u0438 \u4e8c\u767e',
      headers,
    }),
    message(aim, 'noreason', 'no reason at all', { start: 'SIP/2.0 100 ', headers }),
  ];
}
