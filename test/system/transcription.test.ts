import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Line, Ring } from '../far-end/line.ts';
import { spoken } from '../recognition/stand-ins/level-hearing.ts';
import { type RecogniserStandIn, startRecogniser } from '../recognition/stand-ins/websocket-recogniser.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// What is said in real calls is written down while it is said: by a recogniser that understands tones, so that what it
// answers depends on the sound that really arrived.

let recogniser: RecogniserStandIn;
let scene: Scene;
before(async () => {
  recogniser = await startRecogniser();
  scene = await Scene.open({
    agents: ['anna', 'ben'],
    files: {
      'site.yaml': `
site: Exchange under test
numbers: { "100": sales, "200": support }
queues:
  sales: { answer_within: 5s, rest: 1s, transcribe: true }
  support: { answer_within: 5s, rest: 1s }
agents:
  anna: { extension: "1001", queues: [sales] }
  ben: { extension: "1002", queues: [support] }
speech:
  engines: { tones: { kind: websocket, url: "${recogniser.url}" } }
  hear: { en: [tones] }
`,
      'sales.yaml': 'steps:\n  wait: { type: queue, queue: sales }\n',
      'support.yaml': 'steps:\n  wait: { type: queue, queue: support }\n',
    },
  });
});
after(async () => {
  await scene.close();
  recogniser.close();
});

type Piece = { seq: number; speaker: string; agentId: string | null; text: string; fromMs: number; toMs: number };

async function transcriptOf(contactId: string): Promise<Piece[]> {
  const { body } = await scene.exchange.get(`/v1/contacts/${contactId}/transcript`);
  return (body as { pieces: Piece[] }).pieces;
}

/** Waits until so many pieces are there, and gives them as `speaker: text`. */
async function said(contactId: string, count: number): Promise<string[]> {
  const pieces = await until(
    `${count} pieces of ${contactId} are there`,
    async () => {
      const found = await transcriptOf(contactId);
      return found.length >= count ? found : undefined;
    },
    { seen: async () => [await transcriptOf(contactId), scene.exchange.log().slice(-1500)] },
  );
  return pieces.map(
    ({ speaker, agentId, text }) => `${speaker}${agentId === null ? '' : ` ${agentId}`}: ${once(text)}`,
  );
}

/** A busy machine may tear a tone in two, which the stand-in takes for the same word twice. */
function once(text: string): string {
  return text.replace(/\b(\w+)(?: \1)+/g, '$1');
}

/** Both sides are heard from now on. */
async function heard(contactId: string): Promise<void> {
  await until('both sides are heard', async () => {
    const { body } = await scene.exchange.post(`/v1/contacts/${contactId}/transcription/start`);
    return (body as { hearing?: string[] }).hearing?.length === 2 || undefined;
  });
  await pause(TAP_OPENS_MS);
}

/** A tap is open within this on a busy machine; what is said before is not heard. */
const TAP_OPENS_MS = 300;

async function talk(number: string, agent: string): Promise<{ line: Line; ring: Ring; contactId: string }> {
  await scene.staff(agent);
  const { line, from } = await scene.call(number);
  const ring = await scene.phone(agent).nextRing();
  await ring.answer();
  await line.answered();
  const { id: contactId } = await scene.stageIs(from, 'talking');
  return { line, ring, contactId };
}

test('a queue with the rule: both sides are written down apart, not on hold, and on after a crash', async () => {
  const { line, ring, contactId } = await talk('100', 'anna');
  await heard(contactId);
  await line.say(spoken('sales', 400));
  assert.deepEqual(await said(contactId, 1), ['customer: sales']);
  await ring.say(spoken('support', 400));
  assert.deepEqual(await said(contactId, 2), ['customer: sales', 'agent anna: support']);
  const [first] = await transcriptOf(contactId);
  assert.ok(first!.toMs - first!.fromMs > 200 && first!.toMs - first!.fromMs < 1_500);

  await scene.exchange.post(`/v1/contacts/${contactId}/hold`);
  await line.say(spoken('billing', 400));
  await scene.exchange.post(`/v1/contacts/${contactId}/retrieve`);
  await heard(contactId);
  await line.say(spoken('one', 400));
  assert.deepEqual((await said(contactId, 3)).slice(2), ['customer: one'], 'nothing of what was said on hold');

  await scene.exchange.killController();
  await scene.exchange.startController();
  await heard(contactId);
  await line.say(spoken('two', 400));
  assert.deepEqual((await said(contactId, 4)).slice(3), ['customer: two']);
  await line.hangUp();
  await scene.quiet();
  assert.equal((await transcriptOf(contactId)).length, 4);
  const log = scene.exchange.log();
  assert.doesNotMatch(log, /"text"|billing/, 'no word of it stands in the log');
});

test('without a rule nothing is written down until the API asks, and the stream tells it while it is said', async () => {
  const { line, ring, contactId } = await talk('200', 'ben');
  const before = recogniser.utterances.length;
  await line.say(spoken('sales', 400));
  assert.equal(recogniser.utterances.length, before, 'no sound of it went to the engine');
  await heard(contactId);
  const { slot, secrets } = scene.exchange;
  const stream = await fetch(`http://127.0.0.1:${slot.http}/v1/contacts/${contactId}/transcript/stream`, {
    headers: { authorization: `Bearer ${secrets.apiKey}` },
  });
  let told = '';
  const reading = (async () => {
    for await (const bytes of stream.body!) told += Buffer.from(bytes).toString();
  })();
  await line.say(spoken('three', 400));
  await until('the stream tells it', () => /"speaker":"customer".*"text":"three"/.test(told) || undefined);
  await ring.hangUp();
  await line.ended();
  await until('the stream ends with the call', () => told.includes('event: over') || undefined);
  await reading;
  assert.deepEqual(await said(contactId, 1), ['customer: three']);
});
