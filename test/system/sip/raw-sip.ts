import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';

const ANSWER_MS_MAX = 10_000;
const RETRANSMIT_MS = 500;
/** So many packets go out before the others get a turn. */
const BURST = 50;

type Target = { readonly host: string; readonly port: number };

/** A SIP sender that may say anything: whole messages go out as they are, and what comes back is kept. */
export class RawSip {
  readonly address: string;
  readonly port: number;
  readonly #socket: Socket;
  readonly #to: Target;
  readonly #answers: string[] = [];
  #count = 0;

  private constructor(socket: Socket, to: Target) {
    this.#socket = socket;
    this.#to = to;
    ({ address: this.address, port: this.port } = socket.address());
    socket.on('message', (packet) => this.#answers.push(packet.toString('latin1')));
  }

  /** Any address of 127.0.0.0/8 can be bound to; all but 127.0.0.1 are strangers to the exchange. */
  static async open(from: string, to: { readonly host: string; readonly port: number }): Promise<RawSip> {
    const socket = createSocket('udp4');
    await new Promise<void>((bound) => socket.bind(0, from, bound));
    return new RawSip(socket, to);
  }

  /** Status codes of the answers so far; 100 is none. */
  statuses(): number[] {
    const codes = this.#answers.map((answer) => Number(/^SIP\/2\.0 (\d{3})/.exec(answer)?.[1] ?? 0));
    return codes.filter((code) => code > 100);
  }

  send(message: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(message, this.#to.port, this.#to.host, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Sends as many as told, as fast as the socket takes them. */
  async flood(count: number, message: (index: number) => string): Promise<void> {
    for (let sent = 0; sent < count; sent++) {
      await this.send(message(sent));
      if (sent % BURST === BURST - 1) await pause(1);
    }
  }

  /** A request as it should be, with more headers and a body where given. */
  request(method: string, user: string, more: { from?: string; headers?: readonly string[]; body?: string } = {}) {
    this.#count += 1;
    const id = `${this.port}-${this.#count}`;
    const { from = 'stranger', headers = [], body = '' } = more;
    return [
      `${method} sip:${user}@${this.#to.host}:${this.#to.port} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.address}:${this.port};rport;branch=z9hG4bK${id}`,
      'Max-Forwards: 70',
      `From: <sip:${from}@${this.address}>;tag=${id}`,
      `To: <sip:${user}@${this.#to.host}>`,
      `Call-ID: ${id}@${this.address}`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:${from}@${this.address}:${this.port}>`,
      ...headers,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  /** Sends one, again every half second as SIP does over UDP (RFC 3261, 17.1.2.1), and gives the first final answer to it. */
  async ask(message: string): Promise<string> {
    const callId = /^Call-ID: (.*)$/m.exec(message)![1]!.trim();
    const deadline = Date.now() + ANSWER_MS_MAX;
    let sendAgainAtMs = 0;
    for (;;) {
      if (Date.now() >= sendAgainAtMs) {
        await this.send(message);
        sendAgainAtMs = Date.now() + RETRANSMIT_MS;
      }
      const answer = this.#answers.find((one) => one.includes(callId) && !/^SIP\/2\.0 1/.test(one));
      if (answer !== undefined) return answer;
      if (Date.now() > deadline) throw new Error(`no answer to ${message.split('\r\n')[0]}`);
      await pause(10);
    }
  }

  close(): void {
    this.#socket.close();
  }
}

/** The header with which somebody answers a challenge (RFC 7616, MD5 with qop=auth, as Asterisk asks it). */
export function digest(challenge: string, method: string, user: string, password: string, uri: string): string {
  const asked = (name: string): string => new RegExp(`${name}="?([^",\\r]+)`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const [realm, nonce, opaque] = [asked('realm'), asked('nonce'), asked('opaque')];
  const response = md5(
    `${md5(`${user}:${realm}:${password}`)}:${nonce}:00000001:abcdef:auth:${md5(`${method}:${uri}`)}`,
  );
  return (
    `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
    `response="${response}", algorithm=MD5, opaque="${opaque}", qop=auth, nc=00000001, cnonce="abcdef"`
  );
}
