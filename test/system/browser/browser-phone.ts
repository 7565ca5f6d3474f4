import { digest } from '../sip/raw-sip.ts';
import { until } from '../until.ts';
import { Page } from './chromium.ts';

/** A browser's own name for itself in SIP (RFC 7118, 5): nobody could find it by that, and nobody has to. */
const HOST = 'browser.invalid';

/**
 * A telephone in a browser: socket, microphone and sound are the page's; what is said in SIP is put together here, so that
 * no SIP library is needed.
 */
export class BrowserPhone {
  readonly #page: Page;
  readonly #id: string;
  readonly #password: string;
  #taken = 0;

  private constructor(page: Page, id: string, password: string) {
    this.#page = page;
    this.#id = id;
    this.#password = password;
  }

  static async open(pageUrl: string, wssUrl: string, id: string, password: string): Promise<BrowserPhone> {
    const page = await Page.open(pageUrl);
    const phone = new BrowserPhone(page, id, password);
    try {
      await page.evaluate(`new Promise((open, failed) => {
        window.inbox = [];
        window.sip = new WebSocket(${JSON.stringify(wssUrl)}, 'sip');
        sip.onmessage = ({ data }) => {
          if (!data.startsWith('OPTIONS ')) return inbox.push(data);
          // The exchange asks by these whether the phone is still there.
          const same = data.split('\\r\\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
          sip.send(['SIP/2.0 200 OK', ...same, 'Content-Length: 0', '', ''].join('\\r\\n'));
        };
        sip.onopen = () => open(true);
        sip.onerror = () => failed(new Error('no socket'));
      })`);
      return phone;
    } catch (error) {
      await phone.close();
      throw error;
    }
  }

  /** Registers; rejects when the exchange refuses. */
  async register(): Promise<void> {
    const challenge = await this.#registerWith([]);
    const header = digest(challenge, 'REGISTER', this.#id, this.#password, `sip:${HOST}`);
    const answer = await this.#registerWith([header]);
    if (!/^SIP\/2\.0 200/.test(answer)) throw new Error(`not registered: ${answer.split('\r\n')[0]}`);
  }

  /** Waits until it rings and answers with the microphone. Gives the offer and the answer. */
  async answer(): Promise<{ offer: string; answer: string }> {
    const invite = await this.#next('a call', /^INVITE /);
    const [head = '', offer = ''] = invite.split('\r\n\r\n');
    const answer = await this.#page.evaluate<string>(`(async () => {
      window.call = new RTCPeerConnection();
      call.ontrack = ({ streams }) => {
        window.ear = new Audio();
        ear.srcObject = streams[0];
        void ear.play();
      };
      await call.setRemoteDescription({ type: 'offer', sdp: ${JSON.stringify(offer)} });
      const mouth = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of mouth.getTracks()) call.addTrack(track, mouth);
      await call.setLocalDescription();
      while (call.iceGatheringState !== 'complete') await new Promise((next) => setTimeout(next, 20));
      return call.localDescription.sdp;
    })()`);
    const copied = head.split('\r\n').filter((line) => /^(Via|From|Call-ID|CSeq|Record-Route):/i.test(line));
    const to = /^To:.*$/im.exec(head)?.[0];
    await this.#send(
      [
        'SIP/2.0 200 OK',
        ...copied,
        `${to};tag=browser`,
        `Contact: <sip:${this.#id}@${HOST};transport=ws>`,
        'Content-Type: application/sdp',
        `Content-Length: ${Buffer.byteLength(answer)}`,
        '',
        answer,
      ].join('\r\n'),
    );
    await this.#next('its confirmation', /^ACK /);
    return { offer, answer };
  }

  /** How the sound goes: whether DTLS is done, and how loud what came in was, all together. */
  sound(): Promise<{ dtls: string; energy: number }> {
    return this.#page.evaluate(`call.getStats().then((stats) => {
      const all = [...stats.values()];
      const inbound = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
      const transport = all.find(({ type }) => type === 'transport');
      return { dtls: transport?.dtlsState ?? 'none', energy: inbound?.totalAudioEnergy ?? 0 };
    })`);
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #registerWith(headers: readonly string[]): Promise<string> {
    const address = `<sip:${this.#id}@${HOST}>`;
    await this.#send(
      [
        `REGISTER sip:${HOST} SIP/2.0`,
        `Via: SIP/2.0/WSS ${HOST};branch=z9hG4bK${headers.length}reg`,
        'Max-Forwards: 70',
        `From: ${address};tag=reg`,
        `To: ${address}`,
        'Call-ID: registration',
        `CSeq: ${headers.length + 1} REGISTER`,
        `Contact: <sip:${this.#id}@${HOST};transport=ws>;expires=300`,
        ...headers,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    return this.#next('an answer', /^SIP\/2\.0 [2-6]/);
  }

  #send(message: string): Promise<void> {
    return this.#page.evaluate(`sip.send(${JSON.stringify(message)})`);
  }

  /** The next message that looks so; others are passed over. */
  #next(what: string, looks: RegExp): Promise<string> {
    return until(what, async () => {
      const news = await this.#page.evaluate<string[]>(`inbox.slice(${this.#taken})`);
      const found = news.findIndex((message) => looks.test(message));
      this.#taken += found < 0 ? news.length : found + 1;
      return news[found];
    });
  }
}
