import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** One port that a program is about to take, and the variable that moves it. */
export type WantedPort = {
  readonly kind: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** Whose port it is, as in `ARI`. */
  readonly owner: string;
  readonly variable: string;
};

/**
 * Says why a port cannot be taken, with the variable that moves it; `undefined`: it can. It is asked before a program
 * starts: Asterisk would start without the port, the others would name it only in their logs.
 */
export async function portRefusal(wanted: WantedPort): Promise<string | undefined> {
  const { kind, host, port, owner, variable } = wanted;
  const failure = await new Promise<string | undefined>((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.message);
    if (kind === 'tcp') {
      const server = createServer().once('error', failed);
      server.listen(port, host, () => server.close(() => resolve(undefined)));
    } else {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4').once('error', failed);
      socket.bind(port, host, () => socket.close(() => resolve(undefined)));
    }
  });
  if (failure === undefined) return undefined;
  const at = `${owner}'s port ${host}:${port} (${kind}) cannot be used`;
  return failure === 'EADDRINUSE'
    ? `${at}: another program has it. Stop that one or set ${variable}.`
    : `${at} (${failure}): set ${variable}.`;
}
