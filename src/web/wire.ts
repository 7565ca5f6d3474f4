import { Agent, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Result } from '../model/failure.ts';
import type { RawAnswer } from './answer.ts';
import { checkedLookup, type LookUp, systemLookUp } from './checked-lookup.ts';
import { exchange, forbidden, type Hop } from './exchange.ts';
import { type Outgoing, whereTo } from './outgoing.ts';
import { webFailed } from './web-failure.ts';

/** Connections that are kept for one origin while nobody needs them. */
const IDLE_SOCKETS_MAX = 10;
/** Servers keep an idle connection for 5 s or longer; it goes before that, so that hardly a request meets a closing one. */
const IDLE_MS = 4_000;

/** Single requests over kept connections; turns, redirects and retries are the business of others. */
export type Wire = {
  /** Never rejects; failures as those of exchange(). */
  send(outgoing: Outgoing, hop: Hop): Promise<Result<RawAnswer>>;
  /** Lets go of the connections. */
  close(): void;
};

export type WireOptions = {
  readonly socketsMax: number;
  readonly lookUp?: LookUp | undefined;
  /** Certificates (PEM) that are trusted in the place of Node's own. */
  readonly certificates?: string | undefined;
};

export function openWire({ socketsMax, lookUp = systemLookUp, certificates }: WireOptions): Wire {
  // Agents of their own, without `proxyEnv`: no proxy of the environment comes between the check and the connection.
  const pool = { keepAlive: true, maxSockets: socketsMax, maxFreeSockets: IDLE_SOCKETS_MAX, timeout: IDLE_MS };
  // Named here because NODE_TLS_REJECT_UNAUTHORIZED in the environment would turn it off for all requests.
  const tls = { rejectUnauthorized: true, ...(certificates === undefined ? {} : { ca: certificates }) };
  const agents = { 'http:': new Agent(pool), 'https:': new SecureAgent(pool) };

  return {
    async send(outgoing, hop) {
      const { host, port } = whereTo(outgoing.url);
      // A literal address is connected to without a look-up.
      if (isIP(host) !== 0 && !hop.reach.permits(host, port, host)) return forbidden(host);
      const lookup = checkedLookup(lookUp, hop.reach, port);
      const isSecure = outgoing.url.protocol === 'https:';
      const openOn = (agent: Agent | false) => (options: RequestOptions) =>
        isSecure ? secureRequest({ ...options, ...tls, lookup, agent }) : plainRequest({ ...options, lookup, agent });
      const first = await exchange(outgoing, hop, openOn(agents[isSecure ? 'https:' : 'http:']));
      if (first !== 'stale') return first;
      // Others of the kept connections may have been closed with it, so a new one is made for this request alone.
      const second = await exchange(outgoing, hop, openOn(false));
      return second === 'stale' ? webFailed('web.network', 'The connection broke.', { host }) : second;
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
