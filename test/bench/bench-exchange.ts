import { join, resolve } from 'node:path';
import { ConfigError, projectDir, readConfig } from '../../src/config.ts';
import { openSecrets, type Secrets } from '../../src/secrets.ts';
import { type RunningAsterisk, startAsterisk } from '../../src/supervisor/asterisk.ts';
import { type AsteriskProgram, findAsterisk, layAsteriskTree } from '../../src/supervisor/asterisk-tree.ts';
import { type Child, spawnChild, stopChild, untilReady } from '../../src/supervisor/child.ts';
import { DEBIAN_PACKAGES, ensurePackages } from '../../src/supervisor/packages.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import type { BenchContext } from './bench.ts';
import { BENCH_PORTS } from './bench-ports.ts';

const CONTROLLER_READY_MS_MAX = 30_000;
const CONTROLLER_POLL_MS = 100;
const REQUEST_MS_MAX = 5_000;

/** PostgreSQL for one bench. */
export async function startBenchPostgres(dir: string): Promise<RunningPostgres> {
  const { databasePassword } = await openSecrets(dir);
  const home = join(dir, 'postgres');
  return startPostgres({ home, port: BENCH_PORTS.database, password: databasePassword, user: ensureSystemUser() });
}

export type BenchAsterisk = RunningAsterisk & { readonly home: string; readonly version: string };

/** Asterisk for one bench: the server's own program, laid first if there is none, with the configuration of `npm start`. */
export async function startBenchAsterisk(context: BenchContext): Promise<BenchAsterisk> {
  const program = await provideAsterisk(context);
  const { ariPassword } = await openSecrets(context.dir);
  const { ari, sip, rtp } = BENCH_PORTS;
  const home = join(context.dir, 'asterisk');
  const settings = { ports: { ari, sip: { host: '127.0.0.1', port: sip }, rtp }, ariApp: 'strowger', ariPassword };
  const running = await startAsterisk({ program, home, settings, user: ensureSystemUser() });
  return { ...running, home, version: program.version };
}

async function provideAsterisk({ signal, say }: BenchContext): Promise<AsteriskProgram> {
  const { dataDir } = readConfig(process.env);
  const found = await findAsterisk(dataDir);
  if (found) return found;
  await ensurePackages([DEBIAN_PACKAGES.mmdebstrap], say, signal);
  return layAsteriskTree(dataDir, say, signal);
}

export type BenchController = {
  readonly pid: number;
  readonly secrets: Secrets;
  readonly logFile: string;
  /** One request to the HTTP API; throws when it is refused. @returns the body. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

/** The real `bin/strowger serve` as a process of its own, with journal and all; ready when every part is up. */
export async function startBenchController(
  context: BenchContext,
  parts: {
    readonly flowsDir: string;
    readonly databaseUrl: string;
    readonly ariUrl: string;
    /** More of the controller's environment. */
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<BenchController> {
  const { dir, profileDir } = context;
  const secrets = await openSecrets(dir);
  const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profileDir)}`];
  const logFile = join(dir, 'controller.log');
  const child: Child = await spawnChild({
    command: [process.execPath, ...profiling, resolve(projectDir, 'bin/strowger'), 'serve'],
    cwd: dir,
    logFile,
    pidFile: join(dir, 'controller.pid'),
    env: {
      ...process.env,
      STROWGER_DATA: dir,
      STROWGER_FLOWS: parts.flowsDir,
      STROWGER_HTTP_PORT: String(BENCH_PORTS.http),
      DATABASE_URL: parts.databaseUrl,
      ASTERISK_ARI_URL: parts.ariUrl,
      ...parts.env,
    },
  });
  const ask = async (method: 'GET' | 'POST', path: string, given?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${BENCH_PORTS.http}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secrets.apiKey}`,
        ...(given === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(given === undefined ? {} : { body: JSON.stringify(given) }),
      signal: AbortSignal.timeout(REQUEST_MS_MAX),
    });
    const body: unknown = await response.json();
    if (response.ok) return body;
    throw new ConfigError(
      'bench.refused',
      `${method} ${path} was answered ${response.status}: ${JSON.stringify(body)}`,
    );
  };
  const ready = (): Promise<boolean> =>
    ask('GET', '/v1/health').then(
      (health) => (health as { status: string }).status === 'ok',
      () => false,
    );
  const options = { name: 'The controller', waitMs: CONTROLLER_READY_MS_MAX, pollMs: CONTROLLER_POLL_MS, logFile };
  await untilReady(child, ready, options);
  const stop = (): Promise<void> =>
    stopChild(child, [
      { signal: 'SIGTERM', waitMs: 15_000 },
      { signal: 'SIGKILL', waitMs: 5_000 },
    ]);
  return { pid: child.pid, secrets, logFile, ask, stop };
}
