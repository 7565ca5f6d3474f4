import { cpus, loadavg, totalmem } from 'node:os';

/** The kind of machine that a figure comes from; nothing that tells which machine it is. */
export type Machine = {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGib: number;
  readonly node: string;
  /** Load of the last minute before the bench: well above 0 means that others used the machine too. */
  readonly loadBefore: number;
};

export function readMachine(): Machine {
  const cores = cpus();
  return {
    cores: cores.length,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore: loadavg()[0] ?? 0,
  };
}
