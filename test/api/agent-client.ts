import { WebSocket } from 'ws';

type Frame = Record<string, unknown> & { type: string };

const PATIENCE_MS = 10_000;

/** An agent's program: it knows the stream and the number of the last news, and goes on from there after a break. */
export class AgentClient {
  readonly #url: string;
  readonly #options: object;
  #socket: WebSocket | undefined;
  #waiting: (() => void)[] = [];
  readonly #looked = new Map<string, number>();
  #refs = 0;
  readonly frames: Frame[] = [];
  stream = '';
  seq = 0;
  closedWith: number | undefined;

  private constructor(url: string, options: object) {
    this.#url = url;
    this.#options = options;
  }

  static async open(url: string, key?: string, options: object = {}): Promise<AgentClient> {
    const client = new AgentClient(url, options);
    await client.#connect(url);
    await client.#greet({ type: 'hello', ...(key === undefined ? {} : { key }) });
    return client;
  }

  async resume(key: string, url = this.#url): Promise<void> {
    await this.#connect(url);
    await this.#greet({ type: 'hello', key, stream: this.stream, after: this.seq });
  }

  #connect(url: string): Promise<void> {
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

  async #greet(hello: object): Promise<void> {
    const welcomes = this.of('welcome').length;
    this.send(hello);
    await this.until('a welcome', () => this.of('welcome').length > welcomes || this.closedWith !== undefined);
  }

  #came(frame: Frame): void {
    this.frames.push(frame);
    if (frame.type === 'welcome') this.stream = String(frame['stream']);
    if (frame.type === 'welcome' && frame['resumed'] === false) this.seq = Number(frame['seq']);
    else if (frame.type !== 'welcome' && this.#isNumbered(frame)) this.seq = Number(frame['seq']);
    this.#wake();
  }

  #isNumbered({ type, seq }: Frame): boolean {
    return seq !== undefined && type !== 'seen';
  }

  /** The numbers of all news, in the order in which they came. */
  numbers(): number[] {
    return this.frames
      .filter((frame) => frame.type !== 'welcome' && this.#isNumbered(frame))
      .map(({ seq }) => Number(seq));
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  send(message: object | string): void {
    this.#socket?.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Asks for something and waits until it is done; throws with the code when it is refused. */
  async ask(message: object): Promise<void> {
    const ref = `r${++this.#refs}`;
    this.send({ ...message, ref });
    const answered = (): Frame | undefined => this.frames.find((frame) => frame['ref'] === ref);
    await this.until(`an answer to ${JSON.stringify(message)}`, () => answered() !== undefined);
    if (answered()?.type === 'error') throw new Error(String(answered()?.['code']));
  }

  break(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.terminate();
  }

  stopReading(): void {
    this.#socket?.pause();
  }

  readOn(): void {
    this.#socket?.resume();
  }

  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  codes(): string[] {
    return this.of('error').map(({ code }) => String(code));
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!holds()) {
      if (performance.now() > end)
        throw new Error(`${what} did not come; seen: ${JSON.stringify(this.frames).slice(-2000)}`);
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
  async next(type: string): Promise<Frame> {
    const from = this.#looked.get(type) ?? 0;
    await this.until(`a ${type}`, () => this.of(type).length > from);
    this.#looked.set(type, from + 1);
    return this.of(type)[from]!;
  }

  async closed(): Promise<number> {
    await this.until('the end of the connection', () => this.closedWith !== undefined);
    return this.closedWith!;
  }
}
