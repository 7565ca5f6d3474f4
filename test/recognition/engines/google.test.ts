import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Engine, UtteranceOrder } from '../../../src/recognition/engine.ts';
import { openGoogle } from '../../../src/recognition/engines/google.ts';
import { googleAddress } from '../../../src/recognition/engines/google-client.ts';
import { type GoogleSetting, modelFor } from '../../../src/recognition/engines/google-request.ts';
import { GOOGLE_LIMITS } from '../../../src/recognition/engines/google-utterance.ts';
import { layLine } from '../stand-ins/cuttable-line.ts';
import { STATUS, startGoogleRecognition } from '../stand-ins/google-recognition.ts';
import { silence, spoken } from '../stand-ins/level-hearing.ts';
import { listen, MENU } from '../stand-ins/utterance-script.ts';

/** The form of a service account; a server on this machine is given no token, so no key is needed. */
const ACCOUNT = JSON.stringify({ type: 'service_account', client_email: 'ivr@example.com', private_key: 'none' });
const server = await startGoogleRecognition();
const setting: GoogleSetting = {
  kind: 'google',
  project: 'acme',
  location: 'europe-west4',
  model: null,
  secret: 'google',
  endpoint: server.endpoint,
};
const context = { sessionsMax: 10, secretOf: (name: string) => (name === 'google' ? ACCOUNT : undefined) };
const opened: Engine[] = [];
const engineWith = (changes: Partial<GoogleSetting> = {}, limits: Partial<typeof GOOGLE_LIMITS> = {}) => {
  const engine = openGoogle('cloud', { ...setting, ...changes }, context, { ...GOOGLE_LIMITS, ...limits });
  opened.push(engine);
  return engine;
};
const engine = engineWith();
const TALK: UtteranceOrder = { ...MENU, expected: { kind: 'free' }, continuous: true, maxDurationMs: 600_000 };

after(async () => {
  await Promise.all(opened.map((one) => one.close()));
  server.close();
});

/** The stream that the next utterance opens first. */
function next() {
  const at = server.streams.length;
  return () => server.streams[at]!;
}

test('the first message names the recognizer and what is expected, the others are 100 ms of sound each', async () => {
  server.behave({});
  const stream = next();
  const order = { ...MENU, hints: ['operator', 'sales'] };
  const turn = listen(engine, order);
  const preRoll = Int16Array.from([...silence(500), ...spoken('sales')]);
  turn.write(preRoll);
  turn.say(silence(250));
  turn.end();
  assert.deepEqual(await turn.outcome, {
    what: 'final',
    text: 'sales',
    confidence: (turn.heard.at(-1) as { confidence: number }).confidence,
    alternatives: [{ text: 'sales please', confidence: (turn.heard.at(-1) as { confidence: number }).confidence / 2 }],
  });
  assert.deepEqual(stream().broken, []);
  assert.equal(stream().recognizer, 'projects/acme/locations/europe-west4/recognizers/_');
  const config = stream().config!;
  assert.equal(config.config?.model, 'telephony_short');
  assert.deepEqual(config.config?.languageCodes, ['en-US']);
  assert.equal(config.streamingFeatures?.interimResults, true);
  assert.equal(config.streamingFeatures?.enableVoiceActivityEvents, true);
  const phrases = config.config?.adaptation?.phraseSets?.[0]?.inlinePhraseSet?.phrases;
  assert.deepEqual(
    phrases?.map(({ value, boost }) => [value, boost]),
    [
      ['sales', 10],
      ['support', 10],
      ['billing', 10],
      ['operator', 5],
    ],
  );
  assert.deepEqual(stream().chunks, [...Array(9).fill(1_600), 800]);
  assert.equal(stream().halfClosed, true);
  const sent = Buffer.concat(stream().audio);
  assert.deepEqual(sent.subarray(0, preRoll.byteLength), Buffer.from(preRoll.buffer));
});

test('words are told while they are spoken, and once more when they are sure', async () => {
  server.behave({});
  const turn = listen(engine);
  turn.say(spoken('yes'), silence(100));
  await turn.until((heard) => heard.some((one) => one.what === 'partial' && one.text === 'yes'));
  turn.say(spoken('billing'), silence(100));
  await turn.until((heard) => heard.some((one) => one.what === 'partial' && one.text === 'yes billing'));
  turn.say(silence(400));
  await turn.until((heard) => heard.some(({ what }) => what === 'ended'));
  turn.end();
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'yes billing');
});

test('digits with pauses between them are one answer', async () => {
  server.behave({});
  const turn = listen(engine, { ...MENU, expected: { kind: 'digits', min: 2, max: 4 } });
  turn.say(spoken('one'), silence(500), spoken('two'), silence(500), spoken('five'));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'one two five');
  assert.ok(!turn.heard.some(({ what }) => what === 'ended'));
});

test('pieces are joined as the language writes them', async () => {
  server.behave({});
  const turn = listen(engine, { ...MENU, language: 'zh-CN', expected: { kind: 'digits', min: 2, max: 4 } });
  turn.say(spoken('one'), silence(500), spoken('two'));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'onetwo');
});

test('the model is the one for calls, short or long by what is expected, or the one of the site', () => {
  const free: UtteranceOrder = { ...MENU, expected: { kind: 'free' } };
  assert.equal(modelFor(setting, MENU, true), 'telephony_short');
  assert.equal(modelFor(setting, free, true), 'telephony');
  assert.equal(modelFor(setting, TALK, true), 'telephony');
  assert.equal(modelFor(setting, { ...MENU, language: 'en-GB' }, true), 'telephony');
  assert.equal(modelFor(setting, MENU, false), 'telephony');
  assert.equal(modelFor({ ...setting, model: 'chirp_3' }, MENU, true), 'chirp_3');
});

test('a location is asked at its own endpoint, and only a server on this machine without TLS', () => {
  const of = (changes: Partial<GoogleSetting>) => googleAddress({ ...setting, endpoint: null, ...changes });
  assert.deepEqual(of({}), { apiEndpoint: 'europe-west4-speech.googleapis.com' });
  assert.deepEqual(of({ location: 'global' }), { apiEndpoint: 'speech.googleapis.com' });
  assert.deepEqual(of({ endpoint: 'asr.example:8443' }), { servicePath: 'asr.example', port: 8443 });
  assert.deepEqual(of({ endpoint: 'asr.example' }), { servicePath: 'asr.example', port: 443 });
  assert.ok('sslCreds' in of({ endpoint: '127.0.0.1:50051' }));
  assert.ok(!('sslCreds' in of({ endpoint: '127.0.0.1.example:50051' })));
});

test('with a service account the client of the real service is ready without asking anybody', async () => {
  const checked = await engineWith({ endpoint: null }).check();
  assert.deepEqual(checked, { ok: true, value: undefined });
});

test('a cough is nothing', async () => {
  server.behave({});
  const turn = listen(engine);
  turn.say(spoken('(cough)'), silence(200));
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'nothing' });
});

test('a talk of six minutes is heard whole, in streams below 305 s that change while nobody speaks', async () => {
  server.behave({});
  const first = server.streams.length;
  const turn = listen(engine, TALK);
  const words = ['one', 'two', 'three', 'four', 'five'] as const;
  for (let word = 0; word < 120; word++) {
    turn.say(spoken(words[word % 5]!), silence(2_800));
    // As fast as the service takes it.
    await turn.until((heard) => heard.filter(({ what }) => what === 'final').length > word);
  }
  turn.end();
  await turn.outcome;
  const texts = turn.heard.flatMap((one) => (one.what === 'final' ? [one.text] : []));
  assert.deepEqual(
    texts,
    Array.from({ length: 120 }, (_, i) => words[i % 5]),
  );
  const streams = server.streams.slice(first);
  assert.equal(streams.length, 2);
  for (const stream of streams) {
    assert.deepEqual(stream.broken, []);
    assert.ok(stream.chunks.length * 100 <= 245_000, `${stream.chunks.length} chunks`);
    assert.equal(stream.halfClosed, true);
  }
});

test('who speaks without a pause is changed to another stream before the limit, and no word is lost or doubled', async () => {
  server.behave({ streamMsMax: 5_050 });
  const engine = engineWith({}, { restartMs: 4_000, restartAnywayMs: 4_900, keptMs: 3_000 });
  const first = server.streams.length;
  const turn = listen(engine, TALK);
  for (const count of [1, 2, 3]) {
    turn.say(spoken('one'), silence(1_000));
    await turn.until((heard) => heard.filter(({ what }) => what === 'final').length === count);
  }
  // 2.8 s without a silence that would end it.
  for (const word of ['two', 'three', 'four', 'five', 'yes', 'no', 'sales', 'support'] as const) {
    turn.say(spoken(word, 250), silence(100));
    const text = word;
    await turn.until((heard) => heard.some((one) => one.what === 'partial' && one.text.endsWith(text)));
  }
  turn.end();
  await turn.outcome;
  const texts = turn.heard.flatMap((one) => (one.what === 'final' ? [one.text] : []));
  assert.deepEqual(texts, ['one', 'one', 'one', 'two three four five yes no sales support']);
  const streams = server.streams.slice(first);
  assert.equal(streams.length, 2);
  assert.ok(streams[0]!.chunks.length * 100 <= 4_900, `${streams[0]!.chunks.length} chunks`);
});

test('OUT_OF_RANGE begins another stream, which is given what was not understood yet', async () => {
  const first = server.streams.length;
  server.behave((stream) => (stream === first ? { status: STATUS.outOfRange, afterMs: 300 } : {}));
  const turn = listen(engine);
  turn.say(spoken('support'), silence(200));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'support');
  assert.equal(server.streams.length, first + 2);
});

test('a service that always ends the stream fails the utterance after three streams', async () => {
  const first = server.streams.length;
  server.behave({ status: STATUS.outOfRange });
  const turn = listen(engine);
  turn.say(spoken('support'));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.engine_failed' });
  assert.equal(server.streams.length, first + 3);
});

for (const [status, code, streams] of [
  [STATUS.unavailable, 'recognition.unreachable', 3],
  [STATUS.resourceExhausted, 'recognition.refused', 1],
  [STATUS.unauthenticated, 'recognition.refused', 1],
  [STATUS.permissionDenied, 'recognition.refused', 1],
  [STATUS.internal, 'recognition.engine_failed', 1],
] as const) {
  test(`gRPC status ${status} in the middle of an utterance is ${code}`, async () => {
    const first = server.streams.length;
    server.behave({ status, afterMs: 200 });
    const turn = listen(engine);
    turn.say(spoken('sales'), silence(200));
    assert.deepEqual(await turn.outcome, { what: 'failed', code });
    assert.equal(server.streams.length - first, streams);
  });
}

test('where the short model is not offered, the long one is taken, then and from then on', async () => {
  const engine = engineWith();
  server.behave({ withoutModel: 'telephony_short' });
  const order = { ...MENU, language: 'cmn-Hans-CN' };
  for (const streams of [2, 1]) {
    const first = server.streams.length;
    const turn = listen(engine, order);
    turn.say(spoken('sales'), silence(100));
    turn.end();
    const outcome = await turn.outcome;
    assert.equal(outcome.what === 'final' && outcome.text, 'sales');
    assert.equal(server.streams.length - first, streams);
    assert.equal(server.streams.at(-1)?.config?.config?.model, 'telephony');
  }
});

test('the model of the site is taken as it is, and a service without it fails', async () => {
  const engine = engineWith({ model: 'chirp_3' });
  server.behave({ withoutModel: 'chirp_3' });
  const turn = listen(engine);
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.engine_failed' });
});

test('silence is sent while no sound comes, so that the service does not end the stream', async () => {
  server.behave({ idleMsMax: 1_500 });
  const engine = engineWith({}, { paceMs: 100 });
  const stream = next();
  const turn = listen(engine);
  turn.say(spoken('sales', 100));
  await server.until(() => (stream()?.chunks.length ?? 0) >= 8);
  turn.say(spoken('billing'), silence(100));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'sales billing');
  const times = stream().arrivedAtMs.slice(1, 8);
  // Close to real time: seven pieces of 100 ms in about 700 ms.
  assert.ok(times.at(-1)! - times[0]! > 400, `${times.at(-1)! - times[0]!} ms`);
});

test('a turn that nobody waits for is half-closed, and tells nothing', async () => {
  server.behave({});
  const stream = next();
  const turn = listen(engine);
  turn.say(spoken('sales'));
  await turn.until((heard) => heard.length > 0);
  turn.drop();
  turn.drop();
  const told = turn.heard.length;
  await server.until(() => stream().halfClosed);
  turn.end();
  assert.equal(turn.heard.length, told);
});

test('gRPC gives an utterance up that the service never answers', async () => {
  server.behave({ mute: true });
  const engine = engineWith({}, { deadlineMs: 200 });
  const stream = next();
  const turn = listen(engine, { ...MENU, maxDurationMs: 100 });
  turn.say(spoken('sales'));
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.timed_out' });
  assert.ok(stream().deadlineMs <= 300);
});

test('an answer that comes late is an answer', async () => {
  server.behave({ slowMs: 300 });
  const turn = listen(engine);
  turn.say(spoken('no'), silence(100));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'no');
});

test('thousands of hints are cut to what one request may have, and what is expected comes first', async () => {
  server.behave({});
  const stream = next();
  const hints = Array.from({ length: 6_000 }, (_, i) => `customer name number ${i}`);
  const turn = listen(engine, { ...MENU, hints });
  turn.end();
  await turn.outcome;
  const phrases = stream().config?.config?.adaptation?.phraseSets?.[0]?.inlinePhraseSet?.phrases ?? [];
  assert.deepEqual(stream().broken, []);
  assert.equal(phrases[0]?.value, 'sales');
  assert.ok(phrases.length > 3_500 && phrases.length <= 5_000, `${phrases.length}`);
});

test('a secret that is missing or no service account is refused before anything is sent', async () => {
  const without = openGoogle('cloud', { ...setting, secret: 'other' }, context);
  const broken = openGoogle('cloud', setting, { ...context, secretOf: () => '{"client_email": 1}' });
  const first = server.streams.length;
  for (const engine of [without, broken]) {
    const checked = await engine.check();
    assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.refused');
    assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.refused' });
    await engine.close();
  }
  assert.equal(server.streams.length, first);
});

test('a secret that was put right is taken at the next utterance', async () => {
  let secret = 'wrong';
  const engine = openGoogle('cloud', setting, { ...context, secretOf: () => secret });
  opened.push(engine);
  server.behave({});
  assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.refused' });
  secret = ACCOUNT;
  const turn = listen(engine);
  turn.say(spoken('yes'));
  turn.end();
  assert.equal((await turn.outcome).what, 'final');
});

test('a server that goes down in the middle makes the engine unreachable, and so does none at all', async () => {
  const mortal = await startGoogleRecognition();
  mortal.behave({ dieAfterMs: 200 });
  const engine = engineWith({ endpoint: mortal.endpoint });
  const turn = listen(engine);
  turn.say(spoken('sales'), silence(200));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.unreachable' });
  assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.unreachable' });
});

test('a line that is cut once in the middle is not noticed by the caller', async () => {
  server.behave({});
  const line = await layLine(Number(server.endpoint.split(':')[1]));
  const engine = engineWith({ endpoint: `127.0.0.1:${line.port}` });
  const turn = listen(engine);
  turn.say(spoken('yes'), silence(100));
  await turn.until((heard) => heard.some(({ what }) => what === 'partial'));
  line.cut();
  turn.say(spoken('billing'), silence(100));
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'yes billing');
  line.close();
});

test('a closed engine hears nothing more, and may be closed again', async () => {
  server.behave({});
  const engine = engineWith();
  const turn = listen(engine);
  turn.say(spoken('sales'));
  await turn.until((heard) => heard.length > 0);
  await engine.close();
  await engine.close();
  assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.closed' });
});
