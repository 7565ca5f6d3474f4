import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

/** An event of Asterisk, as far as it is looked at here. */
export type PassingEvent = { readonly type: string; readonly channelIds: readonly string[] };

/** A wire between the controller and Asterisk that a test can cut, and that loses the events that the test chooses. */
export class LossyWire {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #farPort: number;
  readonly #events = new WebSocketServer({ noServer: true });
  #cut = false;
  #loses: (event: PassingEvent) => boolean = () => false;
  #lost = 0;

  private constructor(server: Server, port: number, farPort: number) {
    this.#server = server;
    this.port = port;
    this.#farPort = farPort;
  }

  static async to(farPort: number): Promise<LossyWire> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const wire = new LossyWire(server, (server.address() as { port: number }).port, farPort);
    server.on('connection', (socket) => wire.#keep(socket));
    server.on('request', (asked, answer) => wire.#relay(asked, answer));
    server.on('upgrade', (asked, socket, head) => wire.#join(asked, socket, head));
    return wire;
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
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #keep(socket: Duplex): void {
    if (this.#cut) return void socket.destroy();
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
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
