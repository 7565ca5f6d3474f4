import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { patternOf } from '../../src/expression/patterns/pattern.ts';

function matches(pattern: string, text: string): boolean {
  const made = patternOf(pattern);
  assert.ok(made.ok, made.ok ? '' : made.message);
  return made.pattern.matches(text);
}

function refused(pattern: string): string {
  const made = patternOf(pattern);
  assert.ok(!made.ok, `${pattern} is taken`);
  return made.message;
}

test('the patterns that people write for callers\u2019 input', () => {
  const account = '^[0-9]{6,8}$';
  assert.deepEqual(
    ['12345', '123456', '12345678', '123456789', '12345a'].map((text) => matches(account, text)),
    [false, true, true, false, false],
  );
  assert.ok(matches('^(\\+49|0049|0)[1-9]\\d+$', '+4930123'));
  assert.ok(matches('(?i)^yes|ja|oui$', 'JA'));
  assert.ok(matches('^[^@ ]+@[^@ ]+\\.[a-z]{2,}$', 'ada@example.com'));
  assert.ok(matches('\\border\\b', 'my order, please'));
  assert.ok(!matches('\\border\\b', 'reorder'));
  assert.ok(matches('^(?:a|b)??c$', 'c'));
  assert.ok(matches('[]a-]', '-'));
  assert.ok(matches('^.$', '\u{1F600}'), 'one sign, not two halves');
  assert.ok(matches('', 'anything'));
});

test('what cannot be matched in bounded time, or means nothing, is refused with a reason', () => {
  assert.match(refused('(a)\\1'), /refers back/);
  assert.match(refused('a(?=b)'), /bounded time/);
  assert.match(refused('(?<!b)a'), /bounded time/);
  assert.match(refused('(a'), /without a "\)"/);
  assert.match(refused('a)'), /without a "\("/);
  assert.match(refused('[a'), /without a "\]"/);
  assert.match(refused('*a'), /nothing before it/);
  assert.match(refused('a**'), /repetition/);
  assert.match(refused('a{3,2}'), /counts down/);
  assert.match(refused('[z-a]'), /before it begins/);
  assert.match(refused('\\q'), /means nothing/);
  assert.match(refused('a\\'), /lone/);
  assert.match(refused('a'.repeat(201)), /longer than 200/);
  assert.match(refused('a{1001}'), /more than 1000 times/);
  for (const large of ['((a{100}){100}){100}', '(((|){1000}){1000}){1000}']) assert.match(refused(large), /too large/);
});

test('patterns that take other engines for ever are answered at once', () => {
  const text = `${'a'.repeat(10_000)}!`;
  const began = process.cpuUsage().user;
  for (const pattern of [
    '^(a+)+$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '(a*)*b',
    '^(a?){50}a{50}$',
    'a*a*a*a*a*b',
    '((){1000}){1000}b',
  ]) {
    assert.equal(matches(pattern, text), false, pattern);
  }
  assert.ok(process.cpuUsage().user - began < 5_000_000, 'seven patterns on 10,000 signs take less than 5 s of work');
});

/** Patterns of which the engine of JavaScript says the same, and short texts, so that its backtracking has an end. */
const sign = fc.constantFrom('a', 'b', 'c', '1', ' ');
const atom = fc.oneof(
  sign,
  fc.constantFrom('.', '[ab]', '[^a]', '[a-c1]', '\\d', '\\w', '\\s', '\\D', '\\b', '\\B', '^', '$'),
);
const { pattern: patterns } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 3 },
    atom,
    fc
      .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?'))
      .map(([inner, times]) => `(${inner})${times}`),
    fc.tuple(sign, fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '+?')).map(([one, times]) => `${one}${times}`),
  ),
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
    fc.tuple(tie('piece'), tie('piece')).map(([a, b]) => `${a}|${b}`),
  ),
}));

test('a pattern matches exactly what the engine of JavaScript matches', () => {
  fc.assert(
    fc.property(patterns, fc.array(sign, { maxLength: 8 }), (pattern, signs) => {
      fc.pre(pattern.length <= 200);
      const text = signs.join('');
      assert.equal(matches(pattern, text), new RegExp(pattern, 'u').test(text), `${pattern} on "${text}"`);
    }),
    { numRuns: 3_000 },
  );
});
