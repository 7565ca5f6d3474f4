import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Config, projectDir } from '../../src/config.ts';
import { readPidFile } from '../../src/supervisor/pid-file.ts';
import { httpAddress } from '../../src/supervisor/welcome.ts';
import { until } from '../system/until.ts';
import type { Narrator } from './narrator.ts';
import { Obstacle } from './obstacle.ts';

/** A first start lays an Asterisk and installs packages. */
const START_MS_MAX = 300_000;
const STOP_MS_MAX = 60_000;
const HEALTHY_MS_MAX = 10_000;
const LINES_MAX = 200;

export type Server = {
  readonly address: string;
  /** Whether it ran before, and so has to be left as it was. */
  readonly ranBefore: boolean;
  /** Stops a server that was started for the demonstration, and no other. May be called twice. */
  stop(): Promise<void>;
};

/** The server that runs on this data folder, else one for the time of the demonstration. Rejects with Obstacle. */
export async function provideServer(config: Config, signal: AbortSignal, narrator: Narrator): Promise<Server> {
  const running = readPidFile(join(config.dataDir, 'strowger.lock'));
  if (running) {
    await healthy(running.about, signal);
    narrator.tell('server', `A server runs already (process ${running.pid}, ${running.about}); it stays as it is.`);
    return { address: running.about, ranBefore: true, stop: async () => undefined };
  }
  narrator.tell('server', 'No server runs, so one is started for the time of the demo:');
  const child = await start(narrator, signal);
  const stop = (): Promise<void> => stopServer(child, narrator);
  try {
    await healthy(httpAddress(config), signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: httpAddress(config), ranBefore: false, stop };
}

/** Runs what `npm start` runs and waits for the block that it prints. */
async function start(narrator: Narrator, signal: AbortSignal): Promise<ChildProcess> {
  const loader = resolve(projectDir, 'node_modules/tsx/dist/loader.mjs');
  const child = spawn(process.execPath, ['--import', loader, resolve(projectDir, 'src/supervisor/start.ts')], {
    cwd: projectDir,
    // A session of its own: a terminal's Ctrl-C must reach the demo alone, which puts things back before the server ends.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const ready = new Promise<boolean>((done) => {
    const take = (line: string): void => {
      // After this line come the passwords of the phones, which are not for the demo's output.
      if (line === 'Strowger runs.') done(true);
      if (printed.length < LINES_MAX) printed.push(line);
      if (/^ {2}(ok |no |\.\.\.)/.test(line)) narrator.say(`         ${line}`);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);
    child.once('exit', () => done(false));
    signal.addEventListener('abort', () => done(false), { once: true });
    setTimeout(() => done(false), START_MS_MAX).unref();
  });
  if (await ready) return child;
  await stopServer(child, narrator);
  signal.throwIfAborted();
  throw new Obstacle(`The server did not start:\n${printed.slice(-12).join('\n')}`);
}

async function stopServer(child: ChildProcess, narrator: Narrator): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit', { signal: AbortSignal.timeout(STOP_MS_MAX) });
  child.kill('SIGINT');
  await gone.catch(() => {
    throw new Obstacle(`The server (process ${child.pid}) did not stop within ${STOP_MS_MAX / 1_000} s.`);
  });
  narrator.tell('server', 'The server of the demo has stopped.');
}

async function healthy(address: string, signal: AbortSignal): Promise<void> {
  let seen = 'no answer';
  await until(
    'the server is healthy',
    async () => {
      signal.throwIfAborted();
      const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      if (response?.ok) return true;
      const { parts = {} } = ((await response?.json().catch(() => undefined)) ?? {}) as {
        parts?: Record<string, { up: boolean }>;
      };
      const down = Object.entries(parts).flatMap(([name, { up }]) => (up ? [] : [name]));
      seen = response ? `status ${response.status}, not up: ${down.join(', ') || 'unknown'}` : 'no answer';
      return undefined;
    },
    { withinMs: HEALTHY_MS_MAX, everyMs: 100 },
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!String(error).includes('in vain')) throw error;
    throw new Obstacle(`The server at ${address} is not healthy after ${HEALTHY_MS_MAX / 1_000} s (${seen}).`);
  });
}
