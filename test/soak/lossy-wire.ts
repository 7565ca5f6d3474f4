import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { Wire } from '../system/wire.ts';

/** An event of Asterisk, as far as it is looked at here. */
export type PassingEvent = { readonly type: string; readonly channelIds: readonly string[] };

/** A wire between the controller and Asterisk that a test can cut, and that loses the events that the test chooses. */
export class LossyWire {
  readonly #server: Server;
  /** What is cut; behind it events are lost. */
  readonly #wire: Wire;
  readonly #farPort: number;
  readonly #events = new WebSocketServer({ noServer: true });
  #loses: (event: PassingEvent) => boolean = () => false;
  #lost = 0;

  private constructor(server: Server, wire: Wire, farPort: number) {
    this.#server = server;
    this.#wire = wire;
    this.#farPort = farPort;
  }

  static async to(farPort: number): Promise<LossyWire> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const lossy = new LossyWire(server, await Wire.to((server.address() as AddressInfo).port), farPort);
    server.on('request', (asked, answer) => lossy.#relay(asked, answer));
    server.on('upgrade', (asked, socket, head) => lossy.#join(asked, socket, head));
    return lossy;
  }

  get port(): number {
    return this.#wire.port;
  }

  /** How many events were lost so far. */
  get lost(): number {
    return this.#lost;
  }

  /** From now on loses the events of which this is true; one order replaces the other. */
  lose(which: (event: PassingEvent) => boolean): void {
    this.#loses = which;
  }

  cut(): void {
    this.#wire.cut();
  }

  mend(): void {
    this.#wire.mend();
  }

  close(): void {
    this.#wire.close();
    this.#server.close();
  }

  #relay(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = asked;
    const far = request({ host: '127.0.0.1', port: this.#farPort, method, path: url, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    far.on('error', () => answer.destroy());
    asked.pipe(far);
  }

  /** The near side is taken only when the far side is there, as it would be without this wire. */
  #join(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { authorization = '' } = asked.headers;
    const far = new WebSocket(`ws://127.0.0.1:${this.#farPort}${asked.url}`, { headers: { authorization } });
    socket.on('error', () => far.terminate());
    const early: string[] = [];
    far.on('message', (data) => early.push(String(data)));
    far.on('error', () => socket.destroy());
    far.on('open', () => {
      this.#events.handleUpgrade(asked, socket, head, (near) => {
        far.removeAllListeners('message');
        for (const text of early) this.#pass(text, near);
        far.on('message', (data) => this.#pass(String(data), near));
        near.on('message', (data) => far.send(String(data)));
        near.on('close', () => far.terminate());
        near.on('error', () => far.terminate());
        far.on('close', () => near.terminate());
      });
    });
  }

  #pass(text: string, near: WebSocket): void {
    const event = JSON.parse(text) as { type: string };
    // An answer to a request is no event: it comes or the connection is gone.
    if (event.type !== 'RESTResponse' && this.#loses(passing(event))) this.#lost += 1;
    else if (near.readyState === WebSocket.OPEN) near.send(text);
  }
}

function passing(event: { type: string; channel?: { id: string } }): PassingEvent {
  const { type, channel } = event;
  return { type, channelIds: channel === undefined ? [] : [channel.id] };
}
