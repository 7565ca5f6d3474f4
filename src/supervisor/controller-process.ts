import { resolve } from 'node:path';
import { ConfigError, projectDir } from '../config.ts';
import { adoptChild, type ChildEnd, type StopStep, spawnChild, stopChild, untilReady } from './child.ts';
import { portRefusal } from './port-free.ts';

const READY_MS_MAX = 30_000;
const READY_POLL_MS = 100;
const HEALTH_MS_MAX = 2_000;

/** On SIGTERM the controller writes down what is under way and leaves the calls to Asterisk. */
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 15_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

export type ControllerPlan = {
  /** Another program in TypeScript; default bin/strowger of this checkout, which is quick to start. */
  readonly program?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where it is told to serve HTTP. */
  readonly http: { readonly host: string; readonly port: number };
  readonly healthUrl: string;
  readonly logFile: string;
  readonly pidFile: string;
};

export type RunningController = {
  readonly pid: number;
  readonly ended: Promise<ChildEnd>;
  /** Ends it within 20 s; calls go on. May be called twice. */
  stop(): Promise<void>;
};

/**
 * Starts `bin/strowger serve` and waits until its health endpoint answers; it may answer that Asterisk or PostgreSQL is
 * away (503). Rejects with ConfigError `child.not_started` or `child.not_ready`.
 */
export async function startController(plan: ControllerPlan): Promise<RunningController> {
  const refusal = await portRefusal({
    kind: 'tcp',
    ...plan.http,
    owner: 'HTTP',
    variable: plan.http.host === '127.0.0.1' ? 'STROWGER_HTTP_PORT' : 'STROWGER_HTTP_PORT or STROWGER_HTTP_HOST',
  });
  if (refusal !== undefined) throw new ConfigError('child.not_started', refusal);
  const loader = resolve(projectDir, 'node_modules/tsx/dist/loader.mjs');
  const program = plan.program ? ['--import', loader, plan.program] : [resolve(projectDir, 'bin/strowger')];
  const child = await spawnChild({
    command: [process.execPath, ...program, 'serve'],
    cwd: projectDir,
    logFile: plan.logFile,
    pidFile: plan.pidFile,
    env: plan.env,
  });
  await untilReady(child, () => healthAnswers(plan.healthUrl), {
    name: 'The controller',
    waitMs: READY_MS_MAX,
    pollMs: READY_POLL_MS,
    logFile: plan.logFile,
  });
  return { pid: child.pid, ended: child.ended, stop: () => stopChild(child, STOP_STEPS) };
}

/** Stops the controller that a killed supervisor left behind; its calls stay in Asterisk and are taken up again. */
export async function stopLeftController(pidFile: string): Promise<void> {
  const child = adoptChild(pidFile);
  if (child) await stopChild(child, STOP_STEPS);
}

async function healthAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(HEALTH_MS_MAX) });
    const body: unknown = await response.json();
    return (response.status === 200 || response.status === 503) && typeof body === 'object' && body !== null;
  } catch {
    return false;
  }
}
