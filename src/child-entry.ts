import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const START = fileURLToPath(new URL('start-entry.mjs', import.meta.url));

/**
 * Starts an entry of this program (start-entry.mjs), such as `speech/sherpa/child`, in a process of its own, for native
 * libraries: they may end their process, and block it. Nothing of how this process was started is for the child, and what
 * a library prints might tell what callers said or heard.
 */
export function forkEntry(entry: string): ChildProcess {
  return fork(START, [entry], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** Never throws: what cannot be sent is told by the end of the process. */
export function sendOrEnd(child: ChildProcess, order: object): void {
  if (child.connected) child.send(order, (error) => error && child.kill('SIGKILL'));
}
