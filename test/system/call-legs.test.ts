import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { hasTone, toneMs } from '../far-end/heard-tone.ts';
import { tone } from '../far-end/wav.ts';
import { joined, silence, tones } from '../media/sounds.ts';
import { spoken } from '../spoken/voices.ts';
import { LegsScene } from './legs-scene.ts';
import { loudness } from './loudness.ts';
import { until } from './until.ts';

// The door to the telephone by itself, on a real Asterisk: every command about calls of more than two, with real sound.

let scene: LegsScene;
before(async () => {
  scene = await LegsScene.open();
});
afterEach(() => scene.reset());
after(() => scene?.close());

test('a number is dialled by its trunk with our number and header, rings, answers, and is joined with the caller', async () => {
  const { line, contactId } = await scene.caller();
  const legId = scene.dial(contactId, 'dial', '+49301234', { headers: { 'X-Ticket': 'T-77' } });
  const ring = await scene.far.outside.nextRing();
  assert.deepEqual(ring.called, { number: '+49301234', ticket: 'T-77' });
  assert.equal(ring.from.number, '+49211555');
  await ring.ring();
  await scene.saw('leg.rang', { contactId, legId });
  await ring.answer();
  await scene.saw('leg.answered', { contactId, legId });
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, legId] });
  await Promise.all([line.playTone(1000), ring.playTone(1900)]);
  await Promise.all([ring.hears(1000), line.hears(1900)]);
  scene.do({ do: 'drop_leg', contactId, legId });
  assert.equal((await scene.saw('leg.ended', { legId })).cause, 'hung_up');
});

test('legs that cannot be reached, are refused or hang up end with their cause', async () => {
  const { contactId } = await scene.caller();
  const unreachable = scene.dial(contactId, 'dial', '+49', {
    way: { trunkId: 'none', number: '+49', callerId: '+49', attempt: 0 },
  });
  assert.equal((await scene.saw('leg.ended', { legId: unreachable })).cause, 'unavailable');
  const busy = scene.dial(contactId, 'transfer', '+492');
  await (await scene.far.outside.nextRing()).hangUp('busy');
  assert.equal((await scene.saw('leg.ended', { legId: busy })).cause, 'busy');
  const refused = scene.dial(contactId, 'dial', 'ben');
  await (await scene.far.phone('ben').nextRing()).reject('decline');
  assert.equal((await scene.saw('leg.ended', { legId: refused })).cause, 'rejected');
  const taken = scene.dial(contactId, 'dial', 'ben');
  const ring = await scene.far.phone('ben').nextRing();
  scene.do({ do: 'drop_leg', contactId, legId: taken });
  await ring.ended();
  await scene.saw('leg.ended', { legId: taken });
});

test('a customer whom we called is found by the contact: keys, prompts, music, talk and hang-up', async () => {
  const contactId = 'placed-1';
  const { legId, ring } = await scene.dialled(contactId, 'contact', '+49301');
  await ring.press('7');
  assert.equal((await scene.saw('digit.received', { contactId })).digit, '7');
  scene.do({ do: 'play', contactId, promptId: 'p1', media: [{ digits: '1' }] });
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p1' })).contactId, contactId);
  const { ring: agent, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'connect', contactId, offerId });
  await Promise.all([ring.playTone(1000), agent.playTone(1900)]);
  await Promise.all([agent.hears(1000), ring.hears(1900)]);
  scene.do({ do: 'release', contactId, offerId });
  await scene.saw('offer.ended', { offerId });
  scene.do({ do: 'hangup', contactId, cause: 'normal' });
  assert.equal((await scene.saw('leg.ended', { legId })).contactId, contactId);
  assert.equal(scene.untold('contact.ended'), false);
});

test('hold and consult: the customer hears music, agent and the other hear each other aside, then all three in one talk', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await Promise.all([line.playTone(1000), ring.playTone(1900)]);
  await line.hears(1900);
  scene.do({ do: 'part', contactId, place: 'talk', legIds: [contactId, offerId] });
  scene.do({ do: 'start_leg_music', contactId, legId: contactId, music: 'default' });
  const { legId, ring: other } = await scene.dialled(contactId, 'consult', '+4977');
  scene.do({ do: 'join', contactId, place: 'aside', legIds: [offerId, legId] });
  await other.playTone(2300);
  await Promise.all([ring.hears(2300), other.hears(1900)]);
  const heard = await line.listen(400);
  assert.ok(loudness(heard) > 100, 'the customer hears music');
  assert.ok(!hasTone(heard, 1900) && !hasTone(heard, 2300), 'the customer hears nothing of the consult');
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, offerId, legId] });
  scene.do({ do: 'dissolve', contactId, place: 'aside' });
  await Promise.all([line.hears(2300), line.hears(1900), other.hears(1000), ring.hears(1000)]);
});

test('legs are joined although a prompt still plays to one of them, and a prompt is heard by one leg alone', async () => {
  const { line, contactId } = await scene.caller();
  const { ring, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'play_to', contactId, legId: offerId, promptId: 'w1', media: [{ tone: 'ring' }] });
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, offerId] });
  assert.equal((await scene.saw('prompt.finished', { promptId: 'w1' })).contactId, contactId);
  await ring.playTone(1900);
  await line.hears(1900);
  scene.do({ do: 'play_to', contactId, legId: offerId, promptId: 'w2', media: [{ tone: '1540' }] });
  await ring.hears(1540);
  assert.ok(!hasTone(await line.listen(300), 1540), 'the customer hears nothing of it');
  scene.do({ do: 'stop_prompt', contactId, promptId: 'w2' });
  await scene.saw('prompt.finished', { promptId: 'w2' });
});

test('a tone of a life before this one keeps nobody from being joined, and no other caller waiting', async () => {
  const { line, contactId } = await scene.caller();
  const { ring, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'play_to', contactId, legId: offerId, promptId: 'ringing', media: [{ tone: 'ring' }] });
  await until('the tone is heard', async () => loudness(await ring.listen(300)) > 100 || undefined);
  await scene.restartDoor();
  await scene.door.inventory();
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, offerId] });
  await scene.caller();
  await ring.playTone(1900);
  await line.hears(1900);
});

test('a leg that has ended meanwhile does not keep the others apart', async () => {
  const { line, contactId } = await scene.caller();
  const { ring, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, `${contactId}.l0-gone`, offerId] });
  await ring.playTone(1900);
  await line.hears(1900);
  assert.deepEqual(scene.troubles, []);
});

test('a muted leg is not heard but hears, and keys of all legs are told', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await Promise.all([line.playTone(1000), ring.playTone(1900)]);
  await line.hears(1900);
  scene.do({ do: 'mute', contactId, legId: offerId, muted: true });
  await ring.hears(1000);
  assert.ok(!hasTone(await line.listen(300), 1900));
  scene.do({ do: 'mute', contactId, legId: offerId, muted: false });
  await line.hears(1900);
  await ring.press('*1');
  await scene.saw('leg.pressed', { contactId, legId: offerId, digit: '*' });
  await scene.saw('leg.pressed', { contactId, legId: offerId, digit: '1' });
  await line.press('5');
  await scene.saw('digit.received', { contactId, digit: '5' });
});

test('tones are sent to the customer', async () => {
  const { line, contactId } = await scene.caller();
  scene.do({ do: 'send_dtmf', contactId, digits: '4w2#', toneMs: 100 });
  // One by one: a far end that is short of time takes one tone for two.
  for (const digit of '42#') await line.hearsDigits(digit);
});

test('the hold button of a phone is told, the customer hears music, and again when it is retrieved', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await ring.playTone(1900);
  await line.hears(1900);
  await ring.hold();
  await scene.saw('leg.held', { contactId, legId: offerId });
  assert.ok(loudness(await line.listen(300)) > 100);
  await ring.retrieve();
  await scene.saw('leg.retrieved', { contactId, legId: offerId });
});

test('a talk is recorded with each side by itself, a pause is silence of the same length, and both files are fetched', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await Promise.all([line.playTone(1000), ring.playTone(1900)]);
  await line.hears(1900);
  const recordingId = scene.newId(contactId, 'r');
  scene.do({ do: 'record', contactId, recordingId, sides: { left: contactId, right: offerId } });
  await ring.listen(400);
  scene.do({ do: 'pause_recording', contactId, recordingId, paused: true });
  await ring.listen(400);
  scene.do({ do: 'pause_recording', contactId, recordingId, paused: false });
  await ring.listen(400);
  scene.do({ do: 'stop_recording', contactId, recordingId, discard: false });
  const { files, result, durationMs } = await scene.saw('recording.finished', { recordingId });
  assert.deepEqual([result, files], ['done', [`${recordingId}-left`, `${recordingId}-right`]]);
  const [left, right] = await Promise.all([scene.sound(files[0]!), scene.sound(files[1]!)]);
  assert.ok(Math.abs(left.length - right.length) <= 320, `as long as each other: ${left.length} and ${right.length}`);
  assert.ok(Math.abs(left.length / 8 - durationMs) < 250, `${left.length / 8} ms, told as ${durationMs} ms`);
  for (const [side, hz, others] of [
    [left, 1000, 1900],
    [right, 1900, 1000],
  ] as const) {
    assert.ok(toneMs(side, hz) >= 500 && toneMs(side, hz) <= durationMs - 300, `${toneMs(side, hz)} ms of ${hz} Hz`);
    assert.ok(!hasTone(side, others), 'no side has the other one in it');
  }
  for (const name of files) await scene.door.sound.deleteStored(name);
  assert.deepEqual(await scene.door.sound.listStored(), []);
  await assert.rejects(scene.door.sound.storedFile(files[0]!), { code: 'ari.not_found' });
  await line.hears(1900);
});

test('a discarded recording leaves nothing, and one that is stopped at once ends, too', async () => {
  const { line, contactId, offerId } = await scene.talk();
  const sides = { left: contactId, right: offerId };
  const atOnce = scene.newId(contactId, 'r');
  scene.do({ do: 'record', contactId, recordingId: atOnce, sides });
  scene.do({ do: 'stop_recording', contactId, recordingId: atOnce, discard: false });
  assert.deepEqual((await scene.saw('recording.finished', { recordingId: atOnce })).files, []);
  const discarded = scene.newId(contactId, 'r');
  scene.do({ do: 'record', contactId, recordingId: discarded, sides });
  await line.listen(300);
  scene.do({ do: 'stop_recording', contactId, recordingId: discarded, discard: true });
  const { result, files } = await scene.saw('recording.finished', { recordingId: discarded });
  assert.deepEqual([result, files], ['done', []]);
  assert.deepEqual(await scene.door.sound.listStored(), []);
});

test('a message ends by a silence and is as long as what was said, and one whose caller hangs up is kept', async () => {
  const { line, contactId } = await scene.caller();
  const message = { maxMs: 10_000, silenceMs: 1000, beep: true };
  const sides = { left: contactId, right: null };
  const first = scene.newId(contactId, 'r');
  await line.playTone(1000);
  scene.do({ do: 'record', contactId, recordingId: first, sides, message });
  await line.listen(1200);
  // The far end sends nothing at all from here on, as a phone with silence suppression does.
  await line.stopPlaying();
  const { durationMs, files } = await scene.saw('recording.finished', { recordingId: first });
  const saidMs = toneMs(await scene.sound(files[0]!), 1000);
  assert.ok(saidMs > 500 && Math.abs(durationMs - saidMs) <= 300, `${saidMs} ms said, told as ${durationMs} ms`);
  const second = scene.newId(contactId, 'r');
  await line.playTone(1000);
  scene.do({ do: 'record', contactId, recordingId: second, sides, message: { ...message, beep: false } });
  await line.listen(500);
  await line.hangUp();
  const kept = await scene.saw('recording.finished', { recordingId: second });
  assert.ok(hasTone(await scene.sound(kept.files[0]!), 1000));
  for (const name of [...files, ...kept.files]) await scene.door.sound.deleteStored(name);
});

test('what cannot be played is told as failed: no such sound, no such recording, a leg that only rings (ARI traps 12 to 14)', async () => {
  const { contactId } = await scene.caller();
  const failed = async (promptId: string) =>
    assert.equal((await scene.saw('prompt.finished', { contactId, promptId }, 3000)).result, 'failed', promptId);
  scene.do({ do: 'play', contactId, promptId: 'sound', media: [{ sound: 'no-such-sound' }] });
  await failed('sound');
  const legId = scene.dial(contactId, 'dial', 'ben');
  await scene.far.phone('ben').nextRing();
  scene.do({ do: 'play_to', contactId, legId, promptId: 'ringing', media: [{ digits: '1' }] });
  await failed('ringing');
  scene.do({ do: 'play', contactId, promptId: 'recording', media: [{ recording: 'no-such-recording' }] });
  await failed('recording');
});

test('a supervisor listens unheard, whispers to the agent alone, barges in, and takes over', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await Promise.all([line.playTone(1000), ring.playTone(1900)]);
  await line.hears(1900);
  const { legId, ring: susi } = await scene.dialled(contactId, 'watch', 'susi');
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'listen' });
  await susi.playTone(2300);
  await Promise.all([susi.hears(1000), susi.hears(1900)]);
  assert.ok(!hasTone(await ring.listen(300), 2300), 'the agent does not hear who listens');
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'whisper' });
  await Promise.all([ring.hears(2300), ring.hears(1000)]);
  assert.ok(!hasTone(await line.listen(300), 2300), 'the customer does not hear the whisper');
  scene.do({ do: 'part', contactId, place: 'talk', legIds: [contactId, offerId] });
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, offerId] });
  await Promise.all([ring.hears(2300), susi.hears(1000), susi.hears(1900)]);
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'barge' });
  await Promise.all([line.hears(2300), ring.hears(2300), susi.hears(1000)]);
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'listen' });
  await scene.quietOf(line, 2300);
  await susi.hears(1000);
  scene.do({ do: 'join', contactId, place: 'talk', legIds: [contactId, legId] });
  scene.do({ do: 'withdraw', offerId });
  await scene.saw('offer.ended', { offerId });
  await Promise.all([line.hears(2300), susi.hears(1000)]);
  await scene.bridgesAre([`talk-${contactId}`]);
  await susi.hangUp();
  await scene.saw('leg.ended', { legId });
});

test('who is watched hangs up: the supervisor is left alone and the watch is over', async () => {
  const { contactId, ring, offerId } = await scene.talk();
  const { legId } = await scene.dialled(contactId, 'watch', 'susi');
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'listen' });
  await scene.bridgesAre([`talk-${contactId}`, `watch-${legId}`]);
  await ring.hangUp();
  await scene.saw('offer.ended', { offerId });
  await scene.bridgesAre([`talk-${contactId}`]);
});

test('the detector tells a person, a machine and a fax from each other, at the answer', async () => {
  const voice = { engine: 'flite', name: 'rms', speed: 1 } as const;
  const sounds = {
    '+49301': { who: 'human', sound: await spoken('Hello, this is Bob.', voice) },
    '+49302': {
      who: 'machine',
      sound: await spoken('You have reached Bob and Mary Miller, please leave us your name and your number.', voice),
    },
    '+49303': { who: 'fax', sound: tone(2100, 2_600) },
    '+49304': { who: 'machine', sound: tone(1000, 400) },
  } as const;
  const numbers = Object.keys(sounds) as (keyof typeof sounds)[];
  const legs = numbers.map((number, at) => {
    const legId = scene.dial(`placed-${at}`, 'contact', number, { detectMachine: true });
    return { legId, number };
  });
  for (const _ of legs) {
    const ring = await scene.far.outside.nextRing();
    await ring.answer();
    await ring.startSaying(sounds[ring.called.number as keyof typeof sounds].sound);
  }
  for (const { legId, number } of legs) {
    const { verdict } = await scene.saw('leg.answered', { legId }, 8000);
    assert.equal(verdict, sounds[number].who, number);
  }
});

test('the end of a greeting is its beep, and until then nothing is told', async () => {
  const { contactId, line } = await scene.caller();
  const voice = { engine: 'flite', name: 'rms', speed: 1 } as const;
  const greeting = await spoken('Nobody is at home. Please leave a message after the tone.', voice);
  scene.do({ do: 'detect_machine', contactId, listenMs: 30_000, words: 0, greetingOnly: true });
  const startedAtMs = Date.now();
  await line.startSaying(joined(greeting, silence(1_500), tones(300, -15, 1_000)));
  assert.equal((await scene.saw('machine.detected', { contactId }, 12_000)).verdict, 'machine');
  const wholeMs = greeting.length / 8 + 1_800;
  const lateMs = Date.now() - startedAtMs - wholeMs;
  assert.ok(lateMs > -100 && lateMs < 1_500, `told ${lateMs} ms after the end of the beep`);
  scene.do({ do: 'play', contactId, promptId: 'message', media: [{ tone: '1540' }] });
  await line.hears(1540);
});

test('a number that is busy, and one who hangs up on the detector, end as legs', async () => {
  const busy = scene.dial('placed-4', 'contact', '+49304', { detectMachine: true });
  const first = await scene.far.outside.nextRing();
  await first.ring();
  await scene.saw('leg.rang', { legId: busy });
  await first.hangUp('busy');
  assert.equal((await scene.saw('leg.ended', { legId: busy })).cause, 'busy');
  const short = scene.dial('placed-5', 'contact', '+49305', { detectMachine: true });
  const second = await scene.far.outside.nextRing();
  await second.answer();
  await second.listen(200);
  await second.hangUp();
  assert.equal((await scene.saw('leg.ended', { legId: short })).cause, 'hung_up');
  assert.equal(scene.untold('leg.answered'), false);
});

test('the detector listens to a call that is up, which is ours again afterwards and has not ended meanwhile', async () => {
  const { contactId, line } = await scene.caller();
  scene.do({ do: 'detect_machine', contactId, listenMs: 500, words: 3 });
  assert.equal((await scene.saw('machine.detected', { contactId })).verdict, 'unknown');
  scene.do({ do: 'play', contactId, promptId: 'after', media: [{ tone: '1540' }] });
  await line.hears(1540);
  scene.do({ do: 'detect_machine', contactId, listenMs: 5000, words: 3 });
  await line.listen(200);
  assert.equal(scene.untold('contact.ended'), false);
  await line.hangUp();
  await scene.saw('contact.ended', { contactId });
});

test('the transfer button of a phone: the customer stays with us and the wish is told', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  await ring.playTone(1900);
  await line.hears(1900);
  await ring.refer(scene.address('200'));
  const wish = await scene.saw('leg.referred', { contactId });
  assert.deepEqual([wish.legId, wish.to], [offerId, '200']);
  await scene.saw('offer.ended', { offerId });
  scene.do({ do: 'play', contactId, promptId: 'r1', media: [{ tone: '1540' }] });
  await line.hears(1540);
  assert.equal(scene.untold('contact.ended'), false);
  await line.hangUp();
  await scene.saw('contact.ended', { contactId });
});

test('the transfer button of a customer’s phone changes nothing', async () => {
  const { line, contactId, ring } = await scene.talk();
  await ring.playTone(1900);
  await line.hears(1900);
  await line.refer(scene.address('200'));
  await line.hears(1900);
  assert.equal(scene.untold('contact.arrived') || scene.untold('leg.referred'), false);
  await line.hangUp();
  await scene.saw('contact.ended', { contactId });
});

test('two calls of a phone joined by its transfer button: the customer stays with us, and the number of the second call is told', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  const second = await scene.far.phone('anna').dial('200');
  const { contactId: own } = await scene.saw('contact.arrived', { to: '200' });
  scene.do({ do: 'answer', contactId: own });
  await second.answered();
  await ring.refer(await scene.addressReplacing('200', own));
  const wish = await scene.saw('leg.referred', { contactId });
  assert.deepEqual([wish.legId, wish.to], [offerId, '200']);
  await scene.saw('offer.ended', { offerId });
  scene.do({ do: 'play', contactId, promptId: 'r2', media: [{ tone: '1540' }] });
  await line.hears(1540);
  await second.hangUp();
  await scene.saw('contact.ended', { contactId: own });
  assert.equal(scene.untold('contact.ended'), false);
});

test('another phone takes the place of a leg (SIP Replaces): the talk goes on there, and the leg is the same to us (ARI trap 19)', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  const headers = { Replaces: await scene.replaces(offerId) };
  const other = await scene.far.call('100', { from: '+15559999', headers });
  await other.answered();
  await ring.ended();
  await other.playTone(2300);
  await line.hears(2300);
  assert.equal(scene.untold('offer.ended') || scene.untold('contact.arrived'), false);
  await other.press('8');
  await scene.saw('leg.pressed', { contactId, legId: offerId, digit: '8' });
  await scene.restartDoor();
  assert.deepEqual(
    (await scene.door.inventory()).offers.map((one) => one.offerId),
    [offerId],
  );
  scene.do({ do: 'release', contactId, offerId });
  await scene.saw('offer.ended', { offerId });
  await other.ended();
});

test('a conference is one place for several contacts', async () => {
  const [one, two] = [await scene.caller(), await scene.caller()];
  for (const { contactId } of [one, two]) {
    scene.do({ do: 'join', contactId, place: 'room.monday', legIds: [contactId] });
  }
  await Promise.all([one.line.playTone(1000), two.line.playTone(1900)]);
  await Promise.all([two.line.hears(1000), one.line.hears(1900)]);
  await scene.bridgesAre(['room-monday']);
  scene.do({ do: 'dissolve', contactId: one.contactId, place: 'room.monday' });
  await scene.bridgesAre([]);
});

test('a door that knows nothing finds legs, places, watches and recordings again, and goes on with them', async () => {
  const { line, contactId, ring, offerId } = await scene.talk();
  const { legId, ring: susi } = await scene.dialled(contactId, 'watch', 'susi');
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'listen' });
  const recordingId = scene.newId(contactId, 'r');
  scene.do({ do: 'record', contactId, recordingId, sides: { left: contactId, right: offerId } });
  const ringing = scene.dial('placed-9', 'contact', '+49309');
  await (await scene.far.outside.nextRing()).ring();
  await scene.saw('leg.rang', { legId: ringing });
  await scene.bridgesAre([`talk-${contactId}`, `watch-${legId}`]);
  await scene.restartDoor();
  const { calls, contacts, offers } = await scene.door.inventory();
  assert.deepEqual([contacts.map((one) => one.contactId), offers.map((one) => one.offerId)], [[contactId], [offerId]]);
  assert.deepEqual(
    new Set(calls!.legs),
    new Set([
      { legId, contactId, purpose: 'watch', up: true },
      { legId: ringing, contactId: 'placed-9', purpose: 'contact', up: false },
    ]),
  );
  assert.deepEqual(
    calls!.places.map(({ legIds, ...place }) => ({ ...place, legIds: new Set(legIds) })),
    [{ place: 'talk', contactId, legIds: new Set([contactId, offerId]) }],
  );
  assert.deepEqual(calls!.watches, [{ legId, targetLegId: offerId }]);
  const files = [`${recordingId}-left`, `${recordingId}-right`];
  assert.deepEqual(calls!.recordings, [{ recordingId, contactId, running: true, files }]);
  await Promise.all([susi.playTone(2300), line.playTone(1000)]);
  scene.do({ do: 'watch', contactId, legId, targetLegId: offerId, mode: 'whisper' });
  await ring.hears(2300);
  scene.do({ do: 'stop_recording', contactId, recordingId, discard: false });
  assert.deepEqual((await scene.saw('recording.finished', { recordingId })).files, files);
  await ring.press('3');
  await scene.saw('leg.pressed', { contactId, legId: offerId });
  scene.do({ do: 'drop_leg', contactId: 'placed-9', legId: ringing });
  await scene.saw('leg.ended', { legId: ringing });
  scene.door.remove([{ recording: recordingId }, { watch: legId }, { place: 'talk', contactId }]);
  await scene.bridgesAre([]);
  assert.deepEqual(await scene.door.sound.listStored(), []);
});

test('a recording whose channel was made just before a crash is begun by the next life, and a second order changes nothing', async () => {
  const { line, contactId, offerId } = await scene.talk();
  const recordingId = scene.newId(contactId, 'r');
  for (const [side, channelId] of [
    ['left', contactId],
    ['right', offerId],
  ]) {
    // As the door asks for it, but nobody takes it up when it is there.
    const snoop = `${recordingId}-${side}?spy=in&app=strowger&appArgs=nobody`;
    await scene.ari(`channels/${channelId}/snoop/${snoop}`, 'POST');
  }
  await scene.restartDoor();
  await scene.door.inventory();
  const files = [`${recordingId}-left`, `${recordingId}-right`];
  await until('both sides are recorded', async () => (await scene.door.sound.listStored()).length === 2 || undefined);
  scene.do({ do: 'record', contactId, recordingId, sides: { left: contactId, right: offerId } });
  await line.playTone(1000);
  scene.do({ do: 'stop_recording', contactId, recordingId, discard: false });
  assert.deepEqual((await scene.saw('recording.finished', { recordingId })).files, files);
});

test('a persistent line: offers come on it after a tone without ringing, and it stays when they end', async () => {
  scene.do({ do: 'open_line', agentId: 'ben' });
  const ring = await scene.far.phone('ben').nextRing();
  await ring.answer();
  await scene.saw('line.opened', { agentId: 'ben' });
  await ring.playTone(1900);
  const rings = scene.far.phone('ben').ringCount;
  for (const times of [1, 2]) {
    const { line, contactId } = await scene.caller();
    const offerId = scene.newId(contactId, 'o');
    scene.do({ do: 'ring', offerId, contactId, agentId: 'ben', from: '+1', deadlineMs: Date.now() + 5000 });
    await scene.saw('offer.rang', { offerId });
    await scene.saw('offer.answered', { offerId });
    scene.do({ do: 'connect', contactId, offerId });
    await line.playTone(1000);
    await Promise.all([ring.hears(1000), line.hears(1900)]);
    if (times === 2) {
      await scene.restartDoor();
      const { offers, calls } = await scene.door.inventory();
      assert.deepEqual(offers, [{ offerId, agentId: 'ben', up: true }]);
      assert.deepEqual(calls?.lines, [{ agentId: 'ben', up: true }]);
    }
    scene.do({ do: 'release', contactId, offerId });
    await scene.saw('offer.ended', { offerId });
    await scene.quietOf(ring, 1000);
    await line.hangUp();
  }
  const { contactId } = await scene.caller();
  const withdrawn = scene.newId(contactId, 'o');
  scene.do({ do: 'ring', offerId: withdrawn, contactId, agentId: 'ben', from: '+1', deadlineMs: Date.now() + 5000 });
  scene.do({ do: 'withdraw', offerId: withdrawn });
  await scene.saw('offer.failed', { offerId: withdrawn });
  assert.equal(scene.far.phone('ben').ringCount, rings);
  assert.equal(ring.hasEnded, false);
  scene.do({ do: 'close_line', agentId: 'ben' });
  await scene.saw('line.closed', { agentId: 'ben' });
  await ring.ended();
});

test('who hangs up a persistent line ends its offer and the line, and one that cannot be opened is told', async () => {
  scene.do({ do: 'open_line', agentId: 'ben' });
  const ring = await scene.far.phone('ben').nextRing();
  await ring.answer();
  await scene.saw('line.opened', { agentId: 'ben' });
  const { contactId } = await scene.caller();
  const offerId = scene.newId(contactId, 'o');
  scene.do({ do: 'ring', offerId, contactId, agentId: 'ben', from: '+1', deadlineMs: Date.now() + 5000 });
  await scene.saw('offer.answered', { offerId });
  scene.do({ do: 'connect', contactId, offerId });
  await ring.hangUp();
  await scene.saw('offer.ended', { offerId });
  await scene.saw('line.closed', { agentId: 'ben' });
  scene.do({ do: 'open_line', agentId: 'ben' });
  await (await scene.far.phone('ben').nextRing()).reject('decline');
  assert.equal((await scene.saw('line.closed', { agentId: 'ben' })).cause, 'rejected');
});
