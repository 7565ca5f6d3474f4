import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiError } from './errors.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** Takes over a connection that asks to become a WebSocket (RFC 6455, section 4). */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Whose an upgrade of a path is; undefined: nobody's. */
export type Upgrades = (path: string) => UpgradeHandler | undefined;

/**
 * Keeps the number of plain HTTP connections within the bound, and hands those over that become something else; how many of
 * these there may be is the taker's to say.
 */
export function keepConnections(server: Server, plainMax: number, upgrades: Upgrades): { cutUpgraded(): void } {
  const plain = new Set<Duplex>();
  const upgraded = new Set<Duplex>();
  server.on('connection', (socket) => {
    if (plain.size >= plainMax) return void socket.destroy();
    plain.add(socket);
    socket.on('close', () => {
      plain.delete(socket);
      upgraded.delete(socket);
    });
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    plain.delete(socket);
    upgraded.add(socket);
    // The taker listens by itself; until then, and for one that is refused, a broken connection is no event.
    socket.on('error', () => undefined);
    const handler = upgrades(pathOf(request));
    if (handler) handler(request, socket, head);
    else refuseUpgrade(socket, apiError('route.unknown'));
  });
  return {
    cutUpgraded() {
      for (const socket of upgraded) socket.destroy();
    },
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base).pathname : '';
}
