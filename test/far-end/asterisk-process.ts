import { join } from 'node:path';
import { ariAnswers } from '../../src/supervisor/asterisk.ts';
import { asteriskDirs, writeAsteriskConfig } from '../../src/supervisor/asterisk-config.ts';
import type { AsteriskProgram } from '../../src/supervisor/asterisk-tree.ts';
import { type StopStep, spawnChild, stopChild, untilReady } from '../../src/supervisor/child.ts';

const READY_MS_MAX = 30_000;
const READY_POLL_MS = 50;
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 3_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/** Starts an Asterisk with these configuration files and waits until its ARI answers. `stop` may be called twice. */
export async function runAsterisk(plan: {
  readonly name: string;
  readonly program: AsteriskProgram;
  readonly home: string;
  readonly files: ReadonlyMap<string, string>;
  /** With user and password. */
  readonly ariUrl: string;
}): Promise<{ readonly pid: number; stop(): Promise<void> }> {
  const dirs = asteriskDirs(plan.home);
  writeAsteriskConfig(plan.home, plan.files, undefined);
  const logFile = join(dirs.log, 'console.log');
  const child = await spawnChild({
    command: [...plan.program.command, '-C', join(dirs.etc, 'asterisk.conf'), '-f', '-n'],
    cwd: plan.home,
    logFile,
    pidFile: `${plan.home}.pid`,
  });
  const ready = async (): Promise<boolean> => (await ariAnswers(plan.ariUrl)) === 'ready';
  await untilReady(child, ready, { name: plan.name, waitMs: READY_MS_MAX, pollMs: READY_POLL_MS, logFile });
  return { pid: child.pid, stop: () => stopChild(child, STOP_STEPS) };
}
