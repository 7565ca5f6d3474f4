/** One SIP message on the wire, as far as the bench needs it. */
export type SipPacket = {
  /** The kernel's stamp, in ms since 1970 with fractions. */
  readonly atMs: number;
  readonly fromPort: number;
  readonly toPort: number;
  /** INVITE, BYE ... of a request; absent in an answer. */
  readonly method: string | undefined;
  /** 200, 486 ... of an answer; absent in a request. */
  readonly status: number | undefined;
  /** The method in CSeq: of an answer, the method it answers. */
  readonly cseqMethod: string;
  /** User of the request's address. */
  readonly user: string;
  /** User of the From header: the caller's number, on both legs of a call. */
  readonly from: string;
  readonly callId: string;
};

const ETHERNET_BYTES = 14;
const UDP_BYTES = 8;
const IPV4 = 0x0800;

/** Reads an Ethernet frame with IPv4 (RFC 791), UDP (RFC 768) and SIP (RFC 3261); undefined for anything else. */
export function sipPacketOf(atMs: number, frame: Buffer): SipPacket | undefined {
  if (frame.length < ETHERNET_BYTES + 20 || frame.readUInt16BE(12) !== IPV4) return undefined;
  const udp = ETHERNET_BYTES + (frame.readUInt8(ETHERNET_BYTES) & 0x0f) * 4;
  if (frame.length <= udp + UDP_BYTES) return undefined;
  const text = frame.toString('latin1', udp + UDP_BYTES);
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2);
  const found = /^(?:SIP\/2\.0 (\d{3})|([A-Z]+) sip:(?:([^@;> ]*)@)?)/.exec(head);
  const callId = header(head, 'Call-ID', 'i');
  if (!found || callId === undefined) return undefined;
  return {
    atMs,
    fromPort: frame.readUInt16BE(udp),
    toPort: frame.readUInt16BE(udp + 2),
    status: found[1] === undefined ? undefined : Number(found[1]),
    method: found[2],
    cseqMethod: header(head, 'CSeq', 'CSeq')?.split(' ')[1] ?? '',
    user: found[3] ?? '',
    from: /sips?:([^@;>]*)@/.exec(header(head, 'From', 'f') ?? '')?.[1] ?? '',
    callId,
  };
}

function header(head: string, name: string, compact: string): string | undefined {
  return new RegExp(`^(?:${name}|${compact})\\s*:\\s*(.*)\\r$`, 'im').exec(head)?.[1];
}
