import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../config.ts';

/** A process that no later one can be taken for: a pid is used again, a start time within one boot is not. */
type Identity = { readonly pid: number; readonly started: string; readonly boot: string };

export type PidFile = Identity & {
  /** What the writer wants its finder to know; for the supervisor, the HTTP address. */
  readonly about: string;
};

const TAKEOVERS_MAX = 5;

/** The start time of a process in clock ticks since boot, field 22 of /proc/PID/stat (proc(5)); gone or a zombie: undefined. */
export function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function writePidFile(path: string, pid: number, about = ''): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, render(pid, about), { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** What a pid file says, if that very process still runs; a pid that belongs to another program counts as gone. */
export function readPidFile(path: string): PidFile | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const [pid = '', started, boot, ...about] = text.split('\n');
  if (!/^[1-9]\d*$/.test(pid) || started === undefined || boot !== bootId()) return undefined;
  return startedAt(Number(pid)) === started ? { pid: Number(pid), started, boot, about: about.join('\n') } : undefined;
}

/**
 * Takes the lock of a data folder for this process. Throws ConfigError `start.already_runs` while another one that
 * lives has it; the lock of a dead one is taken over.
 * @returns gives the lock back; may be called twice.
 */
export function takeLock(path: string, about: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, render(process.pid, about), { mode: 0o600 });
  try {
    for (let tries = 0; tries < TAKEOVERS_MAX; tries++) {
      try {
        // A link is made whole or not at all, so nobody ever reads a lock that is half written.
        linkSync(beside, path);
        return () => {
          if (readPidFile(path)?.pid === process.pid) rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readPidFile(path);
      if (holder) {
        throw new ConfigError(
          'start.already_runs',
          `Strowger already runs (pid ${holder.pid}, ${holder.about}): stop it by Ctrl-C where it was started, or by "kill ${holder.pid}".`,
        );
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(beside, { force: true });
  }
  throw new ConfigError('start.already_runs', `Another Strowger is starting at this moment (${path}).`);
}

function render(pid: number, about: string): string {
  return [String(pid), startedAt(pid) ?? '', bootId(), about].join('\n');
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
