import { spawn } from 'node:child_process';
import { fstatSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigError } from '../config.ts';
import { closeLogFile, openLogFile, tailOf } from './log-file.ts';
import { readPidFile, startedAt, writePidFile } from './pid-file.ts';
import type { SystemUser } from './system-user.ts';

/** How often a process that is not our child is looked at. */
const ADOPTED_POLL_MS = 200;

export type ChildEnd = { readonly status: number | undefined; readonly signal: string | undefined };

/** A process that the supervisor looks after: one that it spawned, or one that an earlier supervisor left behind. */
export type Child = {
  readonly pid: number;
  /** Where its own part of the log begins: earlier runs wrote into the same file. 0 for an adopted one. */
  readonly logFromByte: number;
  /** Resolves when the process is gone; never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Sends a signal; nothing happens when the process is gone. */
  send(signal: NodeJS.Signals): void;
};

/** One step of stopping: the signal, and how long it may take to work. */
export type StopStep = { readonly signal: NodeJS.Signals; readonly waitMs: number };

export type ChildPlan = {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Takes stdout and stderr. */
  readonly logFile: string;
  readonly pidFile: string;
  readonly user?: SystemUser | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
};

/**
 * Spawns a process in a session of its own: a terminal's Ctrl-C must reach the supervisor alone, which then stops its
 * children in order. Rejects with ConfigError `child.not_started` when the program cannot be run.
 */
export async function spawnChild(plan: ChildPlan): Promise<Child> {
  const [program, ...args] = plan.command;
  const log = openLogFile(plan.logFile);
  const logFromByte = fstatSync(log).size;
  const child = spawn(program, args, {
    cwd: plan.cwd,
    detached: true,
    stdio: ['ignore', log, log],
    ...(plan.env ? { env: { ...plan.env } } : {}),
    ...(plan.user ? { uid: plan.user.uid, gid: plan.user.gid } : {}),
  });
  closeLogFile(log);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (status, signal) => resolve({ status: status ?? undefined, signal: signal ?? undefined }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(new ConfigError('child.not_started', `${program} could not be started: ${error.message}`));
    });
  });
  const pid = child.pid ?? 0;
  writePidFile(plan.pidFile, pid);
  void ended.then(() => rmSync(plan.pidFile, { force: true }));
  return { pid, logFromByte, ended, send: (signal) => void child.kill(signal) };
}

/** The process that a pid file names, if it still runs. It is no child of ours, so its end is found by looking. */
export function adoptChild(pidFile: string): Child | undefined {
  const found = readPidFile(pidFile);
  if (!found) return undefined;
  const lives = (): boolean => startedAt(found.pid) === found.started;
  const gone = async (): Promise<ChildEnd> => {
    while (lives()) await pause(ADOPTED_POLL_MS, undefined, { ref: false });
    rmSync(pidFile, { force: true });
    return { status: undefined, signal: undefined };
  };
  return {
    pid: found.pid,
    logFromByte: 0,
    ended: gone(),
    send: (signal) => {
      if (lives()) process.kill(found.pid, signal);
    },
  };
}

/** Sends one signal after the other until the process is gone. Throws ConfigError `child.not_stopped` if none helps. */
export async function stopChild(child: Child, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, waitMs } of steps) {
    child.send(signal);
    if (await within(child.ended, waitMs)) return;
  }
  throw new ConfigError('child.not_stopped', `Process ${child.pid} could not be stopped.`);
}

async function within(ended: Promise<ChildEnd>, waitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(waitMs, false, { signal: timer.signal }).catch(() => false);
  const first = await Promise.race([ended.then(() => true), late]);
  timer.abort();
  return first;
}

/**
 * Asks again and again until `ready` says true. When the process ends first, or the time is over, it is stopped and a
 * ConfigError with the last lines of its log is thrown.
 */
export async function untilReady(
  child: Child,
  ready: () => Promise<boolean>,
  options: { readonly name: string; readonly waitMs: number; readonly pollMs: number; readonly logFile: string },
): Promise<void> {
  const deadline = Date.now() + options.waitMs;
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  while (!over && Date.now() < deadline) {
    if (await ready()) return;
    await pause(options.pollMs);
  }
  const what = over ? 'ended while it started' : `was not ready within ${options.waitMs / 1000} s`;
  await stopChild(child, [{ signal: 'SIGKILL', waitMs: 5_000 }]);
  throw new ConfigError(
    'child.not_ready',
    `${options.name} ${what}. Its log is ${options.logFile}:\n${tailOf(options.logFile, child.logFromByte)}`,
  );
}
