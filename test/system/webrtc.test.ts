import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { selfSigned } from '../../src/supervisor/self-signed.ts';
import { BrowserPhone } from './browser/browser-phone.ts';
import { chromiumProgram } from './browser/chromium.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// An agent whose telephone is a browser: it registers over WSS, and its sound goes by DTLS-SRTP.

const pair = selfSigned(['localhost', '127.0.0.1'], Date.now());
const certificate = { ...pair, authorities: pair.certificate };
const skip = chromiumProgram === undefined ? 'there is no Chromium' : false;

let scene: Scene;
let phone: BrowserPhone;
before(async () => {
  if (skip) return;
  scene = await Scene.open({ certificate });
  const { exchange } = scene;
  const site = join(exchange.flowsDir, 'site.yaml');
  const text = readFileSync(site, 'utf8');
  writeFileSync(site, text.replace('anna: { ext', 'anna: { phone: { kind: webrtc }, ext'));
  const version = async () => ((await exchange.get('/v1/flows')).body as { version: string }).version;
  const old = await version();
  await until('the browser phone is in the site', async () => (await version()) !== old || undefined);
  const { slot } = exchange;
  const password = await exchange.secrets.phonePassword('anna');
  const page = `http://127.0.0.1:${slot.http}/health`;
  phone = await BrowserPhone.open(page, `wss://127.0.0.1:${slot.wss}/ws`, 'anna', password);
});
after(async () => {
  await phone?.close();
  await scene?.closeUndisturbed();
});

test('a browser registers over WSS, takes a call, and both sides hear each other by DTLS-SRTP', { skip }, async () => {
  await phone.register();
  await until('her phone is there', async () => (await scene.agent('anna')).phone === 'idle' || undefined);
  await scene.exchange.post('/v1/agents/anna/login');
  const { line, from } = await scene.call('200');
  const { offer, answer } = await phone.answer();
  assert.match(offer, /^m=audio \d+ UDP\/TLS\/RTP\/SAVPF /m);
  for (const line of [/^a=fingerprint:/m, /^a=ice-ufrag:/m, /^a=rtcp-mux/m, /^a=rtpmap:\d+ opus\/48000/m]) {
    assert.match(offer, line);
    assert.match(answer, line);
  }
  await scene.stageIs(from, 'talking');
  await line.playTone(1_000);
  await until('the browser hears the caller', async () => (await phone.sound()).energy > 0.01 || undefined);
  assert.equal((await phone.sound()).dtls, 'connected');
  // The microphone of the browser beeps about once a second.
  const heard = await line.listen(1_500);
  assert.ok(Math.max(...heard) > 1_000, 'the caller hears the browser');
  await line.hangUp();
});

test('whoever reaches the port of the browsers from elsewhere does not reach ARI, even with the password', {
  skip,
}, async () => {
  const { slot, secrets } = scene.exchange;
  const authorization = `Basic ${Buffer.from(`strowger:${secrets.ariPassword}`).toString('base64')}`;
  const statusFrom = (localAddress: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const where = { host: '127.0.0.1', port: slot.wss, path: '/ari/channels', localAddress };
      request({ ...where, rejectUnauthorized: false, headers: { authorization } }, (answer) =>
        resolve(answer.statusCode),
      )
        .once('error', reject)
        .end();
    });
  assert.deepEqual([await statusFrom('127.0.0.1'), await statusFrom('127.0.0.66')], [200, 403]);
});
