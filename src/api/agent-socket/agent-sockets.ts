import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { Desk } from '../../controller/desk.ts';
import { type KeyCheck, keyOf } from '../authentication.ts';
import type { UpgradeHandler } from '../connections.ts';
import { type ApiError, apiError } from '../errors.ts';
import { BODY_BYTES_MAX, ID_CHARACTERS_MAX } from '../limits.ts';
import { refuseUpgrade } from '../refuse-upgrade.ts';
import { AgentConnection } from './agent-connection.ts';
import { createAgentFeeds } from './agent-feeds.ts';

/** Connections of agents' programs, several for one agent among them. */
const CONNECTIONS_MAX = 5_000;
const PING_MS = 30_000;
/** How long programs have to take note that the API closes. */
const CLOSE_WAIT_MS = 200;
const PATH = /^\/v1\/agents\/([^/]+)\/socket$/;

export type AgentSockets = {
  handlerFor(path: string): UpgradeHandler | undefined;
  /** May be called twice. */
  close(): Promise<void>;
};

/** The agents' side over WebSocket: what happens to an agent as it happens, and what the agent does. */
export function serveAgentSockets({ desk, check }: { readonly desk: Desk; readonly check: KeyCheck }): AgentSockets {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: BODY_BYTES_MAX,
  });
  const feeds = createAgentFeeds(desk);
  const connections = new Set<AgentConnection>();
  const pings = setInterval(() => {
    for (const connection of connections) connection.keepAlive();
  }, PING_MS).unref();

  function upgrade(agentId: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    const key = keyOf(request.headers);
    try {
      if (connections.size >= CONNECTIONS_MAX) throw apiError('socket.full');
      if (key !== undefined) check(key, address);
    } catch (error) {
      return refuseUpgrade(socket, error as ApiError);
    }
    server.handleUpgrade(request, socket, head, (ws) => {
      const authenticated = key !== undefined;
      const about = { agentId, address, desk, check, authenticated, feedOf: feeds.of };
      const connection = new AgentConnection({ socket: ws, ...about });
      connections.add(connection);
      ws.on('close', () => connections.delete(connection));
    });
  }

  return {
    handlerFor(path) {
      const agentId = agentIn(path);
      return agentId === undefined ? undefined : (...about) => upgrade(agentId, ...about);
    },
    async close() {
      clearInterval(pings);
      for (const connection of [...connections]) connection.refuse(apiError('socket.stopping'));
      if (connections.size > 0) await pause(CLOSE_WAIT_MS);
      for (const connection of [...connections]) connection.cut();
      feeds.close();
      server.close();
    },
  };
}

function agentIn(path: string): string | undefined {
  const written = PATH.exec(path)?.[1];
  if (written === undefined || written.length > ID_CHARACTERS_MAX) return undefined;
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}
