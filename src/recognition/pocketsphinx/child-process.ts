import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildSetting, FromChild, ToChild } from './protocol.ts';

const START = fileURLToPath(new URL('../../start-entry.mjs', import.meta.url));

/** One decoder in a process of its own: the library may end its process, and a decode blocks it. */
export type Child = {
  readonly pid: number | undefined;
  /** Never throws; what cannot be sent is told as the child's end. */
  send(order: ToChild): void;
  /** At once, whatever it does. Its end is told. */
  kill(): void;
};

/** `ended` is told once, and nothing after it. */
export function startChild(setting: ChildSetting, told: (from: FromChild) => void, ended: () => void): Child {
  // Nothing of how this process was started is for the child, and what the library prints might tell what callers said.
  const child = fork(START, ['recognition/pocketsphinx/child'], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    kill(child);
    ended();
  };
  child.on('message', (from: FromChild) => {
    if (!over) told(from);
  });
  child.on('error', end);
  child.on('exit', end);
  const send = (order: ToChild): void => {
    if (!over) child.send(order, (error) => error && end());
  };
  send({ what: 'open', setting });
  return { pid: child.pid, send, kill: () => kill(child) };
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}
