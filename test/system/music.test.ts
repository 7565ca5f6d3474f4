import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { hasTone } from '../far-end/heard-tone.ts';
import { tone, writeWav } from '../far-end/wav.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Each queue has music of its own, made of recordings of the flows folder; callers hear which.

const LOW = 1_100;
const HIGH = 1_900;
const OTHER = 2_300;

const flows = new URL('flows/', import.meta.url);
const files = Object.fromEntries(readdirSync(flows).map((name) => [name, readFileSync(new URL(name, flows), 'utf8')]));
const site = (low: number): string => {
  const text = files['site.yaml']!.replace('sales: { answer', 'sales: { music: low, answer').replace(
    'support: { answer',
    'support: { music: high, answer',
  );
  return `${text}music:\n  low: hum-${low}\n  high: { files: [hum-${HIGH}], shuffled: true }\n`;
};
const hums = Object.fromEntries([LOW, HIGH, OTHER].map((hz) => [`hum-${hz}.wav`, writeWav(tone(hz, 2_000))]));

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files: { ...files, ...hums, 'site.yaml': site(LOW) } });
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

test('who waits hears the music of the queue', async () => {
  const sales = await scene.call('200');
  const support = await scene.call('300');
  await Promise.all([sales.line.hears(LOW), support.line.hears(HIGH)]);
  const [low, high] = await Promise.all([sales.line.listen(400), support.line.listen(400)]);
  assert.deepEqual([hasTone(low, HIGH), hasTone(high, LOW)], [false, false]);
});

test('music that is changed is what new callers hear, and nobody who waits is disturbed', async () => {
  const before = await scene.call('200');
  const beside = await scene.call('300');
  await Promise.all([before.line.hears(LOW), beside.line.hears(HIGH)]);
  const listening = await Promise.all([before.line.startListening(), beside.line.startListening()]);
  writeFileSync(join(scene.exchange.flowsDir, 'site.yaml'), site(OTHER));
  await until('a new caller hears the new music', async () => {
    const { line } = await scene.call('200');
    await line.answered();
    const heard = hasTone(await line.listen(300), OTHER);
    await line.hangUp();
    return heard || undefined;
  });
  const [low = new Int16Array(), high = new Int16Array()] = await Promise.all(listening.map((one) => one.stop()));
  assert.deepEqual([gapMs(low), gapMs(high)], [0, 0]);
  assert.deepEqual([hasTone(low, OTHER), hasTone(high, OTHER)], [false, false]);
});

test('a stream of the network is heard, and asked for again when it broke off', async () => {
  const second = readFileSync(new URL('tone-1540.mp3', import.meta.url));
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'audio/mpeg' });
    // As a station does: a little ahead, then at the pace of the sound.
    response.write(Buffer.concat([second, second]));
    const timer = setInterval(() => response.write(second), 900);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const stream = site(LOW).replace(`low: hum-${LOW}`, `low: { stream: "http://127.0.0.1:${port}/live.mp3" }`);
  writeFileSync(join(scene.exchange.flowsDir, 'site.yaml'), stream);
  await until('the stream is asked for', async () => asked > 0 || undefined);
  const { line } = await scene.call('200');
  await line.hears(1_540);
  server.closeAllConnections();
  await until('it is asked for again', async () => asked > 1 || undefined);
  server.closeAllConnections();
  server.close();
});

/** The longest silence of at least 60 ms; between two rounds of a file there may be a packet's. */
function gapMs(pcm: Int16Array): number {
  const perMs = 8;
  let longest = 0;
  let silentSince = 0;
  for (let at = 0; at < pcm.length; at++) {
    if (Math.abs(pcm[at]!) > 500) silentSince = at;
    longest = Math.max(longest, at - silentSince);
  }
  const ms = Math.floor(longest / perMs);
  return ms < 60 ? 0 : ms;
}
