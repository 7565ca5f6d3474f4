import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { projectDir, readConfig } from '../../src/config.ts';
import { asteriskTreeDir, findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { freePort } from './free-port.ts';

const EXIT_MS_MAX = 30_000;

const dir = mkdtempSync(join(tmpdir(), 'strowger-start-'));
// The users of PostgreSQL and Asterisk must be able to pass.
chmodSync(dir, 0o711);
after(() => rmSync(dir, { recursive: true, force: true }));

const { dataDir } = readConfig(process.env);
const skip = (await findAsterisk(dataDir)) ? false : 'no Asterisk is laid yet: npm start lays one';
if (existsSync(asteriskTreeDir(dataDir))) symlinkSync(asteriskTreeDir(dataDir), asteriskTreeDir(dir));

/** `npm start` with a controller that knows no calls; all starts here share one data folder. */
function start(ports: Readonly<Record<string, string>>): ChildProcessByStdio<null, Readable, null> {
  const loader = resolve(projectDir, 'node_modules/tsx/dist/loader.mjs');
  const program = resolve(projectDir, 'test/supervisor/stand-in-start.ts');
  return spawn(process.execPath, ['--import', loader, program], {
    env: { ...process.env, ...ports, STROWGER_DATA: dir, STROWGER_RTP_PORTS: '12900-12999' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('a start tells what to dial, a second one is refused, and a closed terminal stops all of it', {
  skip,
}, async (t) => {
  const ports: Record<string, string> = {};
  for (const name of ['HTTP', 'DB', 'ARI', 'SIP']) ports[`STROWGER_${name}_PORT`] = String(await freePort());
  const first = start(ports);
  const ended = once(first, 'exit', { signal: AbortSignal.timeout(EXIT_MS_MAX) });
  t.after(() => first.kill('SIGTERM'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: first.stdout })) {
    lines.push(line);
    if (line.includes('Ctrl-C')) break;
  }
  const block = lines.join('\n');
  assert.match(block, new RegExp(`Dial +sip:100@127\\.0\\.0\\.1:${ports.STROWGER_SIP_PORT} `));
  assert.match(block, /user anna +password [\w-]{32} +Anna, 201/);

  const second = start(ports);
  const [text, [refused]] = await Promise.all([second.stdout.toArray(), once(second, 'exit')]);
  assert.match(Buffer.concat(text).toString(), /^Strowger already runs \(pid \d+, http:/);
  assert.equal(refused, 1);

  // Nobody reads any more, as when the terminal is gone.
  first.stdout.destroy();
  first.kill('SIGHUP');
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(
    readdirSync(dir).filter((name) => /\.(pid|lock)$/.test(name)),
    [],
  );
});
