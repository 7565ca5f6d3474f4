import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Listening } from '../far-end/ears.ts';
import { hasTone } from '../far-end/heard-tone.ts';
import type { Line, Ring } from '../far-end/line.ts';
import { Scene } from './scene.ts';
import { digest, RawSip } from './sip/raw-sip.ts';
import { application } from './torture/application.ts';
import { backward } from './torture/backward.ts';
import { invalid } from './torture/invalid.ts';
import type { TortureMessage } from './torture/message.ts';
import { transaction } from './torture/transaction.ts';
import { valid } from './torture/valid.ts';
import { until } from './until.ts';

// Two people talk while somebody else does his worst to the SIP port. The talk is heard all the time, without a gap; nobody
// comes in who should not; who should does; and the log says who it was. `neighbour` is on the machine itself and trusted,
// `stranger` is not.

const TONE = 1_000;
/** A packet that is late by more than this is heard. */
const GAP_MS_MAX = 200;
const FLOOD = 1_500;

let scene: Scene;
let caller: Line;
let agent: Ring;
let heard: Listening;
let neighbour: RawSip;
let stranger: RawSip;

before(async () => {
  scene = await Scene.open();
  const { sip: port } = scene.exchange.slot;
  neighbour = await RawSip.open('127.0.0.1', { host: '127.0.0.1', port });
  stranger = await RawSip.open('127.0.0.66', { host: '127.0.0.1', port });
  await scene.staff('anna', 'ben');
  const { line, from } = await scene.call('200');
  caller = line;
  agent = await Promise.any(['anna', 'ben'].map((name) => scene.phone(name).nextRing()));
  await agent.answer();
  await scene.stageIs(from, 'talking');
  await caller.playTone(TONE);
  await agent.hears(TONE);
});
beforeEach(async () => {
  heard = await agent.startListening();
});
afterEach(async () => {
  const pcm = await heard.stopAfter(400);
  assert.ok(pcm.length > 1_000 && hasTone(pcm.subarray(-2_400), TONE), 'the talk is heard at the end');
  assert.ok(longestGapMs(pcm) <= GAP_MS_MAX, `a gap of ${longestGapMs(pcm)} ms`);
});
after(async () => {
  neighbour?.close();
  stranger?.close();
  await caller?.hangUp();
  await scene?.closeUndisturbed();
});

/** The longest time without any sound. */
function longestGapMs(pcm: Int16Array): number {
  let longest = 0;
  let soundAt = 0;
  for (let at = 0; at < pcm.length; at++) {
    if (Math.abs(pcm[at]!) > 500) soundAt = at;
    longest = Math.max(longest, at - soundAt);
  }
  return Math.round(longest / 8);
}

/** Asterisk answers as ever: the neighbour's OPTIONS is taken. */
async function stillAnswers(): Promise<void> {
  assert.match(await neighbour.ask(neighbour.request('OPTIONS', '100')), /^SIP\/2\.0 (200|404)/);
}

async function onlyTheTalk(): Promise<void> {
  await until('there is no other call', async () => (await scene.contacts()).length === 1 || undefined, {
    seen: () => scene.contacts(),
  });
}

/** All messages of RFC 4475, as this one would send them. */
function tortureFrom(sender: RawSip): TortureMessage[] {
  const aim = { from: `${sender.address}:${sender.port}`, to: `127.0.0.1:${scene.exchange.slot.sip}` };
  return [valid, invalid, transaction, application, backward].flatMap((section) => section(aim));
}

test('the torture messages of RFC 4475, from a stranger and from a neighbour', async () => {
  for (const sender of [stranger, neighbour]) {
    const messages = tortureFrom(sender);
    assert.equal(new Set(messages.map(({ name }) => name)).size, 49);
    for (const { bytes } of messages) await sender.send(bytes);
  }
  await stillAnswers();
  await onlyTheTalk();
  const answers = stranger.statuses();
  assert.ok(answers.length > 0 && answers.every((status) => status >= 400), 'no request of the stranger was accepted');
});

test('unknown methods, giant headers, and SDP that is none', async () => {
  const sdp = (body: string) => ({ headers: ['Content-Type: application/sdp'], body });
  const head = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n';
  const bodies = [
    'v=0\r\n',
    'nonsense',
    `${head}m=audio\r\n`,
    `${head}c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 99999999 RTP/AVP 0\r\n`,
    `${head}c=IN IP9 nowhere\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n`,
    `${head}c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP ${'9 '.repeat(500)}\r\n`,
    `${head}c=IN IP4 127.0.0.1\r\nt=0 0\r\n${'m=audio 4000 RTP/AVP 0\r\n'.repeat(60)}`,
    `${head}c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 ${'x'.repeat(3_000)}/8000\r\n`,
    `${head}c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=image 4000 udptl t38\r\n`,
  ];
  for (const body of bodies) {
    assert.match(await neighbour.ask(neighbour.request('INVITE', '999', sdp(body))), /^SIP\/2\.0 [4-6]/);
  }
  assert.match(await neighbour.ask(neighbour.request('BREW', '200')), /^SIP\/2\.0 (405|501)/);
  assert.match(await stranger.ask(stranger.request('BREW', '200')), /^SIP\/2\.0 4/);
  for (const bytes of [3_000, 40_000, 60_000]) {
    await neighbour.send(neighbour.request('OPTIONS', '100', { headers: [`X-Giant: ${'a'.repeat(bytes)}`] }));
    await stranger.send(stranger.request('INVITE', 'b'.repeat(bytes / 3)));
  }
  await stillAnswers();
  await onlyTheTalk();
});

test('floods of registrations and calls of a stranger, while a customer comes through', async () => {
  const before = stranger.statuses().length;
  const registrations = stranger.flood(FLOOD, (index) => stranger.request('REGISTER', `${1000 + index}`));
  const calls = stranger.flood(FLOOD, () => stranger.request('INVITE', '200', { from: 'anna' }));
  const { line, from } = await scene.call('300');
  await line.answered();
  await scene.stageIs(from, 'waiting');
  await Promise.all([registrations, calls]);
  const answers = stranger.statuses().slice(before);
  await stillAnswers();
  await line.hangUp();
  await onlyTheTalk();
  assert.ok(answers.length > 0 && answers.every((status) => status >= 400), 'no request of the stranger was accepted');
  assert.match(scene.exchange.asteriskLog(), /failed for '127\.0\.0\.66:.* No matching endpoint found after \d+ tries/);
});

test('guessed passwords open nothing, and the log names the account and the address', async () => {
  const uri = `sip:anna@127.0.0.1:${scene.exchange.slot.sip}`;
  for (let guess = 0; guess < 20; guess++) {
    const challenge = await stranger.ask(stranger.request('REGISTER', 'anna', { from: 'anna' }));
    assert.match(challenge, /^SIP\/2\.0 401/);
    const headers = [digest(challenge, 'REGISTER', 'anna', `guess-${guess}`, uri)];
    const answer = await stranger.ask(stranger.request('REGISTER', 'anna', { from: 'anna', headers }));
    assert.match(answer, /^SIP\/2\.0 401/);
  }
  const log = await until('the offender stands in the log', async () => {
    const text = scene.exchange.asteriskLog('security');
    return /ChallengeResponseFailed|InvalidPassword/.test(text) ? text : undefined;
  });
  const line = log.split('\n').find((one) => /ChallengeResponseFailed|InvalidPassword/.test(one));
  assert.match(line!, /AccountID="anna".*RemoteAddress="IPV4\/UDP\/127\.0\.0\.66\//);
  assert.match(scene.exchange.asteriskLog(), /'REGISTER' from .* failed for '127\.0\.0\.66:/);
});
