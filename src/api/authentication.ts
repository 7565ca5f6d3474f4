import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { API_ERRORS, ApiError, apiError } from './errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route holds no data and needs no key. */
    open?: boolean;
  }
}

/** Shortest key that is taken: below this, guessing is no longer out of reach. */
export const KEY_CHARACTERS_MIN = 16;
/** Wrong keys that one address may send in a minute before it is told to slow down. */
export const WRONG_KEYS_MAX = 20;
const MINUTE_MS = 60_000;
/** Most addresses that are remembered; the oldest is forgotten for a new one. */
export const ADDRESSES_MAX = 10_000;

/**
 * Asks every request for the key, as `Authorization: Bearer KEY` or as `X-API-Key: KEY`, before its body is read.
 * The right key is never refused, so nobody behind a shared address can lock the operator out; guessing is hopeless
 * by the key's length, and what is limited is the noise.
 */
export function requireKey(app: FastifyInstance, check: KeyCheck): void {
  app.addHook('onRequest', async (request) => {
    if (!request.routeOptions.config.open) check(keyOf(request.headers), request.ip);
  });
}

/** Throws ApiError `auth.missing`, `auth.wrong` or `auth.slow_down` unless this is the key. */
export type KeyCheck = (given: string | undefined, address: string) => void;

/** Throws when the key is shorter than KEY_CHARACTERS_MIN. */
export function keyCheck(apiKey: string, now: () => number): KeyCheck {
  if (apiKey.length < KEY_CHARACTERS_MIN) {
    throw new Error(`The API key has ${apiKey.length} characters, but it must have at least ${KEY_CHARACTERS_MIN}.`);
  }
  const wanted = digest(apiKey);
  const wrongKeys = wrongKeyTable();
  return (given, address) => {
    if (given === undefined) throw apiError('auth.missing');
    // Digests have one length, so the comparison takes the same time whatever was sent.
    if (timingSafeEqual(digest(given), wanted)) return;
    const waitMs = wrongKeys.add(address, now());
    if (waitMs === 0) throw apiError('auth.wrong');
    const message = API_ERRORS['auth.slow_down'].meaning;
    throw new ApiError({ code: 'auth.slow_down', message }, Math.ceil(waitMs / 1000));
  };
}

/** The key in the header fields of a request. */
export function keyOf(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  const header = headers['x-api-key'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

type WrongKeys = {
  /** Counts a wrong key; returns for how many ms the address must wait, 0 while it is within the limit. */
  add(address: string, nowMs: number): number;
};

/** Counts wrong keys per address in windows of a minute. */
export function wrongKeyTable(): WrongKeys {
  const table = new Map<string, { sinceMs: number; count: number }>();
  return {
    add(address, nowMs) {
      const seen = table.get(address);
      if (seen && nowMs - seen.sinceMs < MINUTE_MS) {
        seen.count += 1;
        return seen.count > WRONG_KEYS_MAX ? seen.sinceMs + MINUTE_MS - nowMs : 0;
      }
      // Taken out first, so that the table stays in the order of the windows' starts and the first is the oldest.
      table.delete(address);
      const oldest = table.size >= ADDRESSES_MAX ? table.keys().next().value : undefined;
      if (oldest !== undefined) table.delete(oldest);
      table.set(address, { sinceMs: nowMs, count: 1 });
      return 0;
    },
  };
}
