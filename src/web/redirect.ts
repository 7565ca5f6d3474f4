import type { IncomingHttpHeaders } from 'node:http';
import { ok, type Result } from '../model/failure.ts';
import { type Outgoing, webAddress } from './outgoing.ts';
import { webFailed } from './web-failure.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Of what a flow may set: what proves who asks. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'cookie']);
const OF_THE_BODY: ReadonlySet<string> = new Set(['content-type', 'content-length', 'idempotency-key']);

/**
 * The request that an answer redirects to; undefined when it is no redirect. As browsers do it
 * (https://fetch.spec.whatwg.org/#http-redirect-fetch): 303 asks with GET, 301 and 302 turn a POST into one; another origin
 * gets no credentials. Failures: `web.invalid`, and `web.forbidden` from https to http.
 */
export function redirectOf(
  asked: Outgoing,
  answer: { readonly status: number; readonly headers: IncomingHttpHeaders },
): Result<Outgoing> | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return undefined;
  const address = webAddress(location, asked.url);
  if (!address.ok) return address;
  const url = address.value;
  if (asked.url.protocol === 'https:' && url.protocol === 'http:') {
    return webFailed('web.forbidden', 'A redirect leads from https to http.', { host: url.hostname });
  }
  const asGet = answer.status === 303 || (asked.method === 'POST' && (answer.status === 301 || answer.status === 302));
  const sameOrigin = url.origin === asked.url.origin;
  const headers = [...asked.headers].filter(
    ([name]) =>
      (sameOrigin || !(asked.secretHeaders.has(name) || CREDENTIALS.has(name))) && !(asGet && OF_THE_BODY.has(name)),
  );
  return ok({
    ...asked,
    url,
    headers: new Map(headers),
    ...(asGet ? { method: 'GET', body: undefined } : {}),
  });
}
