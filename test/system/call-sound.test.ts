import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Tap } from '../../src/channels/channel.ts';
import { SoundError } from '../../src/channels/voice/sound/sound-error.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../src/media/frames.ts';
import { toneRatio } from '../../src/media/goertzel.ts';
import { hasTone, toneMs } from '../far-end/heard-tone.ts';
import { tone } from '../far-end/wav.ts';
import { LegsScene } from './legs-scene.ts';
import { loudness } from './loudness.ts';
import { until } from './until.ts';

// The living sound of calls on a real Asterisk: what is said comes to us, and what we say is heard, as it is made.

const CALLER = 1000;
const AGENT = 1900;
const OURS = 2600;

let scene: LegsScene;
before(async () => {
  scene = await LegsScene.open();
});
afterEach(() => scene.reset());
after(() => scene?.close());

/** What a tap gives from now on. */
function heardBy(tap: Tap): { frames: Int16Array[]; next(ms: number): Promise<Int16Array> } {
  const frames: Int16Array[] = [];
  tap.onFrame((frame) => frames.push(frame));
  return {
    frames,
    async next(ms) {
      const from = frames.length;
      const wanted = ms / FRAME_MS;
      await until(`${ms} ms were heard`, () => frames.length >= from + wanted || undefined);
      const sound = new Int16Array(wanted * FRAME_SAMPLES);
      for (let at = 0; at < wanted; at++) sound.set(frames[from + at]!, at * FRAME_SAMPLES);
      return sound;
    },
  };
}

/** A tone as an engine makes it: in pieces that fit no frame, faster than it is heard. Counts what was asked for. */
function spoken(lengthMs: number, hz = OURS) {
  const pieceMs = 70;
  const made = { ms: 0, given: 0, ended: false };
  async function* pieces(): AsyncGenerator<Int16Array> {
    try {
      for (; made.ms < lengthMs; made.ms += pieceMs) {
        made.given += 1;
        yield tone(hz, Math.min(pieceMs, lengthMs - made.ms));
      }
    } finally {
      made.ended = true;
    }
  }
  return { made, sound: pieces() };
}

const idsOf = async (what: 'channels' | 'bridges'): Promise<string[]> =>
  ((await scene.ari(what)) as { id: string }[]).map(({ id }) => id);

const left = async (): Promise<string[]> => [...(await idsOf('channels')), ...(await idsOf('bridges'))];

async function onlyLegIsLeft(contactId: string): Promise<void> {
  await until('only the leg is left', async () => (await left()).join() === contactId || undefined, { seen: left });
}

async function nothingIsLeft(): Promise<void> {
  await until('nothing is left', async () => (await left()).length === 0 || undefined, { seen: left });
}

test('a tap hears the caller alone: in silence, over our prompt, over music and in a talk', async () => {
  const { line, contactId } = await scene.caller();
  const tap = await scene.door.live.tap(contactId, contactId);
  const heard = heardBy(tap);
  // The far end sends no packet at all; time goes on all the same.
  assert.ok(loudness(await heard.next(400)) < 30);
  await line.playTone(CALLER);
  scene.do({ do: 'play', contactId, promptId: 'p1', media: [{ sound: 'please-try-call-later' }] });
  await heard.next(200);
  assert.ok(toneMs(await heard.next(500), CALLER) >= 400);
  assert.equal(scene.untold('prompt.finished'), false);
  scene.do({ do: 'stop_prompt', contactId, promptId: 'p1' });
  await scene.saw('prompt.finished', { promptId: 'p1' });
  scene.do({ do: 'start_music', contactId, music: 'default' });
  assert.ok(toneMs(await heard.next(500), CALLER) >= 400);
  scene.do({ do: 'stop_music', contactId });
  const { ring, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'connect', contactId, offerId });
  await ring.playTone(AGENT);
  await line.hears(AGENT);
  const inTalk = await heard.next(500);
  // On a busy machine a packet of the far end comes late.
  assert.ok(toneMs(inTalk, CALLER) >= 400, `${toneMs(inTalk, CALLER)} ms of 500 were heard`);
  assert.equal(hasTone(inTalk, AGENT), false);
  const agents = await scene.door.live.tap(contactId, offerId);
  const fromAgent = await heardBy(agents).next(500);
  assert.deepEqual([hasTone(fromAgent, AGENT), hasTone(fromAgent, CALLER)], [true, false]);
  await line.hangUp();
  await tap.over;
  scene.do({ do: 'release', contactId, offerId });
  await agents.over;
  await nothingIsLeft();
});

test('taps of one leg share a socket, and each frame is its listener\u2019s own', async () => {
  const { line, contactId } = await scene.caller();
  await line.playTone(CALLER);
  const [one, other] = await Promise.all([1, 2].map(() => scene.door.live.tap(contactId, contactId)));
  const [first, second] = [heardBy(one!), heardBy(other!)];
  one!.onFrame((frame) => frame.fill(0));
  await second.next(100);
  const pure = toneRatio(await second.next(400), CALLER);
  assert.ok(pure > 0.9, `${pure} of what was heard is the caller's`);
  assert.equal((await idsOf('channels')).length, 3);
  one!.close();
  await one!.over;
  const at = first.frames.length;
  await second.next(100);
  assert.equal(first.frames.length, at);
  // The next one to listen finds the socket still open.
  other!.close();
  const again = heardBy(await scene.door.live.tap(contactId, contactId));
  await again.next(100);
  assert.equal((await idsOf('channels')).length, 3);
});

test('a leg that is not there cannot be tapped, and nothing of it stays', async () => {
  await assert.rejects(scene.door.live.tap('nobody', 'nobody'), { code: 'ari.not_found' });
  await nothingIsLeft();
});

test('a stream is heard whole, while keys and a tap work, and no more of it is asked for than is soon heard', async () => {
  const { line, contactId } = await scene.caller();
  scene.do({ do: 'start_music', contactId, music: 'default' });
  await line.playTone(CALLER);
  const heard = heardBy(await scene.door.live.tap(contactId, contactId));
  const ear = await line.startListening();
  const { sound } = spoken(1000);
  scene.do({ do: 'play', contactId, promptId: 'p1', media: [{ stream: sound }] });
  const own = await heard.next(300);
  assert.deepEqual([hasTone(own, CALLER), hasTone(own, OURS)], [true, false]);
  await line.press('5');
  assert.equal((await scene.saw('digit.received', { contactId })).digit, '5');
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p1' })).result, 'done');
  // Steps of 50 ms, of which the first and the last are cut.
  const ms = toneMs(await ear.stopAfter(60), OURS);
  assert.ok(ms >= 850 && ms <= 1050, `${ms} ms of 1000 were heard`);
  const long = spoken(60_000);
  scene.do({ do: 'play', contactId, promptId: 'p2', media: [{ stream: long.sound }] });
  await line.hears(OURS);
  scene.do({ do: 'stop_prompt', contactId, promptId: 'p2' });
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p2' })).result, 'done');
  await scene.quietOf(line, OURS);
  assert.ok(long.made.ms < 10_000, `${long.made.ms} ms were asked for`);
  await until('the engine was told to stop', () => long.made.ended || undefined);
});

test('after what was spoken the leg is as before: files are played, it is joined with others, and is spoken to again', async () => {
  const { line, contactId } = await scene.caller();
  // In the order in which they were given, as files are.
  scene.door.live.speak(contactId, 'p1', spoken(200).sound);
  scene.door.live.speak(contactId, 'p2', spoken(200).sound);
  await scene.saw('prompt.finished', { promptId: 'p1' });
  assert.equal(scene.untold('prompt.finished'), false);
  await scene.saw('prompt.finished', { promptId: 'p2' });
  // What is given next takes the place of what is spoken.
  scene.door.live.speak(contactId, 'p3', spoken(20_000).sound);
  await line.hears(OURS);
  scene.do({ do: 'play', contactId, promptId: 'p4', media: [{ sound: 'beep' }] });
  await scene.saw('prompt.finished', { promptId: 'p3' });
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p4' })).result, 'done');
  scene.door.live.speak(contactId, 'p5', spoken(20_000).sound);
  await line.hears(OURS);
  const { ring, offerId } = await scene.agent(contactId, 'anna');
  scene.do({ do: 'connect', contactId, offerId });
  await scene.saw('prompt.finished', { promptId: 'p5' });
  await Promise.all([line.playTone(CALLER), ring.playTone(AGENT)]);
  await Promise.all([line.hears(AGENT), ring.hears(CALLER)]);
  await scene.quietOf(line, OURS);
});

test('what is spoken fails when its source or its socket does, and the call goes on', async () => {
  const { line, contactId } = await scene.caller();
  async function* breaks(): AsyncGenerator<Int16Array> {
    yield tone(OURS, 100);
    throw new Error('the engine died');
  }
  scene.door.live.speak(contactId, 'p1', breaks());
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p1' })).result, 'failed');
  scene.door.live.speak(contactId, 'p2', spoken(20_000).sound);
  await line.hears(OURS);
  const ours = (await idsOf('channels')).find((id) => id !== contactId);
  await scene.ari(`channels/${ours}`, 'DELETE');
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p2' })).result, 'failed');
  await onlyLegIsLeft(contactId);
  scene.door.live.speak(contactId, 'p3', spoken(200).sound);
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p3' })).result, 'done');
  scene.door.live.speak('nobody', 'p4', spoken(200).sound);
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p4' })).result, 'failed');
  // The customer goes in the middle: nobody is told of the end of what nobody hears.
  scene.door.live.speak(contactId, 'p5', spoken(20_000).sound);
  await line.hears(OURS);
  await line.hangUp();
  await scene.saw('contact.ended', { contactId });
  await nothingIsLeft();
  assert.equal(scene.untold('prompt.finished'), false);
});

test('sound that goes over sockets shows in no inventory, and what a crash leaves of it is removed at the next start', async () => {
  const { line, contactId } = await scene.caller();
  // A snoop channel is not let go before its leg has a frame to look at.
  await line.playTone(CALLER);
  await scene.door.live.tap(contactId, contactId);
  scene.door.live.speak(contactId, 'p1', spoken(20_000).sound);
  await line.hears(OURS);
  const { contacts, offers, talks, calls } = await scene.door.inventory();
  assert.deepEqual(
    [contacts.map((one) => one.contactId), offers, talks, calls?.places, calls?.legs, calls?.watches],
    [[contactId], [], [], [], [], []],
  );
  await line.hears(OURS);
  // What kill -9 leaves: sockets end with the program, but a snoop channel and the bridges stay, the leg in one of them.
  await scene.restartDoor();
  const [snoop, bridge] = [`tap.${contactId}-0-snoop`, `voice.${contactId}-0`];
  await scene.ari(`channels/${contactId}/snoop/${snoop}?spy=in&app=strowger&appArgs=sound`, 'POST');
  await scene.ari(`bridges/${bridge}?type=mixing`, 'POST');
  await scene.ari(`bridges/${bridge}/addChannel?channel=${contactId}`, 'POST');
  await scene.door.inventory();
  await onlyLegIsLeft(contactId);
  scene.do({ do: 'play', contactId, promptId: 'p2', media: [{ sound: 'beep' }] });
  assert.equal((await scene.saw('prompt.finished', { promptId: 'p2' })).result, 'done');
  assert.deepEqual(scene.troubles, []);
});

test('a closed door opens no sound any more', async () => {
  const { contactId } = await scene.caller();
  await scene.door.live.tap(contactId, contactId);
  const { live } = scene.door;
  await scene.restartDoor();
  await assert.rejects(live.tap(contactId, contactId), SoundError);
});
