import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectDir } from '../../src/config.ts';
import { closeLogFile, openLogFile } from '../../src/supervisor/log-file.ts';

/** Folder of the scenarios. */
export const SCENARIOS = resolve(projectDir, 'test/bench/sipp');
const STOP_MS_MAX = 3_000;

export type SippPlan = {
  /** A file of test/bench/sipp/ without its ending. */
  readonly scenario: 'caller' | 'speaker' | 'waiter' | 'talk' | 'long-talk' | 'pass-on' | 'register';
  /** Folder for the log. */
  readonly dir: string;
  readonly localPort: number;
  readonly exchangePort: number;
  /** Where RTP would go; SIPp sends none and reads none. */
  readonly mediaPort: number;
  /** More of sipp(1)'s options. */
  readonly options: readonly string[];
};

export type Sipp = {
  readonly pid: number;
  /** sipp(1)'s exit status: 0 when all calls came to their end as the scenario says, 1 when one did not. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
};

/** Starts SIPp on 127.0.0.1. Rejects when it cannot be run. */
export async function startSipp(plan: SippPlan): Promise<Sipp> {
  const { scenario, localPort, exchangePort, mediaPort, options } = plan;
  const log = openLogFile(join(plan.dir, `sipp-${scenario}-${localPort}.log`));
  const args = [
    ...[
      '-sf',
      join(SCENARIOS, `${scenario}.xml`),
      '-i',
      '127.0.0.1',
      '-p',
      String(localPort),
      '-mp',
      String(mediaPort),
    ],
    ...['-nostdin', ...options, `127.0.0.1:${exchangePort}`],
  ];
  const child = spawn('sipp', args, { cwd: plan.dir, detached: true, stdio: ['ignore', log, log] });
  closeLogFile(log);
  const ended = once(child, 'exit').then(([status]) => (status as number | null) ?? 255);
  ended.catch(() => undefined);
  await once(child, 'spawn');
  return {
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([ended, pause(STOP_MS_MAX, undefined, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
}

/** Runs SIPp to its end; ends it early when the signal comes, and then throws. @returns its exit status. */
export async function runSipp(plan: SippPlan, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const sipp = await startSipp(plan);
  const stop = (): void => void sipp.stop();
  signal.addEventListener('abort', stop, { once: true });
  const status = await sipp.ended;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return status;
}
