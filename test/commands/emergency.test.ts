import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import type { Api } from '../../src/api/server.ts';
import { emergencyText } from '../../src/commands/emergency.ts';
import { projectDir } from '../../src/config.ts';
import { KEY, startApi } from '../api/harness.ts';

// The command against the real API over the real rooms; their site has the queue sales and the flow main.

let api: Api;
let port: string;
const dir = mkdtempSync(join(tmpdir(), 'strowger-emergency-'));
before(async () => {
  api = (await startApi()).api;
  port = new URL(await api.listen()).port;
});
after(async () => {
  await api?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function emergency(...args: string[]) {
  const env = { ...process.env, STROWGER_DATA: dir, STROWGER_HTTP_PORT: port, STROWGER_API_KEY: KEY };
  const child = spawn(resolve(projectDir, 'bin/strowger'), ['emergency', ...args], { env });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number];
  return { status, ...printed };
}

test('one command stops a queue, one lifts it, and without more it says what is stopped', async () => {
  const stopped = await emergency('--queue', 'sales', '--flow', 'main');
  assert.equal(stopped.status, 0, stopped.stderr);
  assert.match(stopped.stdout, /^Queue sales is stopped since \S+Z: all calls go to the flow main\.\n$/);
  const [asked, json] = await Promise.all([emergency(), emergency('--json')]);
  assert.equal(asked.stdout, stopped.stdout);
  assert.equal(JSON.parse(json.stdout).emergencies[0].queueId, 'sales');
  assert.equal((await emergency('--queue', 'sales', '--lift')).stdout, 'Nothing is stopped.\n');
});

test('what does not exist is refused by its code, and a command that is not clear stops nothing', async () => {
  const refusals = await Promise.all([
    emergency('--flow', 'nowhere'),
    emergency('--queue', 'nowhere', '--flow', 'main'),
    emergency('--stop'),
  ]);
  assert.deepEqual(
    refusals.map(({ status, stderr }) => [status, stderr.split(':')[0]]),
    [
      [1, 'flow.unknown'],
      [1, 'queue.unknown'],
      [1, 'emergency.flow_required'],
    ],
  );
  const wrong = await Promise.all([
    emergency('main'),
    emergency('--queue', 'sales'),
    emergency('--flow', 'main', '--lift'),
    emergency('--flow'),
  ]);
  assert.deepEqual(
    wrong.map(({ status }) => status),
    [2, 2, 2, 2],
  );
  assert.equal((await emergency()).stdout, 'Nothing is stopped.\n');
});

test('the site is told as such', () => {
  const emergencies = [{ queueId: null, flowId: 'words', since: 'now' }];
  assert.equal(emergencyText({ emergencies }), 'The site is stopped since now: all calls go to the flow words.\n');
});
