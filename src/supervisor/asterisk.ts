import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import { type AsteriskSettings, asteriskDirs, renderAsteriskConfig, writeAsteriskConfig } from './asterisk-config.ts';
import type { AsteriskProgram } from './asterisk-tree.ts';
import { adoptChild, type Child, type ChildEnd, type StopStep, spawnChild, stopChild, untilReady } from './child.ts';
import { portRefusal } from './port-free.ts';
import type { SystemUser } from './system-user.ts';

const READY_MS_MAX = 30_000;
const READY_POLL_MS = 50;
const ARI_ANSWER_MS_MAX = 2_000;

/** SIGTERM is `core stop now`: it hangs up what is left. `core stop gracefully` has no bound, so it is not used. */
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 8_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

export type AsteriskPlan = {
  readonly program: AsteriskProgram;
  /** Folder for configuration, logs, recordings and control socket of this one Asterisk. */
  readonly home: string;
  readonly settings: AsteriskSettings;
  /** The user to run as; absent: as this process. */
  readonly user?: SystemUser | undefined;
};

export type RunningAsterisk = {
  readonly pid: number;
  /** With user and password, as ASTERISK_ARI_URL takes it: `http://strowger:...@127.0.0.1:PORT/ari`. */
  readonly ariUrl: string;
  readonly ended: Promise<ChildEnd>;
  /** Ends it within 13 s, hanging up every call. May be called twice. */
  stop(): Promise<void>;
  /** Ends it as a crash does; for tests. */
  kill(): Promise<void>;
};

/**
 * Writes the configuration, starts Asterisk and waits until ARI answers. Rejects with ConfigError
 * `asterisk.port_taken`, `child.not_started` or `child.not_ready`.
 */
export async function startAsterisk(plan: AsteriskPlan): Promise<RunningAsterisk> {
  const { ports } = plan.settings;
  const sip = { ...ports.sip, owner: 'SIP', variable: 'STROWGER_SIP_PORT' };
  const ari = { host: '127.0.0.1', port: ports.ari, owner: 'ARI', variable: 'STROWGER_ARI_PORT' };
  const secure = { host: sip.host, owner: 'SIP over TLS', variable: 'STROWGER_SIP_TLS_PORT' };
  const browsers = { host: sip.host, owner: 'SIP over WSS', variable: 'STROWGER_WSS_PORT' };
  for (const wanted of [
    { kind: 'tcp', ...ari },
    { kind: 'tcp', ...sip },
    { kind: 'udp', ...sip },
    ...(ports.tls === undefined ? [] : [{ kind: 'tcp', ...secure, port: ports.tls } as const]),
    ...(ports.wss === undefined ? [] : [{ kind: 'tcp', ...browsers, port: ports.wss } as const]),
  ] as const) {
    const refusal = await portRefusal(wanted);
    if (refusal !== undefined) throw new ConfigError('asterisk.port_taken', refusal);
  }
  const files = renderAsteriskConfig(plan.home, plan.program.folders, plan.settings);
  writeAsteriskConfig(plan.home, files, plan.user);
  const dirs = asteriskDirs(plan.home);
  const logFile = join(dirs.log, 'console.log');
  const child = await spawnChild({
    command: [...plan.program.command, '-C', join(dirs.etc, 'asterisk.conf'), '-f', '-n'],
    cwd: plan.home,
    logFile,
    pidFile: pidFileOf(plan.home),
    user: plan.user,
  });
  const ariUrl = ariUrlOf(plan.settings);
  const ready = (): Promise<boolean> => ariAnswers(ariUrl).then((answer) => answer === 'ready');
  await untilReady(child, ready, { name: 'Asterisk', waitMs: READY_MS_MAX, pollMs: READY_POLL_MS, logFile });
  return running(child, ariUrl);
}

/**
 * The Asterisk that a killed supervisor left behind, with its calls: adopted when it still answers and was configured
 * as this one would be, else stopped. `undefined`: there is none any more.
 */
export async function adoptAsterisk(plan: AsteriskPlan): Promise<RunningAsterisk | undefined> {
  const child = adoptChild(pidFileOf(plan.home));
  if (!child) return undefined;
  const ariUrl = ariUrlOf(plan.settings);
  const files = renderAsteriskConfig(plan.home, plan.program.folders, plan.settings);
  const { etc } = asteriskDirs(plan.home);
  const same = [...files].every(([name, text]) => {
    const path = join(etc, name);
    return existsSync(path) && readFileSync(path, 'utf8') === text;
  });
  if (same && (await ariAnswers(ariUrl)) === 'ready') return running(child, ariUrl);
  await stopChild(child, STOP_STEPS);
  return undefined;
}

/** Asks `GET /asterisk/info` of ARI. The address holds user and password. */
export async function ariAnswers(ariUrl: string): Promise<'ready' | 'refused' | 'unreachable'> {
  const url = new URL(`${ariUrl.replace(/\/+$/, '')}/asterisk/info?only=status`);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  try {
    const response = await fetch(url, {
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      signal: AbortSignal.timeout(ARI_ANSWER_MS_MAX),
    });
    await response.arrayBuffer();
    if (response.ok) return 'ready';
    return response.status === 401 || response.status === 403 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

function running(child: Child, ariUrl: string): RunningAsterisk {
  return {
    pid: child.pid,
    ariUrl,
    ended: child.ended,
    stop: () => stopChild(child, STOP_STEPS),
    kill: () => stopChild(child, [{ signal: 'SIGKILL', waitMs: 5_000 }]),
  };
}

function ariUrlOf(settings: AsteriskSettings): string {
  return `http://strowger:${encodeURIComponent(settings.ariPassword)}@127.0.0.1:${settings.ports.ari}/ari`;
}

function pidFileOf(home: string): string {
  return `${home}.pid`;
}
