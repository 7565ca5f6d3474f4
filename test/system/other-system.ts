import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './until.ts';

/** What a flow asked of the other system. */
export type Asked = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** `never`: the request is left without an answer until the other side gives up. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | 'never';

/** Another company's server on loopback, which flows ask over HTTP. It remembers what it was asked. */
export class OtherSystem {
  readonly asked: Asked[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** `reply` is asked for each request, with how often its path was asked before. */
  static async open(reply: (asked: Asked, before: number) => Reply): Promise<OtherSystem> {
    const server = createServer();
    const system = new OtherSystem(server);
    server.on('request', (request, response) => void system.#take(request, response, reply));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return system;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  at(path: string): Asked[] {
    return this.asked.filter((one) => one.path === path);
  }

  /** Waits until a path was asked so many times. @returns the last of these requests. */
  wasAsked(path: string, times = 1): Promise<Asked> {
    return until(`${path} was asked ${times} times`, () => this.at(path)[times - 1], { seen: () => this.asked });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #take(
    request: IncomingMessage,
    response: ServerResponse,
    reply: (asked: Asked, before: number) => Reply,
  ): Promise<void> {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const path = request.url ?? '';
    const asked: Asked = { method: request.method ?? '', path, headers: request.headers, body };
    const before = this.at(path).length;
    this.asked.push(asked);
    const answer = reply(asked, before);
    if (answer === 'never') return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }
}
