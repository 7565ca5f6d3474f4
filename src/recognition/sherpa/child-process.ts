import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildSetting, FromChild, ToChild } from './protocol.ts';

const START = fileURLToPath(new URL('../../start-entry.mjs', import.meta.url));

export type Child = {
  readonly pid: number | undefined;
  /** What cannot be sent is told as the child's end. */
  send(order: ToChild): void;
  /** At once, whatever it does; resolves when it is gone. */
  kill(): Promise<unknown>;
};

/** The recogniser in a process of its own: a damaged model ends the process that reads it. `ended` is told once, and how. */
export function startChild(
  setting: ChildSetting,
  told: (from: FromChild) => void,
  ended: (how: string) => void,
): Child {
  // What the library prints might tell what callers said.
  const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
  const child = fork(START, ['recognition/sherpa/child'], {
    serialization: 'advanced',
    execArgv: [],
    stdio: [...stdio],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`its process ended by ${signal ?? code}`));
    child.once('error', (error) => resolve(`its process cannot be started: ${error.message}`));
  });
  void gone.then(ended);
  child.on('message', told);
  const send = (order: ToChild): void => {
    if (child.connected) child.send(order, (error) => error && child.kill('SIGKILL'));
  };
  send({ what: 'open', setting });
  return {
    pid: child.pid,
    send,
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
