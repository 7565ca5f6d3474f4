import { spawn } from 'node:child_process';

const OUTPUT_CHARS_MAX = 64 * 1024;
const TIDY_UP_MS = 10_000;

export type CommandResult = {
  /** Exit status; 127 when the program was not found, 124 when it ran out of time, 128 + n after a signal. */
  readonly status: number;
  /** The last 64 Ki characters of stdout and stderr. */
  readonly output: string;
};

/**
 * Runs a program to its end. It is its own process group, so that Ctrl-C does not cut it in half-way and a
 * time-out ends its children too.
 */
export function runCommand(
  program: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly uid?: number;
    readonly gid?: number;
    readonly onLine?: (line: string) => void;
    readonly signal?: AbortSignal;
  },
): Promise<CommandResult> {
  const { timeoutMs, onLine, signal, env, ...rest } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...rest,
      ...(env ? { env: { ...env } } : {}),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let timedOut = false;
    let force: NodeJS.Timeout | undefined;
    const send = (name: NodeJS.Signals): void => {
      try {
        if (child.pid) process.kill(-child.pid, name);
      } catch {
        // The group ended in this moment.
      }
    };
    // Programs that mount or lock something tidy up on SIGTERM; only one that does not end is killed.
    const kill = (): void => {
      timedOut = true;
      send('SIGTERM');
      force = setTimeout(() => send('SIGKILL'), TIDY_UP_MS);
    };
    const timer = setTimeout(kill, timeoutMs);
    signal?.addEventListener('abort', kill, { once: true });
    const end = (status: number): void => {
      clearTimeout(timer);
      clearTimeout(force);
      signal?.removeEventListener('abort', kill);
      resolve({ status: timedOut ? 124 : status, output });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_CHARS_MAX);
        for (const line of text.split('\n')) if (line.trim() !== '') onLine?.(line.trim());
      });
    }
    child.on('error', () => end(127));
    child.on('close', (status) => end(status ?? 128));
  });
}
