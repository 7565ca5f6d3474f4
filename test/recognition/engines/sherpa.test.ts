import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { UtteranceOrder } from '../../../src/recognition/engine.ts';
import { openSherpa, type SherpaOptions } from '../../../src/recognition/engines/sherpa.ts';
import { silence, spoken } from '../stand-ins/level-hearing.ts';
import { listen, MENU } from '../stand-ins/utterance-script.ts';

/** The real package is used where it fails; to hear something it would need a model. */
const STAND_IN = fileURLToPath(new URL('../stand-ins/sherpa-onnx.cjs', import.meta.url));
const context = { sessionsMax: 4, secretOf: () => undefined };
const TALK: UtteranceOrder = { ...MENU, expected: { kind: 'free' }, continuous: true };

const folder = mkdtempSync(join(tmpdir(), 'strowger-sherpa-'));
after(() => rmSync(folder, { recursive: true }));

/** A folder with files of these names. */
function model(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(folder, 'model-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const transducer = (trouble = '') =>
  model({ 'tokens.txt': 'a 0\n', 'encoder.onnx': trouble, 'decoder.onnx': '', 'joiner.onnx': '' });

function open(path: string, options: SherpaOptions = {}) {
  const engine = openSherpa('own', { kind: 'sherpa', model: path }, context, options);
  after(() => engine.close());
  return engine;
}

const engine = open(transducer(), { module: STAND_IN });

test('words are told while they are spoken, and all of them after the end', async () => {
  const turn = listen(engine);
  turn.write(Int16Array.from([...silence(500), ...spoken('support')]));
  turn.say(silence(100));
  await turn.until((heard) => heard.some((one) => one.what === 'partial' && one.text === 'support'));
  // The last word has no silence behind it.
  turn.say(spoken('one', 130));
  turn.end();
  turn.end();
  const outcome = await turn.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'support one');
  assert.ok(outcome.what === 'final' && Math.abs(outcome.confidence - 0.75) < 1e-9);
});

test('several callers are heard at once by one process, each by himself', async () => {
  const words = ['yes', 'no', 'sales', 'billing'];
  const turns = words.map(() => listen(engine));
  for (const [at, turn] of turns.entries()) turn.say(spoken(words[at]!));
  for (const turn of turns) turn.end();
  const outcomes = await Promise.all(turns.map(({ outcome }) => outcome));
  assert.deepEqual(
    outcomes.map((one) => one.what === 'final' && one.text),
    words,
  );
});

test('a cough is nothing', async () => {
  const turn = listen(engine);
  turn.say(spoken('(cough)'));
  turn.end();
  assert.deepEqual(await turn.outcome, { what: 'nothing' });
});

test('of a talk every sentence is told, and exactly one answer comes after its end', async () => {
  const turn = listen(engine, TALK);
  for (const word of ['one', 'two']) {
    turn.say(spoken(word), silence(700));
    await turn.until((heard) => heard.some((one) => one.what === 'final' && one.text === word));
  }
  turn.say(spoken('three'), silence(700), spoken('four'));
  turn.end();
  const outcome = await turn.outcome;
  const finals = turn.heard.flatMap((one) => (one.what === 'final' ? [one.text] : []));
  // What was on its way when the end was told may have come before or with it.
  assert.equal(finals.join(' '), 'one two three four');
  assert.equal(outcome, turn.heard.at(-1));
});

test('a turn that nobody waits for tells nothing more', async () => {
  const turn = listen(engine);
  turn.say(spoken('sales'));
  await turn.until((heard) => heard.length > 0);
  turn.drop();
  turn.drop();
  turn.write(spoken('no'));
  turn.end();
  const next = listen(engine);
  next.say(spoken('no'));
  next.end();
  await next.outcome;
  assert.deepEqual(turn.heard, [{ what: 'partial', text: 'sales' }]);
});

for (const [name, files, reason] of [
  ['that is not there', null, 'there is no such folder'],
  ['without tokens.txt', { 'model.onnx': '' }, 'there is no tokens.txt in it'],
  ['without a model', { 'tokens.txt': 'a 0' }, 'there is no *.onnx in it'],
  ['with half of a model', { 'tokens.txt': 'a 0', 'encoder.onnx': '' }, 'a part of the model is missing'],
] as const) {
  test(`a folder ${name} is told before a process is started`, async () => {
    const path = files === null ? join(folder, 'nowhere') : model(files);
    const engine = open(path);
    const checked = await engine.check();
    assert.ok(!checked.ok);
    assert.equal(checked.failure.code, 'recognition.engine_missing');
    assert.deepEqual(checked.failure.details, { folder: path, reason });
    assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.engine_missing' });
  });
}

test('a damaged model ends the process of the real package, and nothing but the utterance with it', async () => {
  const noise = 'not a model '.repeat(50);
  const engine = open(
    model({ 'tokens.txt': 'a 0\nb 1\n', 'encoder.onnx': noise, 'decoder.onnx': noise, 'joiner.onnx': noise }),
  );
  const checked = await engine.check();
  assert.ok(!checked.ok);
  assert.equal(checked.failure.code, 'recognition.engine_failed');
  assert.deepEqual(checked.failure.details, { reason: 'its process ended by SIGABRT' });
  const turn = listen(engine);
  turn.say(spoken('yes'));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.engine_failed' });
});

test('a package that is not there, or throws, is missing', async () => {
  for (const engine of [
    open(transducer(), { module: 'no-such-package' }),
    open(transducer('throw'), { module: STAND_IN }),
  ]) {
    const checked = await engine.check();
    assert.equal(checked.ok ? 'ok' : checked.failure.code, 'recognition.engine_missing');
  }
});

test('a crash in the middle fails all who speak, and the next one is heard by another process', async () => {
  const path = transducer('crash');
  const engine = open(path, { module: STAND_IN });
  assert.equal((await engine.check()).ok, true);
  const turns = [listen(engine), listen(engine)];
  for (const turn of turns) turn.say(spoken('yes'));
  for (const turn of turns) assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.engine_failed' });
  writeFileSync(join(path, 'encoder.onnx'), '');
  const next = listen(engine);
  next.say(spoken('yes'));
  next.end();
  const outcome = await next.outcome;
  assert.equal(outcome.what === 'final' && outcome.text, 'yes');
});

test('a process that hangs is killed, and its utterance has failed', async () => {
  const engine = open(transducer('hang'), { module: STAND_IN, answerMsMax: 200 });
  assert.equal((await engine.check()).ok, true);
  const turn = listen(engine);
  turn.say(spoken('yes'));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.timed_out' });
});

test('sound that nobody takes is kept within a bound', async () => {
  const engine = open(transducer('hang at the beginning'), { module: STAND_IN });
  const turn = listen(engine);
  for (let second = 0; second < 31; second++) turn.write(silence(1_000));
  assert.deepEqual(await turn.outcome, { what: 'failed', code: 'recognition.too_much_sound' });
  await engine.close();
});

test('a closed engine hears nothing more, and may be closed again', async () => {
  const engine = open(transducer(), { module: STAND_IN });
  const turn = listen(engine);
  turn.say(spoken('yes'));
  await turn.until((heard) => heard.length > 0);
  await engine.close();
  await engine.close();
  assert.deepEqual(await listen(engine).outcome, { what: 'failed', code: 'recognition.closed' });
});
