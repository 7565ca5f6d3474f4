import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { findAsterisk } from '../../src/supervisor/asterisk-tree.ts';
import { takeSlot } from '../system/slot.ts';
import { TONES_HZ } from './config.ts';
import { type FarEnd, startFarEnd } from './far-end.ts';
import { hasTone, toneMs } from './heard-tone.ts';
import { startPlainExchange } from './plain-exchange.ts';
import { tone } from './wav.ts';

/** As many as the busiest test of the exchange has at once. */
const MANY_CALLS = 15;

const program = await findAsterisk(readConfig({}).dataDir);
const skip = program ? false : 'no Asterisk is laid yet: npm start lays one';
const phones = ['anna', 'ben', 'mallory', 'wanda'].map((id) => ({ id, password: `password of ${id}` }));
const from = '+15550001';

let far: FarEnd;
const stops: (() => Promise<void> | void)[] = [];

before(async () => {
  if (!program) return;
  const slot = await takeSlot();
  const dir = mkdtempSync(join(tmpdir(), 'strowger-far-'));
  stops.push(
    () => slot.release(),
    () => rmSync(dir, { recursive: true, force: true }),
  );
  const { ari, rtp } = slot;
  const sip = { host: '127.0.0.1', port: slot.sip };
  // The exchange knows mallory by another password, and wanda not at all.
  const known = phones.slice(0, 3).map((phone) => (phone.id === 'mallory' ? { ...phone, password: 'other' } : phone));
  const exchange = await startPlainExchange({
    program,
    home: join(dir, 'exchange'),
    ports: { ari, sip, rtp },
    phones: known,
  });
  stops.push(exchange.stop);
  const ports = { ari: slot.farAri, sip: slot.farSip, rtp: slot.farRtp };
  far = await startFarEnd({ program, home: join(dir, 'far'), ports, exchange: sip, phones });
  stops.push(far.stop);
  await Promise.all([far.phone('anna').register(), far.phone('ben').register()]);
});

after(async () => {
  for (const stop of stops.reverse()) await stop();
});

test('a caller and a phone hear each other’s tones, and digits arrive', { skip }, async () => {
  const caller = await far.call('700anna', { from });
  const ring = await far.phone('anna').nextRing();
  assert.equal(ring.from.number, from);
  await caller.ringing();
  assert.equal(caller.isAnswered, false);
  await ring.answer();
  await caller.answered();
  await caller.playTone(1_000);
  await ring.playTone(1_900);
  await Promise.all([ring.hears(1_000), caller.hears(1_900)]);
  const heard = await caller.listen(300);
  assert.equal(hasTone(heard, 1_000), false, 'the caller does not hear itself');
  await caller.press('15937#');
  await ring.hearsDigits('15937#');
  await ring.press('2');
  await caller.hearsDigits('2');
  await ring.hangUp();
  assert.equal((await caller.ended()).cause, 16);
});

test('silence is not taken for a tone, and a tone that has stopped is not heard any more', { skip }, async () => {
  const silent = await far.call('600', { from });
  await silent.answered();
  await assert.rejects(silent.hears(1_000, { withinMs: 500 }), /1000 Hz was not heard within 500 ms/);
  await silent.hangUp();

  const caller = await far.call('700anna', { from });
  const ring = await far.phone('anna').nextRing();
  await ring.answer();
  await caller.answered();
  await caller.playTone(1_100);
  await ring.hears(1_100);
  await caller.stopPlaying();
  await ring.listen(100);
  assert.equal(hasTone(await ring.listen(300), 1_100), false);
  await caller.hangUp();
  await ring.ended();
});

test('what a party says is heard, is over when its last sample was sent, and can be broken off', { skip }, async () => {
  const caller = await far.call('700anna', { from });
  const ring = await far.phone('anna').nextRing();
  await ring.answer();
  const listening = await ring.startListening();
  await caller.say(tone(1_540, 400));
  const broken = await caller.startSaying(tone(1_260, 5_000));
  await pause(300);
  await broken.stop();
  await caller.say(tone(1_900, 400));
  const heard = await listening.stopAfter(200);
  assert.ok(toneMs(heard, 1_540) >= 350 && toneMs(heard, 1_900) >= 350);
  assert.ok(toneMs(heard, 1_260) < 1_000, 'what was broken off is not heard to its end');
  await caller.hangUp();
  await ring.ended();
});

test('what is played before the answer is heard', { skip }, async () => {
  const caller = await far.call('601', { from });
  await caller.hears(1_000);
  assert.equal(caller.isAnswered, false);
  await caller.hangUp();
});

test('busy, declined, not answered and given up are told apart', { skip }, async () => {
  const anna = far.phone('anna');
  const causes: number[] = [];
  for (const how of ['busy', 'decline'] as const) {
    const caller = await far.call('700anna', { from });
    await (await anna.nextRing()).reject(how);
    causes.push((await caller.ended()).cause);
  }
  assert.deepEqual(causes, [17, 21]);

  const unanswered = await far.call('701anna', { from });
  const ring = await anna.nextRing();
  assert.equal((await unanswered.ended()).cause, 19);
  assert.equal((await ring.ended()).sipStatus, 487);

  const impatient = await far.call('700anna', { from });
  const brief = await anna.nextRing();
  await impatient.hangUp();
  assert.equal((await brief.ended()).sipStatus, 487);
});

test('a registration appears and goes, and a wrong password or a stranger is refused', { skip }, async () => {
  const ben = far.phone('ben');
  const reached = await far.call('700ben', { from });
  await (await ben.nextRing()).reject('busy');
  assert.equal((await reached.ended()).cause, 17);
  await ben.unregister();
  const lost = await ben.expectNoRingUntil(far.call('700ben', { from }).then((line) => line.ended()));
  assert.notEqual(lost.cause, 17);
  await ben.register();
  const again = await far.call('700ben', { from });
  await (await ben.nextRing()).reject('busy');
  await again.ended();
  await Promise.all(
    ['mallory', 'wanda'].map((id) => assert.rejects(far.phone(id).register(), /refused the registration/)),
  );
});

test('a phone dials a feature code with its password', { skip }, async () => {
  const line = await far.phone('anna').dial('*55');
  await line.answered();
  await line.hearsDigits('2001');
  await line.hangUp();
  const refused = await far.phone('mallory').dial('*55');
  assert.equal((await refused.ended()).sipStatus, 401);
});

test('a wait that is in vain says what was awaited and what was seen instead', { skip }, async () => {
  const caller = await far.call('700anna', { from });
  const ring = await far.phone('anna').nextRing();
  await ring.reject('busy');
  await assert.rejects(caller.answered(), /awaited an answer, but the call has ended\. Seen: ringing, ended \(17 /);
  await assert.rejects(far.phone('ben').nextRing(100), /phone ben: awaited a ring, which did not come within 100 ms/);
});

test('many calls at once each hear their own tone', { skip }, async () => {
  const anna = far.phone('anna');
  const callers = await Promise.all(
    Array.from({ length: MANY_CALLS }, (_, at) => far.call('700anna', { from: `+1555${at}` })),
  );
  await Promise.all(
    callers.map(async () => {
      const ring = await anna.nextRing();
      const at = Number(ring.from.number.slice('+1555'.length));
      await ring.answer();
      await callers[at]!.answered();
      const hz = TONES_HZ[at % TONES_HZ.length]!;
      await callers[at]!.playTone(hz);
      await ring.hears(hz);
      await callers[at]!.press(String(at));
      await ring.hearsDigits(String(at));
      await ring.hangUp();
      assert.equal((await callers[at]!.ended()).cause, 16);
    }),
  );
});
