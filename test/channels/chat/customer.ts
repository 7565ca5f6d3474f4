import { WebSocket } from 'ws';
import type { ServerFrame } from '../../../src/channels/chat/frames.ts';

type Frame = ServerFrame & Record<string, unknown>;
type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** Longest that a test waits for something that the door should say. */
const PATIENCE_MS = 5_000;

/** A customer's program as it should be: it sends again what was not said to be received, and resumes after a break. */
export class Customer {
  readonly #url: string;
  readonly #options: object;
  #socket: WebSocket | undefined;
  #waiting: (() => void)[] = [];
  /** All that came, in order, over all connections. */
  readonly frames: Frame[] = [];
  readonly unsent = new Map<string, object>();
  token = '';
  /** The newest line that was seen. */
  seq = 0;
  closedWith: number | undefined;
  #count = 0;

  constructor(url: string, options: object = {}) {
    this.#url = url;
    this.#options = options;
  }

  /** Connects and begins a chat. */
  static async begin(url: string, hello: object = {}, options: object = {}): Promise<Customer> {
    const customer = new Customer(url, options);
    await customer.connect();
    customer.send({ type: 'hello', ...hello });
    await customer.next('welcome');
    return customer;
  }

  connect(url = this.#url): Promise<void> {
    const socket = new WebSocket(url, this.#options);
    this.#socket = socket;
    this.closedWith = undefined;
    socket.on('message', (data) => this.#came(JSON.parse(String(data)) as Frame));
    socket.on('close', (code) => {
      if (socket !== this.#socket) return;
      this.closedWith = code;
      this.#wake();
    });
    return new Promise((done, fail) => {
      socket.once('open', done);
      socket.once('error', fail);
    });
  }

  async resume(url = this.#url, after = this.seq): Promise<void> {
    await this.connect(url);
    const welcomes = this.of('welcome').length;
    this.send({ type: 'resume', token: this.token, after });
    await this.until(
      'it is welcome again',
      () => this.of('welcome').length > welcomes || this.closedWith !== undefined,
    );
    for (const message of this.unsent.values()) this.send(message);
  }

  /** The connection breaks without a word. */
  break(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.terminate();
  }

  send(message: object | string): void {
    this.#socket?.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Writes a line; it is kept until it is said to be received. */
  write(text: string, id = `c${++this.#count}`): string {
    const message = { type: 'message', id, text };
    this.unsent.set(id, message);
    this.send(message);
    return id;
  }

  #came(frame: Frame): void {
    this.frames.push(frame);
    if (frame.type === 'welcome') this.token = frame.token;
    if (frame.type === 'message') this.seq = frame.seq;
    if (frame.type === 'received') this.unsent.delete(frame.id);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  of<T extends ServerFrame['type']>(type: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> & Frame => frame.type === type);
  }

  /** The texts of all lines that came, in order. */
  texts(): string[] {
    return this.of('message').map(({ text }) => text);
  }

  codes(): string[] {
    return this.of('error').map(({ code }) => code);
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`${what} did not come; seen: ${JSON.stringify(this.frames)}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 250);
        this.#waiting.push(() => {
          clearTimeout(timer);
          done();
        });
      });
    }
  }

  /** The next of a kind that has not been looked at yet. */
  async next<T extends ServerFrame['type']>(type: T): Promise<FrameOf<T>> {
    const from = this.#looked.get(type) ?? 0;
    await this.until(`a ${type}`, () => this.of(type).length > from);
    this.#looked.set(type, from + 1);
    return this.of(type)[from]!;
  }
  readonly #looked = new Map<string, number>();

  async received(id: string): Promise<void> {
    await this.until(`the receipt of ${id}`, () => this.of('received').some((frame) => frame.id === id));
  }

  async closed(): Promise<number> {
    await this.until('the end of the connection', () => this.closedWith !== undefined);
    return this.closedWith!;
  }

  async lines(count: number): Promise<string[]> {
    await this.until(`${count} lines`, () => this.of('message').length >= count);
    return this.texts();
  }
}
