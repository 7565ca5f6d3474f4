import type { IncomingHttpHeaders } from 'node:http';
import { ok, type Result } from '../model/failure.ts';
import type { Value } from '../model/value.ts';
import type { WebAnswer } from '../model/web.ts';
import { webFailed } from './web-failure.ts';

/** Deeper JSON is no data for a flow, and whatever walks through it would come to the end of its stack. */
const JSON_DEPTH_MAX = 32;
const JSON_TYPE = /^(?:application|text)\/(?:[^;\s]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset="?([A-Za-z0-9_-]{1,40})/i;
/** Cookies are credentials, and nothing here keeps them. */
const PRIVATE_HEADERS: ReadonlySet<string> = new Set(['set-cookie']);

/** An answer as it came. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
};

/**
 * An answer as flows see it. JSON that cannot be read is `web.invalid` where the answer says that all went well; otherwise the
 * status is the news, and the body stays the text that it is. An empty body of a JSON type is null.
 */
export function answerOf({
  status,
  headers,
  bytes,
}: RawAnswer): Result<Pick<WebAnswer, 'status' | 'headers' | 'body'>> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && bytes.length > 0) {
    return webFailed('web.invalid', 'The answer is packed, which was not asked for.', { status });
  }
  const body = bodyOf(status, headers['content-type'] ?? '', bytes);
  return body.ok ? ok({ status, headers: flat(headers), body: body.value }) : body;
}

function bodyOf(status: number, type: string, bytes: Buffer): Result<Value> {
  const isJson = JSON_TYPE.test(type);
  if (isJson && bytes.length === 0) return ok(null);
  const text = textOf(type, bytes);
  if (!isJson) return ok(text);
  const value = jsonOf(text);
  if (value !== undefined) return ok(value);
  if (status >= 200 && status < 300) {
    return webFailed('web.invalid', 'The answer says that it is JSON, but it cannot be read as data.', { status });
  }
  return ok(text);
}

function textOf(type: string, bytes: Buffer): string {
  const charset = CHARSET.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function jsonOf(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isData(value, JSON_DEPTH_MAX) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the journal gives back as it was: 1e999 is read as infinite and would come back as null, and a key `__proto__` is made
 * by those who mean harm.
 */
function isData(value: Value, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0 || Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((inner: Value) => isData(inner, depth - 1));
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !PRIVATE_HEADERS.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
