import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { type AsteriskPlan, adoptAsterisk, ariAnswers, startAsterisk } from '../../src/supervisor/asterisk.ts';
import { findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import { freePort } from './free-port.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-ast-'));
chmodSync(dir, 0o711);
after(() => rmSync(dir, { recursive: true, force: true }));

const program = await findAsterisk(readConfig(process.env).dataDir);
const skip = program ? false : 'no Asterisk is laid yet: npm start lays one';

async function plan(name: string): Promise<AsteriskPlan> {
  assert.ok(program);
  const ports = {
    ari: await freePort(),
    sip: { host: '127.0.0.1', port: await freePort() },
    rtp: { first: 12900, last: 12999 },
  };
  return {
    program,
    home: join(dir, name),
    settings: { ports, ariApp: 'strowger', ariPassword: 'test-password' },
    user: ensureSystemUser(),
  };
}

test('Asterisk starts, is adopted as it is, survives a kill and stops', { skip }, async (t) => {
  const wanted = await plan('one');
  const first = await startAsterisk(wanted);
  t.after(() => first.stop());
  assert.equal(await ariAnswers(first.ariUrl), 'ready');
  assert.equal(await ariAnswers(first.ariUrl.replace('test-password', 'wrong')), 'refused');
  assert.equal((await adoptAsterisk(wanted))?.pid, first.pid);
  await first.kill();
  assert.equal(await adoptAsterisk(wanted), undefined);
  const second = await startAsterisk(wanted);
  t.after(() => second.stop());
  await second.stop();
  await second.stop();
  assert.equal(await ariAnswers(second.ariUrl), 'unreachable');
});

test('a left-over Asterisk with another configuration is stopped instead of adopted', { skip }, async (t) => {
  const wanted = await plan('two');
  const first = await startAsterisk(wanted);
  t.after(() => first.stop());
  const other = { ...wanted, settings: { ...wanted.settings, fallbackTries: 3 } };
  assert.equal(await adoptAsterisk(other), undefined);
  await first.ended;
});

test('a port that another program has is named before Asterisk starts', { skip }, async (t) => {
  const wanted = await plan('three');
  const server = createServer().listen(wanted.settings.ports.ari, '127.0.0.1');
  t.after(() => server.close());
  await assert.rejects(startAsterisk(wanted), { code: 'asterisk.port_taken', message: /STROWGER_ARI_PORT/ });
});
