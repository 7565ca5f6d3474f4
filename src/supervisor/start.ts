import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Config, ConfigError, openToAll, readConfig } from '../config.ts';
import { makeDataDir, openSecrets, type Secrets } from '../secrets.ts';
import { type AsteriskPlan, adoptAsterisk, startAsterisk } from './asterisk.ts';
import { type AsteriskProgram, findAsterisk, layAsteriskTree } from './asterisk-tree.ts';
import { openCertificate } from './certificate.ts';
import { type ControllerPlan, startController, stopLeftController } from './controller-process.ts';
import { checkExternalAsterisk } from './external-asterisk.ts';
import { checkExternalPostgres } from './external-postgres.ts';
import { keepRunning, type Running } from './keep-running.ts';
import { boundLogFiles } from './log-file.ts';
import { DEBIAN_PACKAGES, ensurePackages } from './packages.ts';
import { takeLock } from './pid-file.ts';
import { adoptPostgres, type PostgresPlan, startPostgres } from './postgres.ts';
import { openProgress, type Progress } from './progress.ts';
import { ensureSystemUser } from './system-user.ts';
import { httpAddress, readAilments, readSite, renderWelcome } from './welcome.ts';

const LOG_CHECK_MS = 10_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What was started, to be stopped in the opposite order. */
type Started = { readonly name: string; stop(): Promise<void> };

/** One start, as far as it has come. */
type Start = {
  readonly config: Config;
  readonly env: Environment;
  readonly progress: Progress;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  readonly started: Started[];
  /** The controller's program, where it is not bin/strowger. */
  readonly controller: string | undefined;
};

/** `npm start`: sets everything up, runs it in the foreground, and stops it on Ctrl-C or SIGTERM. Resolves with the exit status. */
export async function runSupervisor(env: Environment, controller?: string): Promise<number> {
  const progress = openProgress(process.stdout);
  const stopping = new AbortController();
  // Installed for good: a second Ctrl-C must not break the stop that the first began.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  // A terminal that was closed fails every write; the stop that its SIGHUP began must go on to its end.
  process.stdout.on('error', () => undefined);
  const started: Started[] = [];
  let status = 0;
  try {
    const config = readConfig(env);
    checkFlowsDir(config.flowsDir);
    makeDataDir(config.dataDir);
    const release = takeLock(join(config.dataDir, 'strowger.lock'), httpAddress(config));
    started.push({ name: '', stop: async () => release() });
    await startAll({ config, env, progress, signal: stopping.signal, started, controller });
    await untilAborted(stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) {
      status = 1;
      progress.say(error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error));
    }
  }
  return (await stopAll(started, progress)) ? status : 1;
}

async function startAll(start: Start): Promise<void> {
  const { config, progress, signal, started } = start;
  const step = async <T>(title: string, act: Parameters<typeof progress.step<T>>[1]): Promise<T> => {
    signal.throwIfAborted();
    return progress.step(title, act);
  };
  const secrets = await step('Secrets', () => openSecrets(config.dataDir));
  // Asked before anything is laid into a folder that cannot be used.
  if (config.ariUrl === undefined || config.databaseUrl === undefined) ownUser(config);
  const { flite, espeak, flac, mpg123, pocketsphinx, pocketsphinxModel } = DEBIAN_PACKAGES;
  const needed = [flite, espeak, flac, mpg123, pocketsphinx, pocketsphinxModel];
  await step('System packages', (note) => ensurePackages(needed, note, signal));
  // What a killed supervisor left: its controller would act beside the new one.
  await stopLeftController(controllerPidFile(config));
  const ownAsterisk = config.ariUrl === undefined;
  const program = ownAsterisk
    ? await step('Asterisk program', (note) => provideAsterisk(config, note, signal))
    : undefined;
  const databaseUrl = await step('PostgreSQL', () => providePostgres(start, secrets));
  const ariUrl = await step(program ? `Asterisk ${program.version}` : 'Asterisk at ASTERISK_ARI_URL', () =>
    provideAri(start, secrets, program),
  );
  await step('Controller', async () => {
    const plan: ControllerPlan = {
      env: { ...start.env, DATABASE_URL: databaseUrl, ASTERISK_ARI_URL: ariUrl },
      http: config.http,
      healthUrl: `${httpAddress(config)}/health`,
      logFile: join(config.dataDir, 'logs', 'controller.log'),
      pidFile: controllerPidFile(config),
      ...(start.controller === undefined ? {} : { program: start.controller }),
    };
    supervise(start, 'Controller', await startController(plan), () => startController(plan));
  });
  signal.throwIfAborted();
  const timer = setInterval(() => boundLogs(config), LOG_CHECK_MS);
  started.push({ name: '', stop: async () => clearInterval(timer) });
  const apiKey = config.apiKey ?? secrets.apiKey;
  const seen = { site: await readSite(config, apiKey), ailments: await readAilments(config, apiKey, signal) };
  progress.say(await renderWelcome(config, seen, secrets));
}

async function provideAsterisk(config: Config, note: (line: string) => void, signal: AbortSignal) {
  const found = await findAsterisk(config.dataDir);
  if (found) return found;
  await ensurePackages([DEBIAN_PACKAGES.mmdebstrap], note, signal);
  return layAsteriskTree(config.dataDir, note, signal);
}

/** @returns the database's address. */
async function providePostgres(start: Start, secrets: Secrets): Promise<string> {
  const { config } = start;
  if (config.databaseUrl !== undefined) {
    await checkExternalPostgres(config.databaseUrl);
    return config.databaseUrl;
  }
  const plan: PostgresPlan = {
    home: join(config.dataDir, 'postgres'),
    port: config.databasePort,
    password: secrets.databasePassword,
    user: ownUser(config),
  };
  const running = (await adoptPostgres(plan)) ?? (await startPostgres(plan));
  supervise(start, 'PostgreSQL', running, () => startPostgres(plan));
  return running.databaseUrl;
}

/** @returns the address of ARI. */
async function provideAri(start: Start, secrets: Secrets, program: AsteriskProgram | undefined): Promise<string> {
  const { config } = start;
  if (program === undefined) {
    const ariUrl = config.ariUrl ?? '';
    await checkExternalAsterisk(ariUrl);
    return ariUrl;
  }
  const { ariPort: ari, sip, rtp, ariApp, promptsDir, sipTlsPort: tls, wssPort: wss } = config;
  const certificate = openCertificate(config, Date.now());
  const plan: AsteriskPlan = {
    program,
    home: join(config.dataDir, 'asterisk'),
    settings: {
      ports: { ari, sip, rtp, tls, wss },
      ariApp,
      ariPassword: secrets.ariPassword,
      promptsDir,
      ...(certificate ? { certificate } : {}),
    },
    user: ownUser(config),
  };
  const running = (await adoptAsterisk(plan)) ?? (await startAsterisk(plan));
  supervise(start, 'Asterisk', running, () => startAsterisk(plan));
  return running.ariUrl;
}

function checkFlowsDir(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new ConfigError('flows.unreadable', `The folder of the flows, ${dir}, is not there: set STROWGER_FLOWS.`);
}

function ownUser(config: Config) {
  const user = ensureSystemUser();
  if (user === undefined || openToAll(config.dataDir)) return user;
  throw new ConfigError(
    'start.data_closed',
    `PostgreSQL and Asterisk run as a user of their own, who cannot pass to ${config.dataDir}: ` +
      'set STROWGER_DATA to a folder outside of closed ones such as /root.',
  );
}

function supervise(start: Start, name: string, first: Running, again: () => Promise<Running>): void {
  start.started.push({ name, stop: keepRunning(name, first, again, start.progress.say).stop });
}

/** Stops in the opposite order of the start, and goes on when one part does not stop. @returns true when all did. */
async function stopAll(started: readonly Started[], progress: Progress): Promise<boolean> {
  let clean = true;
  for (const { name, stop } of [...started].reverse()) {
    try {
      await stop();
      if (name !== '') progress.say(`${name} stopped.`);
    } catch (error) {
      clean = false;
      progress.say(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return clean;
}

function boundLogs(config: Config): void {
  for (const dir of ['logs', 'postgres', 'asterisk/log']) boundLogFiles(join(config.dataDir, dir));
}

function controllerPidFile(config: Config): string {
  return join(config.dataDir, 'controller.pid');
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(2 ** 30, undefined, { signal }).catch(() => undefined);
}

// Run as a program, not when a test imports it.
if (import.meta.filename === process.argv[1]) process.exit(await runSupervisor(process.env));
