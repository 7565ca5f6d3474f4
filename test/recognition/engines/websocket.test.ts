import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { UtteranceOrder } from '../../../src/recognition/engine.ts';
import { openWebsocket } from '../../../src/recognition/engines/websocket.ts';
import { layLine } from '../stand-ins/cuttable-line.ts';
import { silence, spoken } from '../stand-ins/level-hearing.ts';
import { SELF_SIGNED } from '../stand-ins/self-signed.ts';
import { listen, MENU } from '../stand-ins/utterance-script.ts';
import { startRecogniser } from '../stand-ins/websocket-recogniser.ts';

const server = await startRecogniser();
const context = { sessionsMax: 10, secretOf: (name: string) => (name === 'ours' ? 'open sesame' : undefined) };
const open = (url: string, secret: string | null = null) => {
  const engine = openWebsocket('house', { kind: 'websocket', url, secret }, context);
  after(() => engine.close());
  return engine;
};
const engine = open(server.url);
const TALK: UtteranceOrder = { ...MENU, expected: { kind: 'free' }, continuous: true };
after(() => server.close());

test('an utterance goes out as start, sound and end, and its words come back', async () => {
  server.behave(() => ({}));
  const at = server.utterances.length;
  const turn = listen(engine, { ...MENU, hints: ['operator'] });
  const preRoll = Int16Array.from([...silence(500), ...spoken('sales')]);
  turn.write(preRoll);
  turn.say(silence(250));
  await turn.until((heard) => heard.length === 1);
  turn.end();
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'final', text: 'sales', confidence: 0.8, alternatives: [] });
  assert.deepEqual(turn.heard[0], { what: 'partial', text: 'sales' });
  const seen = server.utterances[at]!;
  assert.deepEqual(seen.start, {
    type: 'start',
    version: 1,
    id: seen.start['id'],
    language: 'en-US',
    encoding: 'pcm_s16le',
    sampleRate: 8_000,
    continuous: false,
    expected: { kind: 'phrases', phrases: ['sales', 'support', 'billing'] },
    hints: ['operator'],
  });
  assert.deepEqual(seen.chunks, [...Array(9).fill(1_600), 800]);
  assert.deepEqual(seen.audio.subarray(0, preRoll.byteLength), Buffer.from(preRoll.buffer));
});

test('the recogniser may say that the caller has finished, and a final without a figure is sure', async () => {
  server.behave(() => ({}));
  const turn = listen(engine);
  turn.say(spoken('billing'), silence(400));
  await turn.until((heard) => heard.some(({ what }) => what === 'ended'));
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'final', text: 'billing', confidence: 1, alternatives: [] });
});

test('one utterance after the other goes over the same connection, two at once over two', async () => {
  server.behave(() => ({}));
  const engine = open(server.url);
  const at = server.utterances.length;
  for (const word of ['yes', 'no']) {
    const turn = listen(engine);
    turn.say(spoken(word));
    turn.end();
    const outcome = await turn.outcome;
    assert.equal(outcome.what === 'final' && outcome.text, word);
  }
  const both = ['one', 'two'].map((word) => {
    const turn = listen(engine);
    turn.say(spoken(word));
    return turn;
  });
  for (const turn of both) turn.end();
  const texts = await Promise.all(both.map(({ outcome }) => outcome));
  assert.deepEqual(
    texts.map((one) => one.what === 'final' && one.text),
    ['one', 'two'],
  );
  const [first, second, third, fourth] = server.utterances.slice(at).map(({ connection }) => connection);
  assert.equal(first, second);
  assert.notEqual(third, fourth);
  assert.ok(third === first || fourth === first);
});

test('a cough is nothing', async () => {
  server.behave(() => ({}));
  const turn = listen(engine);
  turn.say(spoken('(cough)'));
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'nothing' });
});

test('of a talk every sentence is told, and exactly one answer comes after its end', async () => {
  server.behave(() => ({}));
  const turn = listen(engine, TALK);
  for (const word of ['one', 'two', 'three']) {
    turn.say(spoken(word), silence(500));
    await turn.until((heard) => heard.some((one) => one.what === 'final' && one.text === word));
  }
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'nothing' });
});

test('a turn that nobody waits for is stopped, and its connection serves the next one', async () => {
  server.behave(() => ({}));
  const engine = open(server.url);
  const at = server.utterances.length;
  const first = listen(engine);
  first.say(spoken('sales'));
  await first.until((heard) => heard.length > 0);
  first.drop();
  first.drop();
  const second = listen(engine);
  second.say(spoken('yes'));
  second.end();
  const outcome = await second.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'yes');
  assert.equal(first.heard.length, 1);
  assert.equal(server.utterances[at]?.stopped, true);
  assert.equal(server.utterances[at]?.connection, server.utterances[at + 1]?.connection);
});

test('messages of a later version and of an earlier utterance are left out', async () => {
  server.behave(() => ({ chatty: true }));
  const turn = listen(engine);
  turn.say(spoken('support'));
  turn.end();
  await turn.outcome;
  assert.ok(turn.heard.every((one) => one.what !== 'partial' || one.text === 'support'));
});

for (const [reason, code] of [
  ['busy', 'recognition.busy'],
  ['refused', 'recognition.refused'],
  ['out of memory', 'recognition.engine_failed'],
] as const) {
  test(`the error "${reason}" is ${code}`, async () => {
    server.behave(() => ({ error: reason }));
    const turn = listen(engine);
    turn.say(spoken('yes'));
    assert.deepEqual(await turn.outcome, { what: 'failed', code });
  });
}

for (const [name, nonsense] of [
  ['no JSON', '{'],
  ['no object', '[1]'],
  ['a final without a text', '{"type":"final","id":1}'],
  ['far too much', JSON.stringify({ type: 'partial', id: 1, text: 'x'.repeat(70_000) })],
] as const) {
  test(`a recogniser that answers ${name} fails`, async () => {
    server.behave(() => ({ nonsense }));
    const turn = listen(open(server.url));
    turn.say(spoken('yes'));
    const outcome = await turn.outcome;
    assert.equal(outcome.what, 'failed');
  });
}

test('a connection that breaks once is changed for another, which is given all sound again', async () => {
  const first = server.utterances.length;
  server.behave((utterance) => (utterance === first ? { dieAfterMs: 200 } : {}));
  const turn = listen(engine);
  turn.say(spoken('sales'), silence(100));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'sales');
  assert.equal(server.utterances.length, first + 2);
});

test('a connection that always breaks makes the engine unreachable', async () => {
  server.behave(() => ({ dieAfterMs: 200 }));
  const turn = listen(engine);
  turn.say(spoken('sales'), silence(100));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.unreachable' });
});

test('an idle connection that was cut is not taken for the next caller', async () => {
  server.behave(() => ({}));
  const line = await layLine(server.port);
  after(() => line.close());
  const engine = open(`ws://127.0.0.1:${line.port}/hear`);
  assert.deepEqual(await engine.check(), { ok: true, value: undefined });
  line.cut();
  const turn = listen(engine);
  turn.say(spoken('no'));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'no');
});

test('nobody at the address, or an address that is none, is unreachable', async () => {
  const gone = await startRecogniser();
  gone.close();
  for (const url of [gone.url, 'ws://', 'http://127.0.0.1/']) {
    const engine = open(url);
    const checked = await engine.check();
    assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.unreachable');
    assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.unreachable' });
  }
});

test('a secret is shown to the recogniser; a wrong or missing one is refused', async () => {
  const guarded = await startRecogniser({ token: 'open sesame' });
  after(() => guarded.close());
  assert.equal((await open(guarded.url, 'ours').check()).ok, true);
  for (const engine of [open(guarded.url), open(guarded.url, 'unknown')]) {
    const checked = await engine.check();
    assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.refused');
  }
});

test('a secret never goes in the clear to another machine', async () => {
  const checked = await open('ws://recogniser.example/hear', 'ours').check();
  assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.refused');
});

test('a certificate that nobody vouches for is not trusted, and the secret is not sent', async () => {
  const stranger = await startRecogniser({ token: 'open sesame', tls: SELF_SIGNED });
  after(() => stranger.close());
  const checked = await open(stranger.url, 'ours').check();
  assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.unreachable');
  assert.equal(stranger.connections(), 0);
});

test('a closed engine hears nothing more, and may be closed again', async () => {
  const engine = open(server.url);
  await engine.check();
  await engine.close();
  await engine.close();
  assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.closed' });
});

test('sound that finds no connection is kept within a bound', async () => {
  // An address that takes the connection and never answers.
  const { createServer } = await import('node:net');
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const engine = open(`ws://127.0.0.1:${port}/`);
  const turn = listen(engine);
  for (let minute = 0; minute < 7; minute++) turn.write(silence(10_000));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.too_much_sound' });
  silent.close();
});
