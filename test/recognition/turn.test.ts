import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earsOver, hearing, kinds, settled, speak } from './listening.ts';
import { cough, silence, together, voice } from './made-sound.ts';
import { ORDER, scriptedEngine, words } from './scripted-engine.ts';

const SAID = together(silence(500), voice(600), silence(700));

test('who says nothing is not told of, and no engine is asked', async () => {
  const engine = scriptedEngine('one');
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), silence(10_000));
  await settled();
  assert.deepEqual(heard, []);
  assert.equal(engine.asked.length, 0);
});

test('a word is told as started and then as final, with the time from the end of the voice', async () => {
  const engine = scriptedEngine('one', {}, () => words('Billing'));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'final']);
  const final = heard[1]!;
  assert.ok(final.what === 'final');
  assert.deepEqual([final.text, final.engine, final.endedBy], ['Billing', 'one', 'silence']);
  assert.ok(final.tookMs >= 600 && final.tookMs < 700, `${final.tookMs} ms`);
  assert.deepEqual([final.fromMs, final.toMs], [500, 1_100]);
});

test('the voice is told after 100 to 140 ms of it', () => {
  const { heard, told } = hearing();
  const listener = earsOver([scriptedEngine('one')]).listen(ORDER, told);
  speak(listener, silence(500));
  speak(listener, voice(100));
  assert.deepEqual(heard, []);
  speak(listener, voice(40));
  assert.deepEqual(kinds(heard), ['started']);
});

test('an engine is given the sound before the voice too, and no more than 400 ms of silence after it', async () => {
  const engine = scriptedEngine('one', {}, () => words('Billing'));
  const { told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), SAID);
  await settled();
  const ms = engine.asked[0]!.ms();
  assert.ok(ms >= 1_260 && ms <= 1_320, `${ms} ms`);
});

test('a cough is told as noise, and the words after it are heard in the same turn', async () => {
  const engine = scriptedEngine('one', {}, ({ ms }) => (ms() < 1_000 ? words('', 0) : words('Billing')));
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen(ORDER, told);
  speak(listener, together(silence(500), cough(200), silence(700)));
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'noise']);
  speak(listener, SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'noise', 'started', 'final']);
});

test('a long noise without words is noise, too', async () => {
  const engine = scriptedEngine('one', {}, () => ({ what: 'nothing' }));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'noise']);
});

test('a short "no" of which the engine is sure is no cough', async () => {
  const engine = scriptedEngine('one', {}, () => words('Sales', 0.9));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), together(silence(500), voice(180), silence(700)));
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'final']);
});

test('a wrong word is a final without text', async () => {
  const engine = scriptedEngine('one', {}, () => words('', 0));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'final']);
  assert.ok(heard[1]!.what === 'final' && heard[1]!.text === '' && heard[1]!.confidence === 0);
});

test('with words as the rule, the voice barges in with the first words and not before', async () => {
  const engine = scriptedEngine('one', { partials: true });
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen({ ...ORDER, bargeIn: 'words', minWords: 2 }, told);
  speak(listener, together(silence(500), voice(400)));
  await settled();
  assert.deepEqual(kinds(heard), ['voice']);
  engine.asked[0]!.told({ what: 'partial', text: 'i' });
  engine.asked[0]!.told({ what: 'partial', text: 'i want' });
  assert.deepEqual(kinds(heard), ['voice', 'partial', 'started', 'partial']);
  listener.stop();
});

test('with words as the rule, an engine without partial results goes by the voice', () => {
  const { heard, told } = hearing();
  speak(
    earsOver([scriptedEngine('one')]).listen({ ...ORDER, bargeIn: 'words' }, told),
    together(silence(500), voice(400)),
  );
  assert.deepEqual(kinds(heard), ['started']);
});

test('with the match as the rule, other words are noise and the expected ones end the turn', async () => {
  let said = 'something else';
  const engine = scriptedEngine('one', {}, () => words(said));
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen({ ...ORDER, bargeIn: 'match' }, told);
  speak(listener, SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['voice', 'noise']);
  said = 'the billing please';
  speak(listener, SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['voice', 'noise', 'voice', 'started', 'final']);
});

test('where nothing may barge in, nothing is told before the final', async () => {
  const engine = scriptedEngine('one', {}, () => words('Billing'));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen({ ...ORDER, bargeIn: 'off' }, told), SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['final']);
});

test('a partial that equals a phrase ends the turn at once, unless a longer phrase begins so', async () => {
  const engine = scriptedEngine('one', { partials: true });
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen(ORDER, told);
  speak(listener, together(silence(500), voice(400)));
  await settled();
  engine.asked[0]!.told({ what: 'partial', text: 'sales' });
  assert.deepEqual(kinds(heard), ['started', 'partial']);
  engine.asked[0]!.told({ what: 'partial', text: 'Sales, department' });
  assert.deepEqual(kinds(heard), ['started', 'partial', 'partial', 'final']);
  const final = heard[3]!;
  assert.ok(final.what === 'final' && final.endedBy === 'match' && final.tookMs === 0);
  assert.equal(engine.asked[0]!.dropped, true);
});

test('who talks on is ended by the longest duration, counted in sound', async () => {
  const engine = scriptedEngine('one', {}, () => words('Billing'));
  const { heard, told } = hearing();
  const talk = Array.from({ length: 6 }, () => together(voice(400), silence(100)));
  speak(earsOver([engine]).listen({ ...ORDER, maxDurationMs: 2_000 }, told), together(silence(500), ...talk));
  await settled();
  const final = heard.at(-1)!;
  assert.ok(final.what === 'final' && final.endedBy === 'max_duration');
  const ms = engine.asked[0]!.ms();
  assert.ok(ms >= 1_900 && ms <= 2_100, `${ms} ms`);
});

test('an engine that says that the caller has ended need not wait for our silence', async () => {
  const engine = scriptedEngine('one', { partials: true }, () => words('Billing'));
  const { heard, told } = hearing();
  speak(earsOver([engine]).listen(ORDER, told), together(silence(500), voice(600), silence(100)));
  await settled();
  const mine = engine.asked[0]!;
  assert.equal(mine.ended, false);
  mine.told({ what: 'ended' });
  await settled();
  const final = heard.at(-1)!;
  assert.ok(final.what === 'final' && final.endedBy === 'engine' && final.tookMs < 200);
});

test('a voice that begins while the words before are not understood yet is heard after a noise', async () => {
  const engine = scriptedEngine('one');
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen(ORDER, told);
  speak(listener, SAID);
  await settled();
  speak(listener, voice(400));
  assert.equal(engine.asked.length, 1);
  engine.asked[0]!.told({ what: 'nothing' });
  await settled();
  speak(listener, together(voice(200), silence(700)));
  await settled();
  assert.equal(engine.asked.length, 2);
  const ms = engine.asked[1]!.ms();
  assert.ok(ms >= 900, `what was said in the meantime belongs to it: ${ms} ms`);
  engine.asked[1]!.told(words('Sales'));
  assert.deepEqual(kinds(heard), ['started', 'noise', 'started', 'final']);
});

test('after stop nothing is told, and stop may be called twice', async () => {
  const engine = scriptedEngine('one', { partials: true });
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen(ORDER, told);
  speak(listener, together(silence(500), voice(400)));
  await settled();
  listener.stop();
  listener.stop();
  engine.asked[0]!.told(words('Billing'));
  speak(listener, SAID);
  await settled();
  assert.deepEqual(kinds(heard), ['started']);
  assert.equal(engine.asked[0]!.dropped, true);
});

test('a continuous turn tells one final after the other, with the time of each', async () => {
  let count = 0;
  const engine = scriptedEngine('one', {}, () => words(`sentence ${++count}`));
  const { heard, told } = hearing();
  const order = { ...ORDER, expected: { kind: 'free' }, continuous: true } as const;
  const listener = earsOver([engine]).listen(order, told);
  speak(listener, together(SAID, SAID, SAID));
  await settled();
  const finals = heard.flatMap((one) => (one.what === 'final' ? [[one.text, one.fromMs]] : []));
  assert.deepEqual(finals, [
    ['sentence 1', 500],
    ['sentence 2', 2_300],
    ['sentence 3', 4_100],
  ]);
  listener.stop();
});

test('who goes on after a short pause is heard as one, though the engine was asked in the pause', async () => {
  const engine = scriptedEngine('one', {}, ({ ms }) => words(ms() > 1_500 ? 'Sales department' : 'Sales'));
  const { heard, told } = hearing();
  const listener = earsOver([engine]).listen(ORDER, told);
  speak(listener, together(silence(500), voice(400), silence(500)));
  await settled();
  assert.deepEqual(kinds(heard), ['started'], 'its early answer is kept back');
  speak(listener, together(voice(400), silence(700)));
  await settled();
  assert.equal(engine.asked.length, 2);
  const final = heard.at(-1)!;
  assert.ok(final.what === 'final' && final.text === 'Sales department', kinds(heard).join());
  assert.deepEqual([final.fromMs, final.toMs], [500, 1_800]);
});
