import { forkEntry, sendOrEnd } from '../child-entry.ts';

/** A recogniser in a process of its own. */
export type EngineProcess<Order extends object> = {
  readonly pid: number | undefined;
  /** Never throws; what cannot be sent is told as the end of the process. */
  send(order: Order): void;
  /** At once, whatever it does; resolves when it is gone. Its end is told, too. */
  kill(): Promise<unknown>;
};

/** `ended` is told once, and how; nothing is told after it. */
export function startEngineProcess<Order extends object, Told>(
  entry: string,
  told: (answer: Told) => void,
  ended: (how: string) => void,
): EngineProcess<Order> {
  const child = forkEntry(entry);
  let over = false;
  const gone = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      if (over) return;
      over = true;
      ended(how);
      resolve();
    };
    child.once('exit', (code, signal) => end(`its process ended by ${signal ?? code}`));
    child.once('error', (error) => {
      child.kill('SIGKILL');
      end(`its process cannot be started: ${error.message}`);
    });
  });
  child.on('message', (answer: Told) => {
    if (!over) told(answer);
  });
  return {
    pid: child.pid,
    send: (order) => sendOrEnd(child, order),
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
