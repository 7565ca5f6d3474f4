import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ConfigError } from '../config.ts';
import { adoptChild, type Child, type ChildEnd, type StopStep, spawnChild, stopChild, untilReady } from './child.ts';
import { portRefusal } from './port-free.ts';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts';
import { runCommand } from './run-command.ts';
import type { SystemUser } from './system-user.ts';

const DATABASE = 'strowger';
const ROLE = 'strowger';
const INIT_MS_MAX = 60_000;
const READY_MS_MAX = 60_000;
const READY_POLL_MS = 30;
const CONNECT_MS_MAX = 5_000;

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, from which it recovers at the next start. */
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
];

/** For a journal: an event that was acknowledged is on the disk. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '1GB',
  max_connections: '60',
  shared_buffers: '64MB',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
  password_encryption: 'scram-sha-256',
  logging_collector: 'off',
  // Statements hold callers' numbers, so they never reach the log, not even with an error.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

export type PostgresPlan = {
  /** Folder for the database and its log. */
  readonly home: string;
  readonly port: number;
  readonly password: string;
  /** The user to run as; needed when this process is root. */
  readonly user?: SystemUser | undefined;
};

export type RunningPostgres = {
  readonly pid: number;
  /** As DATABASE_URL takes it, with the password. */
  readonly databaseUrl: string;
  readonly ended: Promise<ChildEnd>;
  /** Ends it within 25 s; connections are closed, committed work is kept. May be called twice. */
  stop(): Promise<void>;
  /** Ends it as a crash does; for tests. */
  kill(): Promise<void>;
};

/**
 * Makes the database when there is none, starts PostgreSQL on 127.0.0.1 and waits until it takes connections. Rejects
 * with ConfigError `postgres.not_found`, `postgres.not_made`, `postgres.password`, `child.not_started`, `child.not_ready`.
 */
export async function startPostgres(plan: PostgresPlan): Promise<RunningPostgres> {
  const refusal = await portRefusal({
    kind: 'tcp',
    host: '127.0.0.1',
    port: plan.port,
    owner: 'PostgreSQL',
    variable: 'STROWGER_DB_PORT',
  });
  if (refusal !== undefined) throw new ConfigError('child.not_started', refusal);
  makeOwned(plan.home, plan.user);
  const binaries = findPostgres(plan.home);
  const data = join(plan.home, 'data');
  if (!existsSync(data)) await initialise(binaries, plan, data);
  removeStalePid(data);
  const logFile = join(plan.home, 'postgresql.log');
  const settings = Object.entries({ ...SETTINGS, port: String(plan.port) });
  const child = await spawnChild({
    command: [binaries.postgres, '-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: plan.home,
    logFile,
    pidFile: pidFileOf(plan.home),
    user: plan.user,
  });
  const ready = (): Promise<boolean> => postgresAnswers(urlOf(plan, 'postgres'));
  try {
    await untilReady(child, ready, { name: 'PostgreSQL', waitMs: READY_MS_MAX, pollMs: READY_POLL_MS, logFile });
    await ensureDatabase(plan);
  } catch (error) {
    await stopChild(child, STOP_STEPS);
    throw error;
  }
  return running(child, plan);
}

/** The PostgreSQL that a killed supervisor left behind, if it answers as this plan says; else it is stopped. */
export async function adoptPostgres(plan: PostgresPlan): Promise<RunningPostgres | undefined> {
  const child = adoptChild(pidFileOf(plan.home));
  if (!child) return undefined;
  if (await postgresAnswers(urlOf(plan, DATABASE)).catch(() => false)) return running(child, plan);
  await stopChild(child, STOP_STEPS);
  return undefined;
}

/** True when a connection can be made; false when none can yet. Rejects with ConfigError `postgres.password`. */
export async function postgresAnswers(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS_MAX });
  // A server that goes away later must not end this process by an event that nobody takes.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    // invalid_password and invalid_authorization_specification (PostgreSQL, appendix A).
    if (code !== '28P01' && code !== '28000') return false;
    throw new ConfigError(
      'postgres.password',
      'PostgreSQL refuses the password: secrets.json is not the one that the database was made with. ' +
        'Put the right one back, or move the folder of the database away to begin with an empty one.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function initialise(binaries: PostgresBinaries, plan: PostgresPlan, data: string): Promise<void> {
  const beside = `${data}.tmp`;
  const passwordFile = join(plan.home, 'password.tmp');
  rmSync(beside, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${plan.password}\n`, { mode: 0o600 });
  if (plan.user) chownSync(passwordFile, plan.user.uid, plan.user.gid);
  const options = ['--auth=scram-sha-256', `--username=${ROLE}`, '--encoding=UTF8', '--locale=C', '--no-instructions'];
  const made = await runCommand(binaries.initdb, [`--pgdata=${beside}`, `--pwfile=${passwordFile}`, ...options], {
    timeoutMs: INIT_MS_MAX,
    cwd: plan.home,
    ...(plan.user ? { uid: plan.user.uid, gid: plan.user.gid } : {}),
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    throw new ConfigError('postgres.not_made', `initdb failed (status ${made.status}): ${made.output.trim()}`);
  }
  // Renamed when whole: an interrupted initdb is never taken for a database.
  renameSync(beside, data);
}

async function ensureDatabase(plan: PostgresPlan): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(plan, 'postgres'), connectionTimeoutMillis: CONNECT_MS_MAX });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * PostgreSQL takes over the postmaster.pid of a dead server by itself, but refuses to start when that pid meanwhile
 * belongs to another program of the same user.
 */
function removeStalePid(data: string): void {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return;
  const pid = readFileSync(path, 'utf8').split('\n')[0]?.trim();
  let command = '';
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // No such process.
  }
  if (!command.includes(data)) rmSync(path, { force: true });
}

function makeOwned(dir: string, user: SystemUser | undefined): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o700);
  if (user) chownSync(dir, user.uid, user.gid);
}

function running(child: Child, plan: PostgresPlan): RunningPostgres {
  return {
    pid: child.pid,
    databaseUrl: urlOf(plan, DATABASE),
    ended: child.ended,
    stop: () => stopChild(child, STOP_STEPS),
    kill: () => stopChild(child, [{ signal: 'SIGKILL', waitMs: 5_000 }]),
  };
}

/** Where the PostgreSQL of `npm start` is found, by its port and the password in the data folder. */
export function ownDatabaseUrl(plan: Pick<PostgresPlan, 'port' | 'password'>): string {
  return urlOf(plan, DATABASE);
}

function urlOf(plan: Pick<PostgresPlan, 'port' | 'password'>, database: string): string {
  return `postgres://${ROLE}:${encodeURIComponent(plan.password)}@127.0.0.1:${plan.port}/${database}`;
}

function pidFileOf(home: string): string {
  return `${home}.pid`;
}
