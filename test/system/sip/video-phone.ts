import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../until.ts';
import { digest } from './raw-sip.ts';

/** Payload types of what it offers; others may call the same codec otherwise. */
const PCMU = 0;
const H264 = 99;
const H264_SAYS = 'profile-level-id=42e01f;packetization-mode=1';
/** 30 pictures a second, 90,000 ticks of the RTP clock. */
const TICKS_PER_PICTURE = 3_000;
const PICTURE_MS = 33;

export type VideoPhoneOptions = {
  readonly user: string;
  readonly host: string;
  /** False: it has none, and offers sound alone. */
  readonly camera?: boolean;
  readonly exchange: { readonly host: string; readonly port: number };
};

/** Where the other side wants sound and pictures, as its last SDP said; undefined: it has no such stream. */
type Wanted = { audio?: number; video?: { port: number; payload: number } };

/** A telephone with a camera, for one call at a time: enough of SIP, and H.264 in RTP whose pictures can be told from others. */
export class VideoPhone {
  readonly #options: VideoPhoneOptions;
  readonly #sip: Socket;
  readonly #audio: Socket;
  readonly #video: Socket;
  readonly #id = Math.random().toString(36).slice(2);
  readonly #answers: string[] = [];
  readonly #pictures: Buffer[] = [];
  /** Every offer of the other side, in order: INVITE and re-INVITE. */
  readonly offers: string[] = [];
  /** Packets of sound that have come. */
  heard = 0;
  #count = 0;
  #version = 0;
  #sent = 0;
  /** Rings at the moment. */
  #invite: string | undefined;
  /** Who is called, and in whose name the exchange has answered. */
  #called = { uri: '', to: '' };
  /** What the exchange said last about streams, as offer or as answer. */
  #sdp = '';
  #wanted: Wanted = {};

  private constructor(options: VideoPhoneOptions, sip: Socket, audio: Socket, video: Socket) {
    this.#options = options;
    this.#sip = sip;
    this.#audio = audio;
    this.#video = video;
    sip.on('message', (packet) => this.#take(packet.toString()));
    audio.on('message', () => (this.heard += 1));
    video.on('message', (packet) => this.#pictures.push(packet.subarray(12)));
  }

  static async open(options: VideoPhoneOptions): Promise<VideoPhone> {
    const socket = () => bound(options.host);
    return new VideoPhone(options, await socket(), await socket(), await socket());
  }

  async register(password: string): Promise<void> {
    const { user, exchange } = this.#options;
    const uri = `sip:${exchange.host}:${exchange.port}`;
    const refused = await this.#ask('REGISTER', uri, []);
    const answer = await this.#ask('REGISTER', uri, [digest(refused, 'REGISTER', user, password, uri)]);
    if (!/^SIP\/2\.0 200/.test(answer)) throw new Error(`not registered: ${answer}`);
  }

  /** Calls a number, and is through when it is answered. */
  async call(number: string): Promise<void> {
    const { exchange } = this.#options;
    const uri = `sip:${number}@${exchange.host}:${exchange.port}`;
    const answer = await this.#ask('INVITE', uri, [], this.#streams());
    if (!/^SIP\/2\.0 200/.test(answer)) throw new Error(`not answered: ${answer}`);
    this.#called = { uri, to: `To: ${header(answer, 'To')}` };
    this.#send(this.#request('ACK', uri, this.#count, [this.#called.to]));
    this.#takeSdp(answer);
  }

  /** Ends the call that it made. */
  async hangUp(): Promise<void> {
    await this.#ask('BYE', this.#called.uri, [this.#called.to]);
  }

  /** Waits until it rings, and answers with pictures where pictures are offered. */
  async answer(): Promise<void> {
    const invite = await until('the phone rings', () => this.#invite);
    this.#invite = undefined;
    this.#send(this.#response(invite, '200 OK', this.#streams()));
  }

  /** Sends so many pictures to where the other side wants them, and something that counts as sound. */
  async show(count: number, sign: string): Promise<void> {
    const { host } = this.#options.exchange;
    for (let left = count; left > 0; left--) {
      const { audio, video } = this.#wanted;
      if (audio) this.#audio.send(rtp(PCMU, this.#sent, 160, Buffer.alloc(160, 0xff)), audio, host);
      // One NAL unit of type 5 is a whole picture (RFC 6184, 5.6).
      const picture = Buffer.concat([Buffer.from([0x65]), Buffer.from(sign)]);
      if (video) this.#video.send(rtp(0x80 | video.payload, this.#sent, TICKS_PER_PICTURE, picture), video.port, host);
      this.#sent += 1;
      await pause(PICTURE_MS);
    }
  }

  /** How many pictures with this sign have come. */
  seen(sign: string): number {
    return this.#pictures.filter((picture) => picture.includes(sign)).length;
  }

  close(): void {
    for (const socket of [this.#sip, this.#audio, this.#video]) socket.close();
  }

  get #contact(): string {
    return `<sip:${this.#options.user}@${this.#options.host}:${this.#sip.address().port}>`;
  }

  #take(message: string): void {
    if (message.startsWith('SIP/2.0')) return void this.#answers.push(message);
    const method = message.split(' ', 1)[0]!;
    if (method === 'INVITE') return this.#takeInvite(message);
    if (method !== 'ACK') this.#send(this.#response(message, '200 OK'));
  }

  #takeInvite(invite: string): void {
    this.offers.push(invite);
    this.#takeSdp(invite);
    // A change of a call that is there is answered at once; a new call rings.
    if (/^To:.*;tag=/im.test(invite)) return this.#send(this.#response(invite, '200 OK', this.#streams()));
    this.#invite = invite;
    this.#send(this.#response(invite, '180 Ringing'));
  }

  #takeSdp(message: string): void {
    this.#sdp = message.slice(message.indexOf('\r\n\r\n') + 4);
    const audio = Number(/^m=audio (\d+)/m.exec(this.#sdp)?.[1] ?? 0);
    const port = Number(/^m=video (\d+)/m.exec(this.#sdp)?.[1] ?? 0);
    const payload = Number(/^a=rtpmap:(\d+) H264\/90000/m.exec(this.#sdp)?.[1] ?? H264);
    this.#wanted = { ...(audio > 0 ? { audio } : {}), ...(port > 0 ? { video: { port, payload } } : {}) };
  }

  /** What it offers, or its answer, which has the streams of the offer one by one (RFC 3264, 6). */
  #streams(): string {
    const { host, camera = true } = this.#options;
    const asked = [...this.#sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind);
    const kinds = asked.length > 0 ? asked : ['audio', ...(camera ? ['video'] : [])];
    const payload = this.#wanted.video?.payload ?? H264;
    const lines = ['v=0', `o=- 1 ${++this.#version} IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0'];
    for (const kind of kinds) {
      if (kind === 'audio') lines.push(`m=audio ${this.#audio.address().port} RTP/AVP ${PCMU}`);
      else if (!camera) lines.push(`m=${kind} 0 RTP/AVP ${payload}`);
      else {
        lines.push(`m=${kind} ${this.#video.address().port} RTP/AVP ${payload}`);
        lines.push(`a=rtpmap:${payload} H264/90000`, `a=fmtp:${payload} ${H264_SAYS}`);
      }
    }
    return `${lines.join('\r\n')}\r\n`;
  }

  /** One request and its final answer; 127.0.0.1 loses nothing, so nothing is sent again. */
  async #ask(method: string, uri: string, headers: readonly string[], body = ''): Promise<string> {
    this.#count += 1;
    const cseq = `${this.#count} ${method}`;
    this.#send(this.#request(method, uri, this.#count, headers, body));
    return until(`${method} is answered`, () =>
      this.#answers.find((one) => header(one, 'CSeq') === cseq && !/^SIP\/2\.0 1/.test(one)),
    );
  }

  #request(method: string, uri: string, cseq: number, headers: readonly string[], body = ''): string {
    const { user, host, exchange } = this.#options;
    const whom = method === 'REGISTER' ? `sip:${user}@${exchange.host}` : uri;
    const to = headers.some((one) => one.startsWith('To:')) ? [] : [`To: <${whom}>`];
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${host}:${this.#sip.address().port};rport;branch=z9hG4bK${this.#id}${cseq}${method}`,
      'Max-Forwards: 70',
      `From: <sip:${user}@${exchange.host}>;tag=${this.#id}`,
      ...to,
      `Call-ID: ${this.#id}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: ${this.#contact}`,
      ...headers,
      ...withBody(body),
    ].join('\r\n');
  }

  #response(request: string, status: string, body = ''): string {
    const to = header(request, 'To');
    return [
      `SIP/2.0 ${status}`,
      ...request.split('\r\n').filter((line) => /^Via:/i.test(line)),
      `From: ${header(request, 'From')}`,
      `To: ${to}${/;tag=/.test(to) ? '' : `;tag=${this.#id}`}`,
      `Call-ID: ${header(request, 'Call-ID')}`,
      `CSeq: ${header(request, 'CSeq')}`,
      `Contact: ${this.#contact}`,
      ...withBody(body),
    ].join('\r\n');
  }

  #send(message: string): void {
    const { host, port } = this.#options.exchange;
    this.#sip.send(message, port, host);
  }
}

async function bound(host: string): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, host, done));
  return socket;
}

function header(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*?)\\r?$`, 'im').exec(message)?.[1] ?? '';
}

function withBody(body: string): string[] {
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body];
}

/** A packet of RTP (RFC 3550, 5.1); the mark of the last packet of a picture is the highest bit of the payload type. */
function rtp(markAndPayload: number, sequence: number, ticks: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = markAndPayload;
  head.writeUInt16BE(sequence & 0xffff, 2);
  head.writeUInt32BE((sequence * ticks) >>> 0, 4);
  head.writeUInt32BE(markAndPayload === PCMU ? 1 : 2, 8);
  return Buffer.concat([head, payload]);
}
