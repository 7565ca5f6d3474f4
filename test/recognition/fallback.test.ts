import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earsOver, hearing, kinds, settled, speak } from './listening.ts';
import { silence, together, voice } from './made-sound.ts';
import { ORDER, scriptedEngine, words } from './scripted-engine.ts';

const SAID = together(silence(500), voice(600), silence(700));
const UNREACHABLE = { what: 'failed', code: 'recognition.unreachable' } as const;

test('an engine that dies in the middle is followed by the next one, which hears all from the beginning', async () => {
  const [first, second] = [
    scriptedEngine('cloud', { partials: true }),
    scriptedEngine('local', {}, () => words('Billing')),
  ];
  const { heard, told } = hearing();
  const listener = earsOver([first, second]).listen(ORDER, told);
  speak(listener, together(silence(500), voice(300)));
  await settled();
  first.asked[0]!.told(UNREACHABLE);
  speak(listener, together(voice(300), silence(700)));
  await settled();
  const final = heard.at(-1)!;
  assert.ok(final.what === 'final' && final.engine === 'local' && final.text === 'Billing');
  const ms = second.asked[0]!.ms();
  assert.ok(ms >= 1_260, `${ms} ms`);
});

test('an engine that dies after the end of the voice is followed by the next one', async () => {
  const [first, second] = [
    scriptedEngine('cloud', {}, () => UNREACHABLE),
    scriptedEngine('local', {}, () => words('Sales')),
  ];
  const { heard, told } = hearing();
  speak(earsOver([first, second]).listen(ORDER, told), SAID);
  await settled();
  await settled();
  assert.deepEqual(kinds(heard), ['started', 'final']);
});

test('an engine that is too slow is followed by the next one, and what it says later is not heard', async () => {
  const [first, second] = [scriptedEngine('slow'), scriptedEngine('local', {}, () => words('Sales'))];
  const { heard, told, over } = hearing();
  speak(earsOver([first, second], { answerMsMax: 5 }).listen(ORDER, told), SAID);
  const final = await over;
  assert.ok(final.what === 'final' && final.engine === 'local');
  assert.equal(first.asked[0]!.dropped, true);
  first.asked[0]!.told(words('Billing'));
  assert.deepEqual(kinds(heard), ['started', 'final']);
});

test('when the last engine fails the turn has failed, with its code', async () => {
  const { told, over } = hearing();
  speak(earsOver([scriptedEngine('one', {}, () => UNREACHABLE)]).listen(ORDER, told), SAID);
  assert.deepEqual(await over, { what: 'failed', code: 'recognition.unreachable' });
});

test('a language that nobody hears is told at once', async () => {
  const ears = earsOver([scriptedEngine('one')]);
  const { told, over } = hearing();
  ears.listen({ ...ORDER, language: 'de-AT' }, told);
  assert.deepEqual(await over, { what: 'failed', code: 'recognition.no_engine' });
  assert.equal(ears.hears({ ...ORDER, language: 'de' }), false);
  assert.equal(ears.hears(ORDER), true);
});

test('what is sensitive goes to engines of this machine and to those that are trusted', async () => {
  const remote = scriptedEngine('cloud', { local: false, partials: true }, () => words('Billing'));
  const local = scriptedEngine('local', {}, () => words('Sales'));
  const sensitive = { ...ORDER, sensitive: true };
  const first = hearing();
  speak(earsOver([remote, local]).listen(sensitive, first.told), SAID);
  const heard = await first.over;
  assert.ok(heard.what === 'final' && heard.engine === 'local');
  assert.equal(remote.asked.length, 0);

  const second = hearing();
  earsOver([remote]).listen(sensitive, second.told);
  assert.deepEqual(await second.over, { what: 'failed', code: 'recognition.not_trusted' });
  assert.equal(earsOver([remote], {}, { trusted: ['cloud'] }).hears(sensitive), true);
});

test('free speech is asked of no engine that has grammars only', () => {
  const ears = earsOver([scriptedEngine('one', { freeForm: 'no' })]);
  assert.equal(ears.hears({ ...ORDER, expected: { kind: 'free' } }), false);
});

test('after three failures in a row an engine rests half a minute, then one utterance tries it', async () => {
  let nowMs = 0;
  let broken = true;
  const engine = scriptedEngine('one', {}, () => (broken ? UNREACHABLE : words('Sales')));
  const ears = earsOver([engine], { now: () => nowMs });
  const turn = async () => {
    const { told, over } = hearing();
    speak(ears.listen(ORDER, told), SAID);
    return over;
  };
  for (let time = 0; time < 3; time++) await turn();
  assert.deepEqual(await turn(), { what: 'failed', code: 'recognition.resting' });
  assert.equal(engine.asked.length, 3);
  assert.equal(ears.hears(ORDER), false);
  assert.deepEqual([ears.health().up, ears.health().detail], [false, 'one rests: recognition.unreachable']);
  nowMs = 30_000;
  assert.equal((await turn()).what, 'failed');
  assert.equal(engine.asked.length, 4);
  nowMs = 60_000;
  assert.deepEqual(await turn(), { what: 'failed', code: 'recognition.resting' }, 'it rests longer now');
  nowMs = 90_000;
  broken = false;
  assert.equal((await turn()).what, 'final');
  assert.equal((await turn()).what, 'final');
});

test('an engine whose model is missing rests after the first failure', async () => {
  const engine = scriptedEngine('one', {}, () => ({ what: 'failed', code: 'recognition.engine_missing' }));
  const ears = earsOver([engine]);
  const first = hearing();
  speak(ears.listen(ORDER, first.told), SAID);
  await first.over;
  const second = hearing();
  ears.listen(ORDER, second.told);
  assert.deepEqual(await second.over, { what: 'failed', code: 'recognition.engine_missing' });
});

test('one more than an engine may hear and keep waiting goes to the next engine', async () => {
  const [first, second] = [
    scriptedEngine('narrow', { partials: true }),
    scriptedEngine('wide', {}, () => words('Sales')),
  ];
  const ears = earsOver([first, second], {}, { sessionsMax: { narrow: 1, wide: 100 } });
  const turns = Array.from({ length: 18 }, () => {
    const { told, over } = hearing();
    const listener = ears.listen(ORDER, told);
    speak(listener, SAID);
    return { listener, over };
  });
  const last = await turns.at(-1)!.over;
  assert.ok(last.what === 'final' && last.engine === 'wide');
  assert.equal(first.asked.length, 1, 'one is heard, sixteen wait');
  assert.equal(second.asked.length, 1);
  for (const { listener } of turns) listener.stop();
});

test('a hundred callers who speak at once are heard in turns, each within the time or told that it is busy', async () => {
  const engine = scriptedEngine('one', {}, () => words('Sales'));
  const ears = earsOver([engine], { waitMsMax: 1_000 }, { sessionsMax: { one: 2 } });
  const turns = Array.from({ length: 100 }, () => {
    const { told, over } = hearing();
    return { listener: ears.listen(ORDER, told), over };
  });
  for (const { listener } of turns) speak(listener, SAID);
  const ends = await Promise.all(turns.map(({ over }) => over));
  const heard = ends.filter(({ what }) => what === 'final').length;
  const busy = ends.filter((end) => end.what === 'failed' && end.code === 'recognition.busy').length;
  assert.equal(heard + busy, 100);
  assert.equal(heard, 34, 'two are heard at once and thirty-two wait');
});

test('a waiting utterance whose caller has gone gives its place back', async () => {
  const engine = scriptedEngine('one', { partials: true });
  const ears = earsOver([engine], {}, { sessionsMax: { one: 1 } });
  const [first, second, third] = [hearing(), hearing(), hearing()];
  const listeners = [first, second, third].map(({ told }) => ears.listen(ORDER, told));
  for (const listener of listeners) speak(listener, SAID);
  await settled();
  listeners[1]!.stop();
  listeners[0]!.stop();
  await settled();
  assert.equal(engine.asked.length, 2, 'the third is heard now');
  engine.asked[1]!.told(words('Sales'));
  assert.equal((await third.over).what, 'final');
});

test('a changed setting takes effect for the next turn, and the one that runs goes on with its engine', async () => {
  const [before, after] = [scriptedEngine('one'), scriptedEngine('two', {}, () => words('Sales'))];
  const ears = earsOver([before, after], {}, { hear: { en: ['one'] } });
  const { told, over } = hearing();
  const listener = ears.listen(ORDER, told);
  speak(listener, SAID);
  await settled();
  const engines = { two: { kind: 'websocket', url: 'wss://localhost', secret: null } } as const;
  ears.use({ engines, hear: { en: ['two'] }, speak: {}, sessionsMax: {}, trusted: [] });
  assert.equal(before.closed, false);
  before.asked[0]!.told(words('Billing'));
  const heard = await over;
  assert.ok(heard.what === 'final' && heard.engine === 'one');
  assert.equal(before.closed, true);
  const next = hearing();
  speak(ears.listen(ORDER, next.told), SAID);
  const heardNext = await next.over;
  assert.ok(heardNext.what === 'final' && heardNext.engine === 'two');
});

test('closed ears hear nobody, and may be closed twice', async () => {
  const engine = scriptedEngine('one');
  const ears = earsOver([engine]);
  ears.listen(ORDER, () => assert.fail('nothing is told after the end'));
  await Promise.all([ears.close(), ears.close()]);
  assert.equal(engine.closed, true);
  const { told, over } = hearing();
  ears.listen(ORDER, told);
  assert.deepEqual(await over, { what: 'failed', code: 'recognition.closed' });
});
