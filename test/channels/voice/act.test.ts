import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandOf } from '../../../src/model/command.ts';
import { channel, doorAlone, refused } from './door-alone.ts';

const DIAL: CommandOf<'dial'> = {
  do: 'dial',
  contactId: 'c',
  legId: 'c.l1-a',
  purpose: 'dial',
  target: { to: 'number', number: '+49301' },
  way: { trunkId: 'far', number: '0049301', callerId: '+49211', attempt: 0 },
  deadlineMs: 1_700_000_020_000,
  detectMachine: false,
  headers: {},
};

const RING: CommandOf<'ring'> = {
  do: 'ring',
  offerId: 'c.o1-a',
  contactId: 'c',
  agentId: 'anna',
  from: '+1',
  deadlineMs: 1_700_000_020_000,
};

test('a call of caller and agent takes as many requests as ever: one to answer, one to ring, three to join', () => {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['caller'], channel: channel('c', { state: 'Ring' }) });
  assert.deepEqual(door.askedNow(), []);
  door.do({ do: 'answer', contactId: 'c' });
  door.hear({ type: 'ChannelStateChange', channel: channel('c') });
  door.do(RING);
  assert.deepEqual(door.askedNow(), ['channels.answer', 'channels.originateWithId']);
  door.hear({ type: 'StasisStart', args: ['agent'], channel: channel('c.o1-a') });
  door.do({ do: 'connect', contactId: 'c', offerId: 'c.o1-a' });
  assert.deepEqual(door.askedNow(), ['channels.stopMoh', 'bridges.createWithId', 'bridges.addChannel']);
  door.do({ do: 'release', contactId: 'c', offerId: 'c.o1-a' });
  // First the leg, then the bridge: the other way round its cause would be lost (ARI trap 27).
  assert.deepEqual(door.askedNow(), ['channels.hangup', 'bridges.removeChannel', 'bridges.destroy']);
});

test('a customer is out of a bridge before it goes: what is played meanwhile would never begin and never end', () => {
  const door = doorAlone();
  door.do({ do: 'dissolve', contactId: 'c', place: 'aside' });
  assert.deepEqual(door.askedNow(), ['bridges.destroy'], 'a customer who is gone is in no bridge');
  door.hear({ type: 'StasisStart', args: ['caller'], channel: channel('c') });
  door.do({ do: 'dissolve', contactId: 'c', place: 'aside' });
  assert.deepEqual(door.askedNow(), ['bridges.removeChannel', 'bridges.destroy']);
});

test('an agent who hung up is not hung up once more', () => {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['caller'], channel: channel('c') });
  door.do(RING);
  door.hear({ type: 'StasisStart', args: ['agent'], channel: channel('c.o1-a') });
  door.do({ do: 'connect', contactId: 'c', offerId: 'c.o1-a' });
  door.hear({ type: 'ChannelHangupRequest', channel: channel('c.o1-a'), cause: 16 });
  door.hear({ type: 'StasisEnd', channel: channel('c.o1-a') });
  door.askedNow();
  door.do({ do: 'release', contactId: 'c', offerId: 'c.o1-a' });
  assert.deepEqual(door.askedNow(), ['bridges.removeChannel', 'bridges.destroy']);
});

test('a leg is known before it is asked for, so that no event of it comes too early (ARI trap 7)', () => {
  const door = doorAlone();
  door.do(DIAL);
  door.hear({ type: 'ChannelStateChange', channel: channel('c.l1-a', { state: 'Ringing' }) });
  assert.deepEqual(
    door.events.map(({ kind }) => kind),
    ['leg.rang'],
  );
});

test('numbers and headers cannot say more than they should', () => {
  const door = doorAlone();
  const headers = { 'X-Ticket': 'a\r\nVia: b', Via: 'c', 'X-A)': 'd', 'x-long': 'e'.repeat(500) };
  door.do({ ...DIAL, headers, way: { ...DIAL.way!, number: '49/@301;x', callerId: '"Eve" <666>' } });
  const { endpoint, callerId, variables } = door.asked[0]!.parameters as Record<string, string> & { variables: object };
  assert.equal(endpoint, 'PJSIP/49301x@trunk-far');
  assert.equal(callerId, 'Eve666');
  const added = Object.entries(variables).filter(([name]) => name.startsWith('PJSIP_HEADER'));
  assert.deepEqual(added, [
    ['PJSIP_HEADER(add,X-Ticket)', 'a  Via: b'],
    ['PJSIP_HEADER(add,x-long)', 'e'.repeat(200)],
  ]);
});

test('a request for a leg that fails ends the leg: as unavailable where Asterisk cannot reach the endpoint (ARI trap 10)', async () => {
  for (const [code, cause] of [
    ['ari.failed', 'unavailable'],
    ['ari.timeout', 'failed'],
  ] as const) {
    const door = doorAlone();
    door.answers.set('channels.originateWithId', refused(code));
    door.answers.set('channels.get', refused('ari.not_found'));
    door.do(DIAL);
    await door.settled();
    assert.deepEqual(
      door.events.map((event) => event.kind === 'leg.ended' && event.cause),
      [cause],
    );
  }
});

test('what was asked of a leg that has gone meanwhile is no trouble, and what fails with the leg still there is', async () => {
  const door = doorAlone();
  door.answers.set('channels.mute', refused('ari.refused'));
  door.answers.set('channels.get', refused('ari.not_found'));
  door.do({ do: 'mute', contactId: 'c', legId: 'c.o1-a', muted: true });
  await door.settled();
  assert.deepEqual(door.events, []);
  door.answers.delete('channels.get');
  door.do({ do: 'mute', contactId: 'c', legId: 'c.o1-a', muted: true });
  await door.settled();
  await door.settled();
  assert.equal(door.events.length, 1);
});

test('a recording is known by its name once: said again it is not made twice (ARI trap 17)', () => {
  const door = doorAlone();
  const sides = { left: 'c', right: 'c.o1-a' };
  const command = { do: 'record', contactId: 'c', recordingId: 'c.r1-a', sides } as const;
  door.do(command);
  door.do(command);
  assert.deepEqual(door.askedNow(), ['channels.snoopChannelWithId', 'channels.snoopChannelWithId']);
});

test('a message has its bounds in the seconds that Asterisk counts in, and a short silence does not become none', () => {
  const door = doorAlone();
  const message = { maxMs: 61_500, silenceMs: 300, beep: false };
  door.do({ do: 'record', contactId: 'c', recordingId: 'c.r1-a', sides: { left: 'c', right: null }, message });
  door.hear({ type: 'StasisStart', args: ['record', 'c.r1-a', 'left'], channel: channel('c.r1-a-left') });
  const { maxDurationSeconds, maxSilenceSeconds, ifExists } = door.asked.at(-1)!.parameters;
  assert.deepEqual([maxDurationSeconds, maxSilenceSeconds, ifExists], [62, 1, 'fail']);
});

test('a pause that comes before the recording runs is made good when it does', () => {
  const door = doorAlone();
  const sides = { left: 'c', right: null };
  door.do({ do: 'record', contactId: 'c', recordingId: 'c.r1-a', sides });
  door.do({ do: 'pause_recording', contactId: 'c', recordingId: 'c.r1-a', paused: true });
  door.askedNow();
  door.hear({ type: 'RecordingStarted', recording: { name: 'c.r1-a-left' } });
  assert.deepEqual(door.askedNow(), ['recordings.mute']);
});

test('what plays to a leg is stopped once before the leg is joined; said again, a prompt is not played twice', () => {
  const door = doorAlone();
  const prompt = { do: 'play', contactId: 'c', promptId: 'p', media: [{ sound: 'hello' }] } as const;
  door.do(prompt);
  door.do(prompt);
  assert.deepEqual(door.askedNow(), ['channels.playWithId']);
  door.do({ do: 'connect', contactId: 'c', offerId: 'c.o1-a' });
  assert.deepEqual(door.askedNow().slice(0, 2), ['channels.stopMoh', 'playbacks.stop']);
  door.do({ do: 'join', contactId: 'c', place: 'talk', legIds: ['c'] });
  assert.ok(!door.askedNow().includes('playbacks.stop'));
});

test('a tone is named by its channel, so that a life which knows no prompt can stop it, and its end is told as the prompt’s', () => {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['caller'], channel: channel('c') });
  const names = ['t1', 't2'].map((promptId) => {
    door.do({ do: 'play', contactId: 'c', promptId, media: [{ tone: 'ring' }] });
    door.do({ do: 'stop_prompt', contactId: 'c', promptId });
    return door.asked.map(({ parameters }) => parameters['playbackId']).slice(-2);
  });
  // Another name for the second one, because the first may still be on its way out.
  assert.deepEqual(names, [
    ['c-tone0', 'c-tone0'],
    ['c-tone1', 'c-tone1'],
  ]);
  for (const id of ['c-tone0', 'c-tone0']) {
    door.hear({ type: 'PlaybackFinished', playback: { id, target_uri: 'channel:c', state: 'done' } });
  }
  const ends = door.events.flatMap((event) => (event.kind === 'prompt.finished' ? event.promptId : []));
  assert.deepEqual(ends, ['t1']);
});
