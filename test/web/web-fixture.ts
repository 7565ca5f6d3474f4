import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import type { Result } from '../../src/model/failure.ts';
import type { WebAnswer, WebRequest } from '../../src/model/web.ts';
import { openWeb, type Web, type WebOptions } from '../../src/web/web.ts';

/** A real server on loopback, closed after the test file. */
export type Far = {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  /** What was asked, in order; bodies are there when the answer begins. */
  readonly asked: { readonly request: IncomingMessage; readonly body: string }[];
};

export async function far(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void = (_, response) =>
    void response.end('ok'),
  make: (listener: RequestListener) => Server = createServer,
): Promise<Far> {
  const asked: Far['asked'] = [];
  const server = make((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push({ request, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port, url: `http://127.0.0.1:${port}`, asked };
}

/** An answer of JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export type WebInTest = Web & { readonly lines: string[] };

/** The room with loopback allowed, unless the test says otherwise; closed after the test file. */
export function web(options: Partial<WebOptions> = {}): WebInTest {
  const lines: string[] = [];
  const log = { warn: (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message })) };
  const opened = openWeb({ allow: () => LOOPBACK, secret: () => undefined, now: Date.now, log, ...options });
  after(() => opened.close());
  return { ...opened, lines };
}
const LOOPBACK = ['127.0.0.0/8'];

export function ask(url: string, more: Partial<WebRequest> = {}): WebRequest {
  return {
    method: 'GET',
    url,
    query: {},
    headers: {},
    secretHeaders: {},
    body: null,
    timeoutMs: 5_000,
    connectTimeoutMs: 2_000,
    retry: { attempts: 1, backoffMs: 0, on: [] },
    redirects: 0,
    idempotencyKey: 'c1.r1',
    ...more,
  };
}

export function answerOf(result: Result<WebAnswer>): WebAnswer {
  if (!result.ok)
    throw new Error(`${result.failure.code}: ${result.failure.message} ${JSON.stringify(result.failure.details)}`);
  return result.value;
}

export function codeOf(result: Result<WebAnswer>): string {
  return result.ok ? `answered ${result.value.status}` : result.failure.code;
}

/** A name server of the test's own: each look-up of a name gives the next of its answers, the last one for ever. */
export function names(answers: Readonly<Record<string, readonly (readonly string[])[]>>): WebOptions['lookUp'] & {
  readonly looked: string[];
} {
  const looked: string[] = [];
  const lookUp = async (host: string) => {
    const all = answers[host];
    if (!all) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
    const nth = looked.filter((one) => one === host).length;
    looked.push(host);
    const now = all[Math.min(nth, all.length - 1)]!;
    return now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return Object.assign(lookUp, { looked });
}
