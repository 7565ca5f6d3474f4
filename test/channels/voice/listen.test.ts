import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from '../../../src/channels/voice/listen/start.ts';
import { channel, type DoorAlone, doorAlone, refused } from './door-alone.ts';

function withCaller(): DoorAlone {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['caller'], channel: channel('c') });
  door.events.length = 0;
  door.askedNow();
  return door;
}

const kinds = (door: DoorAlone): string[] => door.events.map(({ kind }) => kind);

test('the end of a leg is told once, in whichever order StasisEnd and ChannelDestroyed come (ARI traps 6 and 35)', () => {
  const hungUp = { type: 'ChannelHangupRequest', channel: channel('c'), cause: 16 };
  const ends = [
    { type: 'StasisEnd', channel: channel('c') },
    { type: 'ChannelDestroyed', channel: channel('c'), cause: 16 },
  ];
  for (const order of [ends, [...ends].reverse()]) {
    const door = withCaller();
    for (const event of [hungUp, ...order]) door.hear(event);
    assert.deepEqual(kinds(door), ['contact.ended']);
    assert.deepEqual(door.askedNow(), []);
  }
});

test('a leg that leaves Stasis without having been hung up has not ended: its destruction is asked to be told', async () => {
  const door = withCaller();
  door.hear({ type: 'StasisEnd', channel: channel('c') });
  await door.settled();
  assert.deepEqual([kinds(door), door.askedNow()], [[], ['applications.subscribe']]);
  door.hear({ type: 'ChannelDestroyed', channel: channel('c'), cause: 17 });
  assert.deepEqual(kinds(door), ['contact.ended']);
});

test('where it is not there any more, that was its end', async () => {
  const door = withCaller();
  door.answers.set('applications.subscribe', refused('ari.unprocessable'));
  door.hear({ type: 'StasisEnd', channel: channel('c') });
  await door.settled();
  assert.deepEqual(kinds(door), ['contact.ended']);
});

test('a contact follows to the channel that took the place of its own (ARI trap 19)', () => {
  const door = withCaller();
  door.hear({ type: 'StasisStart', args: [], channel: channel('new'), replace_channel: channel('c') });
  const { operation, parameters } = door.asked[0]!;
  assert.deepEqual(
    [operation, parameters['channelId'], parameters['value']],
    ['channels.setChannelVar', 'new', 'caller,,c,new'],
  );
  door.hear({ type: 'StasisEnd', channel: channel('c') });
  door.hear({ type: 'ChannelDestroyed', channel: channel('c'), cause: 16 });
  assert.deepEqual(kinds(door), []);
  door.hear({ type: 'ChannelDtmfReceived', channel: channel('new'), digit: '5' });
  assert.deepEqual(door.events[0], { kind: 'digit.received', atMs: 1_700_000_000_000, contactId: 'c', digit: '5' });
  door.do({ do: 'play', contactId: 'c', promptId: 'p', media: [{ digits: '1' }] });
  assert.equal(door.asked.at(-1)!.parameters['channelId'], 'new');
  door.hear({ type: 'ChannelHangupRequest', channel: channel('new'), cause: 16 });
  door.hear({ type: 'StasisEnd', channel: channel('new') });
  assert.deepEqual(kinds(door), ['digit.received', 'contact.ended']);
});

test('half a Local channel in the place of a leg is a transfer of Asterisk’s own, and is dropped', () => {
  const door = withCaller();
  const local = channel('new', { name: 'Local/200@referred-00000000;1' });
  door.hear({ type: 'StasisStart', args: [], channel: local, replace_channel: channel('c') });
  assert.deepEqual(door.asked, [{ operation: 'drop', parameters: { channelId: 'new' } }]);
  assert.equal(door.ear.legs.channel('c'), 'c');
});

test('a channel of unknown purpose is no caller, and one that nobody waits for is dropped (ARI trap 9)', () => {
  const door = doorAlone();
  door.hear({ type: 'StasisStart', args: ['something'], channel: channel('x') });
  assert.deepEqual([kinds(door), door.asked], [[], []]);
  for (const args of [
    ['agent'],
    ['asked', 'dial', 'c'],
    ['watch', 'c.l1-a'],
    ['record', 'c.r1-a', 'left'],
    ['line', 'anna'],
  ]) {
    door.hear({ type: 'StasisStart', args, channel: channel('x') });
  }
  assert.deepEqual(door.askedNow(), Array(5).fill('drop'));
  assert.deepEqual(kinds(door), []);
});

test('the end of a prompt is told of the contact that asked for it, also when it played to an agent of another one', () => {
  const door = withCaller();
  door.do({ do: 'ring', offerId: 'b.o1-a', contactId: 'b', agentId: 'anna', from: '', deadlineMs: 1_700_000_020_000 });
  door.do({ do: 'play_to', contactId: 'c', legId: 'b.o1-a', promptId: 'p', media: [{ digits: '1' }] });
  door.hear({ type: 'PlaybackFinished', playback: { id: 'p', target_uri: 'channel:b.o1-a', state: 'done' } });
  assert.deepEqual(door.events, [
    { kind: 'prompt.finished', atMs: 1_700_000_000_000, contactId: 'c', promptId: 'p', result: 'done' },
  ]);
});

test('a message whose caller goes during the beep ends without a file', () => {
  const door = withCaller();
  const message = { maxMs: 60_000, silenceMs: 0, beep: true };
  door.do({ do: 'record', contactId: 'c', recordingId: 'c.r1-a', sides: { left: 'c', right: null }, message });
  door.hear({ type: 'ChannelHangupRequest', channel: channel('c'), cause: 16 });
  door.hear({ type: 'StasisEnd', channel: channel('c') });
  const finished = door.events.find(({ kind }) => kind === 'recording.finished');
  assert.ok(finished?.kind === 'recording.finished' && finished.files.length === 0 && finished.result === 'failed');
});

test('what app_amd says is one of our verdicts', () => {
  assert.deepEqual(['HUMAN', 'MACHINE', 'FAX', 'NOTSURE', 'HANGUP', ''].map(verdictOf), [
    'human',
    'machine',
    'fax',
    'unknown',
    'unknown',
    'unknown',
  ]);
});
