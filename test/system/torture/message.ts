/** A message of RFC 4475 in our own words: its name there, what it is about, and what goes out. */
export type TortureMessage = { readonly name: string; readonly about: string; readonly bytes: Buffer };

/** Who sends to whom, both as host:port. Answers come back to the sender, because the topmost Via names it. */
export type Aim = { readonly from: string; readonly to: string };

/** How a message differs from a plain request that nobody could complain about. */
export type Draft = {
  /** INVITE when left out. */
  readonly method?: string;
  /** The whole first line. */
  readonly start?: string;
  /** Values by header name, in place of the plain ones; null leaves the header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Lines that follow the headers, as they are. */
  readonly more?: readonly string[];
  readonly body?: string | Uint8Array;
  /** The lines of Content-Length; the exact one when left out. */
  readonly length?: readonly string[];
};

/** Lines as SIP writes them, then the body. */
export function packet(lines: readonly string[], body: string | Uint8Array = ''): Buffer {
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

/** A request, or with a `start` of its own a response, that is plain but for what the draft says. */
export function message(aim: Aim, name: string, about: string, draft: Draft): TortureMessage {
  const { method = 'INVITE', start = `${method} sip:${name}@${aim.to} SIP/2.0`, more = [], body = '' } = draft;
  const headers = { ...plain(aim, name, method), ...draft.headers };
  const lines = Object.entries(headers).flatMap(([header, value]) => (value === null ? [] : [`${header}: ${value}`]));
  const length = draft.length ?? [`Content-Length: ${Buffer.byteLength(body)}`];
  return { name, about, bytes: packet([start, ...lines, ...more, ...length], body) };
}

function plain(aim: Aim, name: string, method: string): Record<string, string> {
  return {
    Via: viaOf(aim, name),
    'Max-Forwards': '70',
    From: `<sip:tester@example.org>;tag=from-${name}`,
    To: `<sip:${name}@example.com>`,
    'Call-ID': `${name}@${aim.from}`,
    CSeq: `7 ${method}`,
    Contact: `<sip:tester@${aim.from}>`,
  };
}

export function viaOf(aim: Aim, name: string): string {
  return `SIP/2.0/UDP ${aim.from};rport;branch=z9hG4bK-${name}`;
}

/** What a body of SDP needs besides itself. */
export const SDP = { 'Content-Type': 'application/sdp' };

/** An offer of plain sound. */
export function soundOffer(): string {
  const lines = ['v=0', 'o=tester 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  return [...lines, 'm=audio 49170 RTP/AVP 0 8', 'a=rtpmap:0 PCMU/8000', ''].join('\r\n');
}
