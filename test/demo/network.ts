import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { reachableHost } from '../../src/supervisor/welcome.ts';
import { type FarEnd, startFarEnd } from '../far-end/far-end.ts';
import { Obstacle } from './obstacle.ts';

/** Two calls with RTP and RTCP each, and room for ports that others use. */
const RTP_PORTS = 100;
const RTP_FIRST = 19_000;

/**
 * Starts the telephone network of the demonstration, with the agent's phone: the far end of the system tests, on ports
 * that are free. Rejects with Obstacle when there is no Asterisk for it.
 */
export async function startNetwork(config: Config, phone: { id: string; password: string }): Promise<FarEnd> {
  const program = await findAsterisk(config.dataDir);
  if (!program) {
    throw new Obstacle(
      `The demo needs an Asterisk of its own as telephone network, but there is none on the PATH nor in ` +
        `${config.dataDir}: "npm start" without ASTERISK_ARI_URL provides one.`,
    );
  }
  const home = mkdtempSync(join(tmpdir(), 'strowger-demo-'));
  const forget = (): void => rmSync(home, { recursive: true, force: true });
  try {
    const far = await startFarEnd({
      program,
      home,
      exchange: { host: reachableHost(config.sip.host), port: config.sip.port },
      ports: { sip: await freeUdpPort(), ari: await freeTcpPort(), rtp: rtpPorts(config.rtp) },
      phones: [phone],
    });
    return { ...far, stop: () => far.stop().finally(forget) };
  } catch (error) {
    forget();
    throw error;
  }
}

/** Apart from the server's, so that none of its callers finds a port taken. */
function rtpPorts({ first, last }: Config['rtp']): { first: number; last: number } {
  const overlaps = first < RTP_FIRST + RTP_PORTS && last >= RTP_FIRST;
  const from = overlaps && last + RTP_PORTS < 65_535 ? last + 1 + (last % 2 === 0 ? 1 : 0) : RTP_FIRST;
  return { first: from, last: from + RTP_PORTS - 1 };
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
