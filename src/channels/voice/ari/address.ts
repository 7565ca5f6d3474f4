/** Where one Asterisk's ARI is, with the credentials for it, taken apart once. */
export type AriAddress = {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Path in front of every operation, without a slash at its end: `/ari`. */
  readonly basePath: string;
  /** Value of the Authorization header (RFC 7617). It never goes into a URL, where logs would show it. */
  readonly authorization: string;
};

/** @param url `http://user:password@host:8088/ari`; https is taken too. Throws TypeError, without the URL's text, when it is none. */
export function parseAriAddress(url: string): AriAddress {
  if (!URL.canParse(url)) throw new TypeError('The ARI address is not a URL.');
  const parsed = new URL(url);
  const secure = parsed.protocol === 'https:';
  if (!secure && parsed.protocol !== 'http:')
    throw new TypeError('The ARI address must start with http:// or https://.');
  const credentials = `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`;
  return {
    secure,
    // Node wants an IPv6 address without the brackets that a URL needs.
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    basePath: parsed.pathname.replace(/\/+$/, ''),
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
  };
}

/** URL of the event socket of one Stasis application, without credentials. */
export function eventSocketUrl(address: AriAddress, app: string): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const scheme = address.secure ? 'wss' : 'ws';
  return `${scheme}://${host}:${address.port}${address.basePath}/events?app=${encodeURIComponent(app)}`;
}
