// Runs a TypeScript program of this project after making sure that its npm packages are installed:
//   node bin/with-packages.mjs TARGET.ts [arguments]
// It is plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE = [20, 19];
/** npm takes seconds; over a slow line minutes. */
const TURN_MS_MAX = 600_000;
const TURN_LOOK_MS = 200;
const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = resolve(project, 'node_modules', '.package-lock-hash');

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return;
  refuse(`Strowger needs Node ${NEEDED_NODE.join('.')} or newer, but this is Node ${process.versions.node}.`);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function installPackages() {
  const lock = readIfThere(resolve(project, 'package-lock.json'));
  if (lock === undefined) refuse(`package-lock.json is missing in ${project}: the checkout is not whole.`);
  const hash = createHash('sha256').update(lock).digest('hex');
  if (readIfThere(stampFile) === hash) return;
  const turn = takeTurn();
  try {
    // Whoever had the turn before may have installed them.
    if (readIfThere(stampFile) !== hash) install(hash);
  } finally {
    rmSync(turn, { recursive: true, force: true });
  }
}

/** One program installs at a time: two of them would delete the packages under each other. Gives the folder that is the lock. */
function takeTurn() {
  const name = createHash('sha256').update(project).digest('hex').slice(0, 16);
  const folder = resolve(tmpdir(), `strowger-install-${name}`);
  for (let waitedMs = 0; waitedMs < TURN_MS_MAX; waitedMs += TURN_LOOK_MS) {
    try {
      mkdirSync(folder);
      writeFileSync(resolve(folder, 'pid'), String(process.pid));
      return folder;
    } catch (error) {
      if (error.code !== 'EEXIST') refuse(`${folder} could not be made (${error.message}).`);
    }
    const pid = Number(readIfThere(resolve(folder, 'pid')) ?? 0);
    // Without a number it was made a moment ago, or by one that was killed in that moment.
    if (pid > 0 ? !existsSync(`/proc/${pid}`) : waitedMs > TURN_LOOK_MS * 5)
      rmSync(folder, { recursive: true, force: true });
    else if (waitedMs === 0) process.stdout.write('Another program installs the npm packages; waiting ...\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TURN_LOOK_MS);
  }
  return refuse(`${folder} has been held for too long: delete it if nothing installs packages.`);
}

function install(hash) {
  const began = Date.now();
  process.stdout.write('Installing npm packages (npm ci) ...\n');
  // The development packages are needed too: tsx runs the program.
  const npm = spawnSync('npm', ['ci', '--include=dev', '--loglevel=error'], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (npm.error) refuse(`npm could not be run (${npm.error.message}): install npm, then start again.`);
  if (npm.status !== 0) refuse(`npm ci failed with status ${npm.status ?? npm.signal}: see the lines above.`);
  // The stamp lies in node_modules, so it goes when the packages go.
  writeFileSync(stampFile, hash);
  process.stdout.write(`Installed npm packages in ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
}

function run(target, args) {
  // The name `tsx` is resolved here, so that the caller may stand in any folder.
  const tsx = pathToFileURL(resolve(project, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const child = spawn(process.execPath, ['--import', tsx, resolve(project, target), ...args], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child by itself; only an interrupt that came from elsewhere is passed on.
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY;
  process.on('SIGINT', () => {
    if (!onTerminal) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => refuse(`${target} could not be started: ${error.message}`));
  child.on('exit', (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
}

const [target, ...args] = process.argv.slice(2);
checkNode();
if (target === undefined) refuse('Usage: node bin/with-packages.mjs TARGET.ts [arguments]');
installPackages();
run(target, args);
