import assert from 'node:assert/strict';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:https';
import { test } from 'node:test';
import { answerOf, ask, codeOf, far, names, web } from './web-fixture.ts';

/** Made for these tests and trusted by nobody else; for crm.example.com and 127.0.0.1, valid until 2126. */
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQaI/uUPqW3rHFEiB
QBVMdMf5eshsXtKllzWxMQzBbLWhRANCAASZKlFTFnSf0/2VIpaab0syVEHWzjMX
wMy22O72e7yM8ad3/GEXTg6pITCuitnXFaGKxZBDBYg4+2AFXCejrhq3
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBqDCCAU+gAwIBAgIURJQQCwukhV/jdZ034La7neI0ZUEwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNU3Ryb3dnZXIgdGVzdDAgFw0yNjExMjEwODIzMjVaGA8yMTI2
MTAyODA4MjMyNVowGDEWMBQGA1UEAwwNU3Ryb3dnZXIgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABJkqUVMWdJ/T/ZUilppvSzJUQdbOMxfAzLbY7vZ7vIzx
p3f8YRdODqkhMK6K2dcVoYrFkEMFiDj7YAVcJ6OuGrejdTBzMB0GA1UdDgQWBBRX
KwV85ro/vKq37UFj8AALSWO9dDAfBgNVHSMEGDAWgBRXKwV85ro/vKq37UFj8AAL
SWO9dDAPBgNVHRMBAf8EBTADAQH/MCAGA1UdEQQZMBeCD2NybS5leGFtcGxlLmNv
bYcEfwAAATAKBggqhkjOPQQDAgNHADBEAiBRpqSE+zbRgLdySG1HM3aFSOPhVkKw
1bqVbYumbdIviQIgAaeOOJR0vW0O+C6T8qCcmSEh7t1LroZwG4N4VJtje6U=
-----END CERTIFICATE-----`;

const secure = await far(
  undefined,
  (listener: RequestListener) => createServer({ key: KEY, cert: CERTIFICATE }, listener) as unknown as Server,
);
const url = `https://127.0.0.1:${secure.port}/`;

test('https is spoken with whom a trusted certificate is for, by name and by address, over a kept connection, too', async () => {
  const room = web({
    certificates: CERTIFICATE,
    allow: () => ['crm.example.com', '127.0.0.1'],
    lookUp: names({ 'crm.example.com': [['127.0.0.1']] }),
  });
  assert.equal(answerOf(await room.send(ask(url))).body, 'ok');
  for (let n = 0; n < 3; n++) {
    assert.equal(answerOf(await room.send(ask(`https://crm.example.com:${secure.port}/`))).body, 'ok');
  }
  const ports = secure.asked.slice(1).map(({ request }) => request.socket.remotePort);
  assert.equal(new Set(ports).size, 1);
});

test('a certificate that nobody trusts, or one of somebody else, is the network; nothing in the environment turns that off', async () => {
  const before = secure.asked.length;
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const untrusted = await web().send(ask(url));
    assert.equal(codeOf(untrusted), 'web.network');
    assert.equal(!untrusted.ok && untrusted.failure.details?.['reason'], 'DEPTH_ZERO_SELF_SIGNED_CERT');
    const lookUp = names({ 'other.example.com': [['127.0.0.1']] });
    const other = await web({ certificates: CERTIFICATE, lookUp }).send(
      ask(`https://other.example.com:${secure.port}/`),
    );
    assert.equal(!other.ok && other.failure.details?.['reason'], 'ERR_TLS_CERT_ALTNAME_INVALID');
  } finally {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  }
  assert.equal(secure.asked.length, before);
});

test('what speaks no TLS is the network, and who is silent is given up in the time for connecting', async () => {
  const plain = await far();
  const result = await web().send(ask(`https://127.0.0.1:${plain.port}/`, { connectTimeoutMs: 300 }));
  assert.ok(['web.network', 'web.timeout'].includes(codeOf(result)), codeOf(result));
  const silent = await far();
  silent.server.removeAllListeners('connection');
  assert.equal(
    codeOf(await web().send(ask(`https://127.0.0.1:${silent.port}/`, { connectTimeoutMs: 50 }))),
    'web.timeout',
  );
});

test('a redirect never leads from https to http', async () => {
  const plain = await far();
  const sending = await far(
    (_, response) => void response.writeHead(302, { location: plain.url }).end(),
    (listener: RequestListener) => createServer({ key: KEY, cert: CERTIFICATE }, listener) as unknown as Server,
  );
  const result = await web({ certificates: CERTIFICATE }).send(
    ask(`https://127.0.0.1:${sending.port}/`, { redirects: 3 }),
  );
  assert.equal(codeOf(result), 'web.forbidden');
  assert.equal(plain.asked.length, 0);
});
