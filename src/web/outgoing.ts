import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ok, type Result } from '../model/failure.ts';
import type { WebRequest } from '../model/web.ts';
import { type WebFailed, webFailed } from './web-failure.ts';

const URL_CHARACTERS_MAX = 8_192;
const HEADERS_MAX = 64;
/** Names and values together; most servers read 8 KiB or 16 KiB. */
const HEADER_CHARACTERS_MAX = 8_192;
const BODY_BYTES_MAX = 64 * 1024;

/** They say how the bytes travel, and are this room's own: one that a flow could set would let it smuggle a second request. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A request as it goes out, checked. Names of headers are in small letters. */
export type Outgoing = {
  readonly method: WebRequest['method'];
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  /** Names of the headers that hold secrets; these stay with the origin that they were meant for. */
  readonly secretHeaders: ReadonlySet<string>;
  readonly body: Buffer | undefined;
};

/** Host without brackets, and port. */
export function whereTo(url: URL): { readonly host: string; readonly port: number } {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

/** Failures: `web.invalid`, `web.too_large`, `web.secret_missing`. */
export function outgoingOf(request: WebRequest, secret: (name: string) => string | undefined): Result<Outgoing> {
  const url = urlOf(request);
  if (!url.ok) return url;
  const body = bodyOf(request);
  if (!body.ok) return body;
  const asked = askedHeaders(request, secret);
  if (!asked.ok) return asked;
  const headers = new Map<string, string>([
    ['accept', 'application/json, */*;q=0.5'],
    ['user-agent', 'Strowger'],
    ...(body.value ? [['content-type', body.value.type] as const] : []),
    ...(request.method === 'GET' ? [] : [['idempotency-key', request.idempotencyKey] as const]),
    ...asked.value,
  ]);
  const refused = refusedHeaders(headers);
  if (refused) return refused;
  headers.set('accept-encoding', 'identity');
  if (request.method !== 'GET') headers.set('content-length', String(body.value?.bytes.length ?? 0));
  const secretHeaders = new Set(Object.keys(request.secretHeaders).map((name) => name.toLowerCase()));
  return ok({ method: request.method, url: url.value, headers, secretHeaders, body: body.value?.bytes });
}

/** The headers of the step, those with secrets last. */
function askedHeaders(
  request: WebRequest,
  secret: (name: string) => string | undefined,
): Result<ReadonlyMap<string, string>> {
  const asked = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (asked.has(name.toLowerCase())) return twice(name);
    asked.set(name.toLowerCase(), value);
  }
  for (const [name, given] of Object.entries(request.secretHeaders)) {
    if (asked.has(name.toLowerCase())) return twice(name);
    const value = secret(given.secret);
    if (value === undefined) {
      return webFailed(
        'web.secret_missing',
        'There is no secret of this name, or its file is refused; the log says which.',
        {
          secret: given.secret,
        },
      );
    }
    const { prefix, user } = given;
    const told = user === undefined ? value : Buffer.from(`${user}:${value}`).toString('base64');
    asked.set(name.toLowerCase(), `${prefix}${told}`);
  }
  return ok(asked);
}

/** An address that a request or a redirect names. Failures: `web.invalid`. */
export function webAddress(text: string, base?: URL): Result<URL> {
  // The parser passes over tabs and line breaks, so that an address would mean something else than what people read.
  if (/[^ -~\u0080-\uffff]/.test(text)) return webFailed('web.invalid', 'The address has a control character.');
  if (text.length > URL_CHARACTERS_MAX) {
    return webFailed('web.invalid', `The address has more than ${URL_CHARACTERS_MAX} characters.`);
  }
  if (!URL.canParse(text, base?.href)) return webFailed('web.invalid', 'The address cannot be read.');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return webFailed('web.invalid', 'The address begins neither with http:// nor with https://.');
  }
  if (url.username !== '' || url.password !== '') {
    return webFailed('web.invalid', 'The address has a user or a password, which belong into a secret header.');
  }
  url.hostname = url.hostname.replace(/\.$/, '');
  url.hash = '';
  return ok(url);
}

function urlOf(request: WebRequest): Result<URL> {
  const address = webAddress(request.url);
  const query = new URLSearchParams(request.query).toString();
  if (!address.ok || query === '') return address;
  const url = address.value;
  // What the address has already is left as it is written; URLSearchParams would spell it anew.
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  if (url.href.length <= URL_CHARACTERS_MAX) return address;
  return webFailed('web.invalid', `The address with its query has more than ${URL_CHARACTERS_MAX} characters.`);
}

type Body = { readonly type: string; readonly bytes: Buffer } | undefined;

function bodyOf({ method, body }: WebRequest): Result<Body> {
  if (body === null) return ok(undefined);
  if (method === 'GET') return webFailed('web.invalid', 'A GET request has no body.');
  const type = 'json' in body ? 'application/json' : 'application/x-www-form-urlencoded';
  const text = 'json' in body ? jsonText(body.json) : new URLSearchParams(body.form).toString();
  if (text === undefined) return webFailed('web.invalid', 'The body cannot be written as JSON.');
  const bytes = Buffer.from(text);
  if (bytes.length <= BODY_BYTES_MAX) return ok({ type, bytes });
  return webFailed('web.too_large', `The body of the request has more than ${BODY_BYTES_MAX} bytes.`);
}

function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Line breaks and the like, by which one header becomes two, are what Node's own check refuses. */
function refusedHeaders(headers: ReadonlyMap<string, string>): WebFailed | undefined {
  let characters = 0;
  for (const [name, value] of headers) {
    if (OWN_HEADERS.has(name)) return webFailed('web.invalid', 'A header that the step names is not for flows to set.');
    if (!isHeader(name, value)) {
      return webFailed('web.invalid', 'A header has a character that cannot stand in its name or value.');
    }
    characters += name.length + value.length;
  }
  if (headers.size <= HEADERS_MAX && characters <= HEADER_CHARACTERS_MAX) return undefined;
  return webFailed('web.too_large', `The headers are more than ${HEADERS_MAX} or ${HEADER_CHARACTERS_MAX} characters.`);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function twice(name: string): WebFailed {
  return webFailed('web.invalid', 'A header stands twice.', { header: name.slice(0, 64) });
}
