import type { IncomingMessage } from 'node:http';

/** Who asks for a connection. */
export type Caller = {
  readonly address: string;
  readonly host: string;
  /** The page that asks; undefined: it is no browser. */
  readonly origin: string | undefined;
};

export function callerOf({ headers, socket }: IncomingMessage, behindProxy: boolean): Caller {
  const own = socket.remoteAddress ?? '';
  // Only the last entry is the proxy's own; those before it are what the customer wrote.
  const forwarded = behindProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : '';
  return { address: forwarded || own, host: headers.host ?? '', origin: headers.origin };
}

/** Browsers say which page asks, and no page can change what they say; programs that are no browsers may say anything. */
export function originAllowed({ origin, host }: Caller, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes('*')) return true;
  if (allowed.some((one) => one.toLowerCase() === origin.toLowerCase())) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
