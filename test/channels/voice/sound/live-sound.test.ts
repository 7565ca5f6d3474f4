import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import { parseAriAddress } from '../../../../src/channels/voice/ari/address.ts';
import type { AriClient } from '../../../../src/channels/voice/ari/client.ts';
import { AriError } from '../../../../src/channels/voice/ari/error.ts';
import { Legs } from '../../../../src/channels/voice/legs.ts';
import { LiveSound } from '../../../../src/channels/voice/sound/live-sound.ts';
import { until } from '../../../system/until.ts';

// The sockets are real, with a server of our own in Asterisk's place; what is asked over ARI is written down.

let server: WebSocketServer;
before(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket, request) => {
    connected = { socket, request };
  });
  await new Promise((resolve) => server.once('listening', resolve));
});
after(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

let connected: { socket: WebSocket; request: IncomingMessage } | undefined;
beforeEach(() => {
  connected = undefined;
});

type Asked = { operation: string; parameters: Record<string, unknown> };

function liveSound(refused?: string) {
  const asked: Asked[] = [];
  const request = async (operation: string, parameters: Asked['parameters']): Promise<unknown> => {
    asked.push({ operation, parameters });
    if (refused === 'nothing answers') return new Promise(() => {});
    if (operation === refused) throw new AriError('ari.not_found', operation);
    const answer = { channelvars: { MEDIA_WEBSOCKET_CONNECTION_ID: 'e7cc-1' } };
    // Asterisk puts the channel into our hands when its socket is there, which may be before or after.
    if (/snoop|external/.test(operation)) {
      setImmediate(() => live.entered(String(parameters['snoopId'] ?? parameters['channelId'])));
    }
    return answer;
  };
  const { port } = server.address() as AddressInfo;
  const live: LiveSound = new LiveSound({
    ari: { request } as unknown as AriClient,
    app: 'strowger',
    address: parseAriAddress(`http://us:secret@127.0.0.1:${port}/ari`),
    host: { take: () => 'kept', now: () => performance.now() },
    legs: new Legs(),
    makeRoom: () => {},
  });
  const doneTo = (operation: string): unknown[] =>
    asked.filter((one) => one.operation === operation).map(({ parameters }) => Object.values(parameters)[0]);
  return { live, asked, doneTo };
}

test('a tap asks for what the party says and nothing else, and cuts what comes into frames', async () => {
  const { live, asked } = liveSound();
  const tap = await live.tap('c', 'c');
  const [snoop, media] = asked;
  assert.deepEqual([snoop?.parameters['channelId'], snoop?.parameters['spy']], ['c', 'in']);
  assert.equal(media?.parameters['transport_data'], 'f(json)d(in)');
  const { socket, request } = connected!;
  assert.deepEqual([request.url, socket.protocol], ['/media/e7cc-1', 'media']);
  assert.equal(request.headers.authorization, `Basic ${Buffer.from('us:secret').toString('base64')}`);
  const frames: Int16Array[] = [];
  tap.onFrame((frame) => frames.push(frame));
  socket.send('{"event":"MEDIA_START"}');
  const said = Int16Array.from({ length: 400 }, (_, at) => at * 7 - 1000);
  const bytes = new Uint8Array(said.buffer);
  for (const [from, to] of [
    [0, 100],
    [100, 420],
    [420, 800],
  ])
    socket.send(bytes.subarray(from, to));
  await until('two frames came', () => frames.length === 2 || undefined);
  assert.deepEqual(frames, [said.subarray(0, 160), said.subarray(160, 320)]);
  live.close();
  await tap.over;
});

test('time goes on by silence when nothing comes', async () => {
  const { live } = liveSound();
  const tap = await live.tap('c', 'c');
  const frames: Int16Array[] = [];
  tap.onFrame((frame) => frames.push(frame));
  const beganMs = performance.now();
  await until('half a second went by', () => frames.length >= 25 || undefined);
  assert.ok(performance.now() - beganMs > 400);
  assert.ok(frames.every((frame) => frame.length === 160 && frame.every((sample) => sample === 0)));
  live.close();
});

test('a tap whose socket goes down or whose leg ends is over, and what was made for it is removed', async () => {
  const { live, doneTo } = liveSound();
  const tap = await live.tap('c', 'c');
  connected!.socket.terminate();
  await tap.over;
  const [bridge] = doneTo('bridges.destroy');
  assert.match(String(bridge), /^tap\.c-/);
  assert.deepEqual(doneTo('channels.hangup'), [`${bridge}-snoop`]);
  const again = await live.tap('c', 'c');
  live.ended('c');
  await again.over;
  assert.equal(doneTo('bridges.destroy').length, 2);
  assert.deepEqual(live.sockets(), { taps: 0, announcers: 0 });
});

test('what cannot be tapped is refused with its code, and leaves no socket', async () => {
  const { live, doneTo } = liveSound('channels.snoopChannelWithId');
  await assert.rejects(live.tap('c', 'c'), { code: 'ari.not_found' });
  await until('its socket was closed', () => server.clients.size === 0 || undefined);
  assert.equal(doneTo('bridges.createWithId').length, 0);
  live.close();
  await assert.rejects(live.tap('c', 'c'), { code: 'sound.closed' });
});

test('there are only so many taps at once, and who listens to a leg that is tapped needs no new one', async () => {
  const { live } = liveSound('nothing answers');
  const opening = Array.from({ length: 500 }, (_, at) => live.tap('c', `c${at}`));
  for (const one of opening) one.catch(() => undefined);
  const again = live.tap('c', 'c499');
  again.catch(() => undefined);
  await assert.rejects(live.tap('c', 'one-more'), { code: 'sound.too_many' });
  assert.equal(live.sockets().taps, 500);
  live.close();
});

test('what a life before this one left is removed, and what is in use stays', async () => {
  const { live, asked, doneTo } = liveSound();
  await live.tap('c', 'c');
  const ours = String(asked[0]?.parameters['snoopId']);
  const bridge = ours.replace('-snoop', '');
  live.sweep({ channels: [ours, 'tap.c-0-snoop'], bridges: [bridge, 'voice.c-0'] });
  assert.deepEqual(doneTo('channels.hangup'), ['tap.c-0-snoop']);
  assert.deepEqual(doneTo('bridges.destroy'), ['voice.c-0']);
  // Asterisk hands over one that was given up meanwhile.
  live.entered('tap.c-1-snoop');
  assert.deepEqual(doneTo('channels.hangup'), ['tap.c-0-snoop', 'tap.c-1-snoop']);
  live.close();
});
