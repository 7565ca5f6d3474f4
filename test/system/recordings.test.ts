import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Event, EventOf } from '../../src/model/event.ts';
import { decoded } from '../../src/recordings/flac.ts';
import { hasTone, toneMs } from '../far-end/heard-tone.ts';
import { tone, writeWav } from '../far-end/wav.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Real calls are recorded: each side by itself, silent where it must be, whole whatever happens, and gone when deleted.

const CUSTOMER_HZ = 1000;
const AGENT_HZ = 1900;
const PROMPT_HZ = 440;

const SITE = `
site: Exchange under test
numbers: { "100": sales, "200": card, "300": message }
queues:
  sales: { answer_within: 5s, rest: 1s, recording: { record: always, keep: 30d } }
  support: { answer_within: 5s, rest: 1s }
agents:
  anna: { extension: "1001", queues: [sales] }
  ben: { extension: "1002", queues: [support] }
`;
const FLOWS = {
  'site.yaml': SITE,
  'sales.yaml': 'steps:\n  wait: { type: queue, queue: sales }\n',
  'card.yaml': `steps:
  record: { type: recording, action: start }
  open: { type: gather, prompt: { file: prompt }, into: branch, min: 1, max: 1, timeout: 60s }
  card: { type: gather, prompt: { file: prompt }, into: card, min: 1, max: 1, timeout: 60s, sensitive: true }
  rest: { type: gather, prompt: { file: prompt }, into: rest, min: 1, max: 1, timeout: 60s }
`,
  'message.yaml': `steps:
  leave: { type: voicemail, mailbox: support, greeting: { file: prompt }, min_duration: 1s, beep: false }
  bye: { type: hangup }
`,
  'prompt.wav': writeWav(tone(PROMPT_HZ, 200)),
};

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files: FLOWS });
});
after(() => scene.closeUndisturbed());

type Shown = { id: string; contactId: string; durationMs: number; channels: number; bytes: number };

/** The recordings of a contact, when there are so many and all are kept. */
function recordingsOf(contactId: string, count = 1): Promise<Shown[]> {
  return until(
    `${count} recordings of ${contactId} are kept`,
    async () => {
      const { body } = await scene.exchange.get(`/v1/recordings?contact=${contactId}`);
      const { recordings } = body as { recordings: Shown[] };
      return recordings.length >= count ? recordings : undefined;
    },
    { seen: async () => [await scene.exchange.journalOf(contactId), scene.exchange.log().slice(-2000)] },
  );
}

async function soundOf(id: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const { slot, secrets } = scene.exchange;
  const url = `http://127.0.0.1:${slot.http}/v1/recordings/${id}/sound`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${secrets.apiKey}`, ...headers } });
  assert.ok(answer.ok, `${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** The sides of a recording as the API gives it: left, and right where it has two. */
async function sidesOf({ id, channels }: Shown): Promise<Int16Array[]> {
  const flac = await soundOf(id);
  async function* whole(): AsyncGenerator<Buffer> {
    yield flac;
  }
  const parts: Buffer[] = [];
  for await (const part of decoded(whole())) parts.push(part);
  const wav = Buffer.concat(parts);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length - (wav.length % 2)));
  return Array.from({ length: channels }, (_, side) => samples.filter((_, at) => at % channels === side));
}

async function happened<K extends Event['kind']>(contactId: string, kind: K): Promise<EventOf<K>[]> {
  const events = await scene.exchange.journalOf(contactId);
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

/** A caller on 100 whom Anna talks to; both send their tones. */
async function talk() {
  const { line, from } = await scene.call('100');
  const agent = await scene.phone('anna').nextRing();
  await agent.answer();
  const { id } = await scene.stageIs(from, 'talking');
  await line.playTone(CUSTOMER_HZ);
  await agent.playTone(AGENT_HZ);
  await until('it is recorded', async () => (await happened(id, 'recording.started'))[0]);
  return { line, agent, id };
}

/** A caller who is leaving a message. */
async function leaveMessage() {
  const { line, from } = await scene.call('300');
  await line.answered();
  const { id } = await scene.contactOf(from);
  await until('the message is being recorded', async () => (await happened(id, 'recording.started'))[0]);
  await line.playTone(CUSTOMER_HZ);
  return { line, id };
}

test('a recorded talk has the customer left and the agent right, is silent while paused, and leaves nothing behind', async () => {
  await scene.staff('anna');
  const { line, agent, id } = await talk();
  await pause(1200);
  const paused = await scene.exchange.post(`/v1/contacts/${id}/recording/pause`);
  assert.deepEqual((paused.body as { paused: boolean }).paused, true);
  await pause(1500);
  await scene.exchange.post(`/v1/contacts/${id}/recording/resume`);
  await pause(1200);
  await line.hangUp();
  await agent.ended();
  const [kept] = await recordingsOf(id);
  assert.equal(kept!.channels, 2);
  const [left, right] = await sidesOf(kept!);
  assert.ok(hasTone(left!, CUSTOMER_HZ) && !hasTone(left!, AGENT_HZ), 'the customer alone is left');
  assert.ok(hasTone(right!, AGENT_HZ) && !hasTone(right!, CUSTOMER_HZ), 'the agent alone is right');
  for (const [side, hz] of [
    [left!, CUSTOMER_HZ],
    [right!, AGENT_HZ],
  ] as const) {
    const heardMs = toneMs(side, hz);
    const silentMs = kept!.durationMs - heardMs;
    assert.ok(silentMs > 1000 && silentMs < 2600, `${heardMs} ms of ${kept!.durationMs} ms have the tone`);
  }
  const range = await soundOf(kept!.id, { range: 'bytes=10-19' });
  assert.ok(range.equals((await soundOf(kept!.id)).subarray(10, 20)));
  assert.deepEqual(await scene.exchange.ari('recordings/stored'), [], 'Asterisk keeps nothing of it');
  const files = readdirSync(join(scene.exchange.dir, 'recordings'), { recursive: true, encoding: 'utf8' });
  const file = files.find((name) => name.includes(kept!.id))!;
  const deleted = await scene.exchange.request('DELETE', `/v1/recordings/${kept!.id}?reason=test`);
  const { fileGone, keyGone, copyUnreadable } = deleted.body as Record<string, boolean>;
  assert.deepEqual([fileGone, keyGone, copyUnreadable], [true, true, true]);
  assert.equal(existsSync(join(scene.exchange.dir, 'recordings', file)), false);
});

test('a sensitive step is silent in the recording that the flow asked for, and nothing else is', async () => {
  const { line, from } = await scene.call('200');
  await line.playTone(CUSTOMER_HZ);
  const { id } = await scene.stageIs(from, 'flow', 'open');
  await pause(1200);
  await line.press('1');
  await scene.stageIs(from, 'flow', 'card');
  await pause(1500);
  await line.press('2');
  await scene.stageIs(from, 'flow', 'rest');
  await pause(1200);
  await line.hangUp();
  const [kept] = await recordingsOf(id);
  assert.equal(kept!.channels, 1);
  const [left] = await sidesOf(kept!);
  const silentMs = kept!.durationMs - toneMs(left!, CUSTOMER_HZ);
  assert.ok(silentMs > 1200 && silentMs < 3200, `${silentMs} ms of ${kept!.durationMs} ms are silent`);
});

test('a message goes from the caller to an agent, who hears it at the phone', async () => {
  const { line, id } = await leaveMessage();
  await pause(2000);
  await line.hangUp();
  const [kept] = await recordingsOf(id);
  assert.ok(kept!.durationMs > 1000);
  await scene.staff('ben');
  const agent = await scene.phone('ben').nextRing();
  await agent.answer();
  await agent.hears(CUSTOMER_HZ);
  await agent.hangUp();
  await until('it was written down that it was heard', async () => (await happened(id, 'recording.played'))[0]);
});

test('a controller that is killed loses nothing of a recorded talk, nor of a message whose caller hangs up meanwhile', async () => {
  await scene.agentIs('anna', 'ready');
  const message = await leaveMessage();
  const { line, agent, id } = await talk();
  await pause(1000);
  await scene.exchange.killController();
  await message.line.hangUp();
  await pause(500);
  await scene.exchange.startController();
  await pause(1000);
  await line.hangUp();
  await agent.ended();
  const [kept] = await recordingsOf(id);
  const [left, right] = await sidesOf(kept!);
  for (const [side, hz] of [
    [left!, CUSTOMER_HZ],
    [right!, AGENT_HZ],
  ] as const) {
    const heardMs = toneMs(side, hz);
    assert.ok(heardMs > 2800 && kept!.durationMs - heardMs < 800, `${heardMs} ms of ${kept!.durationMs} ms`);
  }
  assert.equal((await happened(id, 'recording.started')).length, 1, 'one recording, before and after');
  const [said] = await recordingsOf(message.id);
  assert.ok(hasTone((await sidesOf(said!))[0]!, CUSTOMER_HZ));
  const [order] = await happened(message.id, 'order.placed');
  assert.equal(order?.order.recordingId, said!.id);
});
