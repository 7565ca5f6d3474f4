import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { projectDir, readConfig } from '../../src/config.ts';
import { asteriskTreeDir } from '../../src/supervisor/asterisk-tree.ts';
import { writePidFile } from '../../src/supervisor/pid-file.ts';
import { Exchange } from './exchange.ts';
import { until } from './until.ts';

// The demonstration as a person runs it, with the sample flows, at a server that runs already.

const DEMO_MS_MAX = 25_000;

let exchange: Exchange;
before(async () => {
  exchange = await Exchange.start('../../flows');
  // What a server of "npm start" has besides: the lock by which the demo finds it, and the Asterisk for the demo's network.
  const address = `http://127.0.0.1:${exchange.slot.http}`;
  writePidFile(join(exchange.dir, 'strowger.lock'), exchange.controller?.pid ?? 0, address);
  symlinkSync(asteriskTreeDir(readConfig({}).dataDir), asteriskTreeDir(exchange.dir));
});
after(() => exchange?.stop());

type Demo = { readonly child: ChildProcess; readonly lines: string[]; readonly ended: Promise<number | null> };

function runDemo(...args: string[]): Demo {
  const { slot, dir, flowsDir } = exchange;
  const child = spawn(process.execPath, [resolve(projectDir, 'bin/with-packages.mjs'), 'test/demo.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      STROWGER_DATA: dir,
      STROWGER_FLOWS: flowsDir,
      STROWGER_HTTP_PORT: String(slot.http),
      STROWGER_SIP_PORT: String(slot.sip),
      STROWGER_RTP_PORTS: `${slot.rtp.first}-${slot.rtp.last}`,
    },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (l) => lines.push(l));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const timer = setTimeout(() => child.kill('SIGTERM'), DEMO_MS_MAX);
  void ended.then(() => clearTimeout(timer));
  return { child, lines, ended };
}

/** As it was before: nobody logged in or in wrap-up, no phone, no call. */
async function leftAsFound(): Promise<void> {
  const { agents } = (await exchange.get('/v1/agents')).body as {
    agents: { id: string; state: string; phone: string }[];
  };
  for (const { id, state, phone } of agents) {
    assert.deepEqual([state, phone], ['logged_out', 'unreachable'], id);
  }
  assert.deepEqual((await exchange.get('/v1/contacts')).body, { contacts: [] });
  assert.deepEqual(await exchange.ari('channels'), []);
}

test('the demo tells a whole call and its report, and leaves a running server as it found it', async () => {
  const { lines, ended } = runDemo();
  const status = await ended;
  const text = lines.join('\n');
  assert.equal(status, 0, text);
  const story = [
    /A server runs already/,
    /Carla's SIP phone registers/,
    /dials 100 over SIP/,
    /hears a voice say "Welcome to Strowger\.": \d\.\d s of sound at -\d\d dBFS/,
    /hears a voice say "For sales, press 1\./,
    /presses 1\./,
    /waits in the queue sales/,
    /hears music: /,
    /Carla logs in/,
    /Carla's phone rings and shows \+12025550\d{3}\./,
    /Carla answers\./,
    /Carla hears the caller, who plays a tone of 1000 Hz: (9\d|100) %/,
    /The caller hears Carla, who plays 1900 Hz: (9\d|100) %/,
    /The caller hangs up\./,
    /The same call as GET \/v1\/contacts\/\S+ reports it/,
    /queue +sales: waited \d\.\d s, answered \(carla\), talked/,
    /contact\.arrived +A call from/,
    /contact\.finished/,
    /openapi\.json/,
  ];
  let at = 0;
  for (const line of story) {
    const found = lines.slice(at).findIndex((one) => line.test(one));
    assert.ok(found >= 0, `${line} in its place in:\n${text}`);
    at += found;
  }
  assert.ok(!text.includes(exchange.secrets.apiKey) && !text.includes(await exchange.secrets.phonePassword('carla')));
  await leftAsFound();
});

test('an interrupted demo puts everything back', async () => {
  const { child, lines, ended } = runDemo('--agent', 'anna');
  await until('Anna is logged in', () => lines.some((line) => line.includes('Anna logs in')) || undefined, {
    withinMs: DEMO_MS_MAX,
    seen: () => lines,
  });
  child.kill('SIGINT');
  assert.equal(await ended, 1, lines.join('\n'));
  assert.ok(lines.at(-1) === 'Everything is as it was before.', lines.join('\n'));
  await leftAsFound();
});

test('the demo says what is in the way before it calls anybody', async () => {
  const refused: [string[], RegExp][] = [
    [['--number', '999'], /Number 999 leads nowhere\. The site has these numbers: 100, 200, 300, /],
    [['--key', '9'], /main-menu\.yaml:\d+.* offers the keys 1, 2, \*, not "9"/],
    [['--key', '2'], /a step of the type gather/],
    [['--agent', 'ben'], /ben is not given the calls of the queue sales\. These are: anna, carla\./],
  ];
  const demos = refused.map(([args, why]) => ({ ...runDemo(...args), why }));
  for (const { lines, ended, why } of demos) {
    assert.equal(await ended, 1);
    assert.match(lines.join('\n'), why);
  }
  await exchange.post('/v1/agents/carla/login');
  const { lines, ended } = runDemo('--agent', 'carla');
  assert.equal(await ended, 1);
  assert.match(lines.join('\n'), /carla \(unreachable, phone unreachable\): the demo needs an agent who is logged out/);
  await exchange.post('/v1/agents/carla/logout');
  await leftAsFound();
});
