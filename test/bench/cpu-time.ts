import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/PID/stat; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU time in ms of a process with all its threads, and of its child processes: those that live, and those that ended
 * and were waited for (utime, stime, cutime and cstime of proc(5)). PostgreSQL needs the children.
 */
export function cpuTimeMs(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + ticksOf(one), 0) * (1000 / TICKS_PER_SECOND);
}

function ticksOf(pid: number): number {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The command's name stands in brackets and may hold spaces; utime is the 12th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readIfThere(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** A child or a thread may end after it was listed; a child's time is then in its parent's cutime. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
