import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { until } from '../system/until.ts';

/** What a controller has at one moment, after its garbage was collected. */
export type Sample = {
  readonly minute: number;
  readonly heapMib: number;
  readonly rssMib: number;
  /** Open files and sockets of the process. */
  readonly files: number;
  /** Handles of Node by kind: timers, sockets, requests. */
  readonly handles: Readonly<Record<string, number>>;
  readonly asteriskRssMib: number;
};

const MIB = 2 ** 20;

/** Asks the probe in the controller (probe.mjs). */
export async function sampleOf(
  minute: number,
  pids: { readonly controller: number; readonly asterisk: number },
  probeFile: string,
): Promise<Sample> {
  rmSync(probeFile, { force: true });
  process.kill(pids.controller, 'SIGUSR2');
  await until('the probe has answered', () => existsSync(probeFile) || undefined);
  const { heapUsed, rss, handles } = JSON.parse(readFileSync(probeFile, 'utf8')) as {
    heapUsed: number;
    rss: number;
    handles: Record<string, number>;
  };
  return {
    minute,
    heapMib: heapUsed / MIB,
    rssMib: rss / MIB,
    files: readdirSync(`/proc/${pids.controller}/fd`).length,
    handles,
    asteriskRssMib: rssMibOf(pids.asterisk),
  };
}

function rssMibOf(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** By how much the last fifth is above the first fifth, as a part of the first; both are medians. */
export function growth(values: readonly number[]): number {
  const fifth = Math.max(1, Math.floor(values.length / 5));
  const first = median(values.slice(0, fifth));
  return (median(values.slice(-fifth)) - first) / first;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
