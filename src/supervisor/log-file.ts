import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One file and its predecessor are kept, so a log never takes more than twice this. */
const LOG_BYTES_MAX = 10 * 1024 * 1024;
const TAIL_LINES = 12;

/**
 * Opens a log for a child's stdout and stderr. It is a file and not a pipe, so that the child can go on writing
 * when the supervisor is killed. The caller closes the descriptor after the child has been spawned.
 */
export function openLogFile(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', 0o600);
}

/**
 * Bounds every *.log file of a folder. The file is copied and cut, never renamed: its writer has it open for
 * appending and would go on writing into the renamed one.
 */
export function boundLogFiles(dir: string, bytesMax = LOG_BYTES_MAX): void {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (!name.endsWith('.log') || statSync(path).size <= bytesMax) continue;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  }
}

/**
 * The last lines of a log from a byte on, for the sentence that says why a child did not start. Of the controller's
 * lines, which are JSON, only their sentence and their error are shown.
 */
export function tailOf(path: string, fromByte = 0): string {
  try {
    const text = readFileSync(path).subarray(fromByte).toString('utf8').trimEnd();
    return text.split('\n').slice(-TAIL_LINES).map(plainLine).join('\n');
  } catch {
    return '';
  }
}

function plainLine(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { msg, error } = JSON.parse(line) as { msg?: unknown; error?: unknown };
    if (typeof msg !== 'string') return line;
    return typeof error === 'string' ? `${msg} (${error})` : msg;
  } catch {
    return line;
  }
}

export function closeLogFile(descriptor: number): void {
  closeSync(descriptor);
}
