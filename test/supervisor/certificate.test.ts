import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { readConfig } from '../../src/config.ts';
import { openCertificate } from '../../src/supervisor/certificate.ts';
import { selfSigned } from '../../src/supervisor/self-signed.ts';

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const dir = mkdtempSync(join(tmpdir(), 'strowger-tls-'));
after(() => rmSync(dir, { recursive: true }));

const asked = (env: Record<string, string>) => readConfig({ STROWGER_DATA: dir, ...env });
const WSS = { STROWGER_WSS_PORT: '8089' };

test('without a port for TLS or WSS there is no certificate', () => {
  assert.equal(openCertificate(asked({}), NOW_MS), undefined);
});

test('our own certificate is of the names asked for, signed by its key, and a TLS client that trusts it connects', async () => {
  const { certificate, key } = selfSigned(['localhost', '127.0.0.1'], Date.now());
  const read = new X509Certificate(certificate);
  assert.deepEqual([read.checkHost('localhost'), read.checkIP('127.0.0.1')], ['localhost', '127.0.0.1']);
  assert.equal(read.checkHost('elsewhere.example'), undefined);
  assert.ok(read.verify(read.publicKey) && read.checkPrivateKey(createPrivateKey(key)));
  const server = createServer({ cert: certificate, key }, (socket) => socket.end('heard'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  const heard = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: certificate });
    socket.once('data', (data) => resolve(String(data))).once('error', reject);
  });
  assert.equal(heard, 'heard');
  server.close();
});

test('it is made once, for nobody else to read, and again when it is about to end', () => {
  const first = openCertificate(asked(WSS), NOW_MS)!;
  assert.equal(statSync(join(dir, 'tls/key.pem')).mode & 0o077, 0);
  assert.equal(openCertificate(asked(WSS), NOW_MS + 30 * DAY_MS)!.certificate, first.certificate);
  const later = openCertificate(asked(WSS), NOW_MS + 780 * DAY_MS)!;
  assert.notEqual(later.certificate, first.certificate);
});

test('a certificate that is given is taken, and half of one, a missing one or a broken one is refused', () => {
  const given = selfSigned(['pbx.example.net'], NOW_MS);
  const [cert, key] = [join(dir, 'given.pem'), join(dir, 'given.key')];
  writeFileSync(cert, given.certificate);
  writeFileSync(key, given.key);
  const both = { ...WSS, STROWGER_TLS_CERT: cert, STROWGER_TLS_KEY: key, STROWGER_TLS_CA: cert };
  assert.deepEqual(openCertificate(asked(both), NOW_MS), { ...given, authorities: given.certificate });
  const wrong: readonly [Record<string, string>, string][] = [
    [{ ...WSS, STROWGER_TLS_CERT: cert }, 'tls.incomplete'],
    [{ ...both, STROWGER_TLS_KEY: join(dir, 'none') }, 'tls.unreadable'],
    [{ ...both, STROWGER_TLS_CERT: key }, 'tls.unreadable'],
  ];
  for (const [env, code] of wrong) assert.throws(() => openCertificate(asked(env), NOW_MS), { code });
});
