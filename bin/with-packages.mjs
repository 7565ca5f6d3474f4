// Runs a TypeScript program of this project after making sure that its npm packages are installed:
//   node bin/with-packages.mjs TARGET.ts [arguments]
// It is plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE = [20, 19];
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
