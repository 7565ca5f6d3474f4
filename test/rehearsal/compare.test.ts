import assert from 'node:assert/strict';
import { test } from 'node:test';
import { masked } from '../../src/rehearsal/masked.ts';
import { isAsWritten, isWay } from '../../src/rehearsal/tests/compare.ts';
import { matcherOf } from '../../src/rehearsal/tests/matcher.ts';

const way = (steps: string) => [...steps].map((step) => ({ flow: 'main', step }));

test('a way is compared step by step, with any number of steps for three dots, also for none', () => {
  const ways: readonly [string[], string, boolean][] = [
    [['a', 'b'], 'ab', true],
    [['a', 'b'], 'abc', false],
    [['a', 'b'], 'a', false],
    [[], '', true],
    [['...'], '', true],
    [['...'], 'abc', true],
    [['a', '...', 'c'], 'ac', true],
    [['a', '...', 'c'], 'abbcbc', true],
    [['a', '...', 'c'], 'abbcb', false],
    [['...', 'b', '...', 'b'], 'b', false],
    [['...', 'b', '...', 'b'], 'abab', true],
    [['main/a', 'other/b'], 'ab', false],
    [['main/a', 'main/b'], 'ab', true],
  ];
  for (const [written, steps, is] of ways) assert.equal(isWay(written, way(steps)), is, `${written} ${steps}`);
});

test('of maps what is named is compared, lists are compared whole, and types count', () => {
  const value = { a: 1, b: [1, { c: 'x' }], d: null };
  for (const written of [1, '1', [], { a: '1' }, { b: [1] }, { b: [1, { c: 'y' }] }, { e: 1 }, { b: { 0: 1 } }]) {
    assert.equal(isAsWritten(written, value), false, JSON.stringify(written));
  }
  for (const written of [{}, { a: 1 }, { b: [1, { c: 'x' }] }, { b: [1, {}] }, { d: null, e: null }]) {
    assert.equal(isAsWritten(written, value), true, JSON.stringify(written));
  }
  assert.equal(isAsWritten(null, undefined), true);
});

test('words are found whatever their capitals and blanks, patterns between slashes are looked for, broken ones are none', () => {
  assert.equal(matcherOf('press  ONE')?.matches('Please press\none now'), true);
  assert.equal(matcherOf('one press')?.matches('press one'), false);
  assert.equal(matcherOf('/^press \\d$/')?.matches('Press 1'), true);
  assert.equal(matcherOf('/^press \\d$/')?.matches('Press 1 or 2'), false);
  assert.equal(matcherOf('/(/'), undefined);
});

test('what is secret is blotted out wherever it stands', () => {
  assert.deepEqual(masked({ a: 'x4711y', b: [4711, 47], c: true }, ['4711']), {
    a: 'x***y',
    b: ['***', 47],
    c: true,
  });
  assert.equal(masked('all', ['', [1]]), 'all');
});
