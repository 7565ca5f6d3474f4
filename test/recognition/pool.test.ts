import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DEBIAN, pocketsphinx } from '../../src/recognition/engines/pocketsphinx.ts';
import { digitsGrammar } from '../../src/recognition/grammar/digits-grammar.ts';
import { phrasesGrammar } from '../../src/recognition/grammar/phrases-grammar.ts';
import { openEars } from '../../src/recognition/open-ears.ts';
import { openPool } from '../../src/recognition/pocketsphinx/pool.ts';
import { spoken } from '../bench/recognition-voices.ts';
import { overTheLine } from '../bench/telephone-line.ts';
import { until } from '../system/until.ts';
import { hearing, kinds, speak } from './listening.ts';
import { cough, silence, together } from './made-sound.ts';
import { ORDER } from './scripted-engine.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-ears-test-'));
// The limit of a call is no limit of a test on a machine that is busy with other tests.
const JOB_MS_MAX = 30_000;
const pool = openPool({ setting: DEBIAN, childrenMax: 2, jobMsMax: JOB_MS_MAX });
after(async () => {
  await pool.close();
  rmSync(dir, { recursive: true });
});

const MENU = phrasesGrammar(['Sales', 'Opening hours', 'Pay my bill'])!;
const SAID = overTheLine(spoken({ name: 'slt', flite: 'slt' }, 'pay my bill', dir)!, 'quiet', {
  seed: 1,
  leadMs: 300,
  tailMs: 400,
});

test('a phrase of a menu is heard, and every score passes', async () => {
  const heard = await pool.hear(MENU.text, SAID);
  assert.ok(heard.ok);
  assert.equal(MENU.read(heard.value.text.split(' ')), 'Pay my bill');
  const { acoustic, likelihoodRatio, misheard, outside } = heard.value;
  const told = JSON.stringify(heard.value);
  assert.ok(acoustic > -75 && likelihoodRatio > -2, told);
  assert.ok(misheard < 0.7 && outside > 0.4 && outside < 0.7, told);
});

test('a child that is killed in the middle is replaced, and its utterance is heard by another one', async () => {
  const before = pool.pids();
  const heard = [0, 1, 2].map(() => pool.hear(MENU.text, SAID));
  for (const pid of before) process.kill(pid, 'SIGKILL');
  const results = await Promise.all(heard);
  assert.deepEqual(
    results.map((result) => result.ok),
    [true, true, true],
  );
  assert.ok(pool.pids().every((pid) => !before.includes(pid)));
});

test('an utterance that takes too long is given up and its child is replaced', async () => {
  const slow = openPool({ setting: DEBIAN, childrenMax: 1, jobMsMax: 2 });
  try {
    assert.equal((await slow.check()).ok, true);
    const before = slow.pids();
    const heard = await slow.hear(MENU.text, SAID);
    assert.ok(!heard.ok && heard.failure.code === 'recognition.timed_out');
    assert.equal((await slow.check()).ok, true);
    assert.notDeepEqual(slow.pids(), before);
  } finally {
    await slow.close();
  }
});

test('more utterances than may wait are refused at once', async () => {
  const narrow = openPool({ setting: DEBIAN, childrenMax: 1, waitingMax: 2 });
  const heard = Array.from({ length: 5 }, () => narrow.hear(MENU.text, SAID));
  await narrow.close();
  const codes = (await Promise.all(heard)).map((result) => (result.ok ? 'heard' : result.failure.code));
  assert.deepEqual(codes.slice(2), ['recognition.busy', 'recognition.busy', 'recognition.busy']);
  assert.deepEqual(codes.slice(0, 2), ['recognition.closed', 'recognition.closed']);
});

for (const [what, setting] of [
  ['library', { ...DEBIAN, libraries: { sphinx: 'libnobody.so.9', base: 'libnobody.so.9' } }],
  ['model', { ...DEBIAN, acousticModel: '/nowhere/en-us' }],
] as const) {
  test(`a missing ${what} is told by its code`, async () => {
    const none = openPool({ setting, childrenMax: 1 });
    const [heard, checked] = await Promise.all([none.hear(MENU.text, SAID), none.check()]);
    await none.close();
    assert.ok(!heard.ok && heard.failure.code === 'recognition.engine_missing', JSON.stringify(heard));
    assert.ok(!checked.ok && checked.failure.code === 'recognition.engine_missing');
  });
}

test('a word that is in no dictionary is heard by the rules of its spelling', async () => {
  const names = phrasesGrammar(['Kowalczyk', 'Sales'])!;
  const said = overTheLine(spoken({ name: 'slt', flite: 'slt' }, 'kowalczyk', dir)!, 'quiet', {
    seed: 2,
    leadMs: 300,
    tailMs: 400,
  });
  const heard = await pool.hear(names.text, said);
  assert.ok(heard.ok && heard.value.text === 'kowalczyk', JSON.stringify(heard));
});

test('the same sound gives the same words and scores, whatever was heard before it', async () => {
  const first = await pool.hear(MENU.text, SAID);
  await Promise.all([
    pool.hear(digitsGrammar(3, 3)!.text, SAID),
    pool.hear(
      MENU.text,
      SAID.map((sample) => sample / 8),
    ),
  ]);
  const again = await pool.hear(MENU.text, SAID);
  assert.ok(first.ok && again.ok);
  assert.deepEqual({ ...again.value, job: 0 }, { ...first.value, job: 0 });
});

test('a made cough of 600 ms is none of the phrases', async () => {
  const engine = pocketsphinx('pocketsphinx', pool);
  const ears = openEars({ engineOf: () => ({ ...engine, close: () => Promise.resolve() }) });
  const { heard, told } = hearing();
  const listener = ears.listen(ORDER, told);
  speak(listener, together(silence(500), cough(600), silence(700)));
  await until('the cough is judged', () => heard.length >= 2 || undefined, { everyMs: 5 });
  const last = heard.at(-1)!;
  assert.ok(last.what === 'noise' || (last.what === 'final' && last.text === ''), kinds(heard).join());
  listener.stop();
});

test('nothing of a closed pool goes on running', async () => {
  const closing = openPool({ setting: DEBIAN, childrenMax: 2 });
  await closing.check();
  const pids = closing.pids();
  await Promise.all([closing.close(), closing.close()]);
  for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  const heard = await closing.hear(MENU.text, SAID);
  assert.ok(!heard.ok && heard.failure.code === 'recognition.closed');
});
