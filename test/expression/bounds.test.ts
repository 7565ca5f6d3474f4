import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedCache } from '../../src/expression/bounded-cache.ts';
import { evaluate } from '../../src/expression/evaluate.ts';
import { checked, failure, fault, given } from './names.ts';

test('an expression that is too long, too deep or has too many parts is a fault at load', () => {
  for (const large of [
    `"${'x'.repeat(2_000)}"`,
    `${'('.repeat(60)}1${')'.repeat(60)}`,
    `${'1+'.repeat(600)}1`,
    `[${'1,'.repeat(600)}1]`,
    `luhn(${'"1",'.repeat(20)}"1")`,
    'vars.orders.map(a, vars.orders.map(b, vars.orders.map(c, 1)))',
  ]) {
    assert.equal(fault(large).code, 'expression.too_large', large.slice(0, 40));
    failure(large);
  }
  assert.equal(checked('vars.orders.map(a, vars.orders.map(b, 1))').type, 'list');
});

test('work is bounded: nested macros over long lists stop, those over usual ones do not', () => {
  const list = (size: number): { vars: { list: number[] } } => ({
    vars: { list: Array.from({ length: size }, (_, i) => i) },
  });
  const nested = 'vars.list.all(a, vars.list.all(b, a * b >= 0))';
  assert.equal(given(nested, list(100)), true);
  assert.match(failure(nested, list(1_000)), /too much work/);
  assert.equal(given('vars.list.filter(x, x % 2 == 0 && x > 10).size()', list(1_000)), 494);
  assert.match(failure('vars.list.exists(a, a < 0) || vars.list.all(a, true)', list(100_000)), /too much work/);
});

test('no expression over large values runs for long, whatever it does with them', () => {
  const numbers = Array.from({ length: 20_000 }, (_, i) => i);
  const vars = {
    numbers,
    map: Object.fromEntries(numbers.map((i) => [`k${i}`, i])),
    text: 'a'.repeat(10_000),
    part: `${'a'.repeat(5_000)}b`,
    huge: 'a'.repeat(1_000_000),
    other: `${'a'.repeat(999_999)}b`,
  };
  const began = process.cpuUsage().user;
  for (const inside of [
    'vars.text.contains(vars.part)',
    'vars.text.replace("a", "b") == ""',
    'vars.text.split(vars.part).size() == 0',
    'vars.huge == vars.other',
    'vars.huge < vars.other',
    'vars.text.matches("^(a+)+b$")',
    'size(vars.map) == 0',
    'vars.map == vars.nothing',
    'vars.map.exists(k, false)',
    'vars.map == vars.map.map(k, k)',
    '1 / 0 == 1',
  ]) {
    evaluate(`vars.numbers.all(a, ${inside} || true)`, { vars });
  }
  assert.ok(process.cpuUsage().user - began < 10_000_000, 'eleven expressions take less than 10 s of work');
});

test('a failure for too much work cannot be hidden behind the other side of a condition', () => {
  const vars = { list: Array.from({ length: 60_000 }, (_, i) => i) };
  assert.match(failure('vars.list.exists(a, a < 0) || true', { vars }), /too much work/);
});

test('no text, list or result grows without end', () => {
  const vars = { long: 'x'.repeat(9_999), list: Array.from({ length: 999 }, () => 1) };
  assert.equal((given('vars.long + "y"', { vars }) as string).length, 10_000);
  assert.match(failure('vars.long + "yy"', { vars }), /more than 10000 characters/);
  assert.match(
    failure(
      '[1].map(a, "0123456789").map(b, b+b+b+b+b+b+b+b).map(c, c+c+c+c+c+c+c+c).map(d, d+d+d+d+d+d+d+d).map(e, e+e+e+e)',
    ),
    /10000 characters/,
  );
  assert.match(failure('vars.long.replace("x", "yyyy")', { vars }), /10000 characters/);
  assert.match(failure('vars.list.map(x, "0123456789012345").join(",")', { vars }), /10000 characters/);
  assert.match(failure('vars.list + [1, 2]', { vars }), /more than 1000 entries/);
  assert.match(failure('vars.long.split("")', { vars }), /more than 1000 parts/);
});

test('results are bounded as a whole', () => {
  const vars = {
    list: Array.from({ length: 200 }, () => 'x'.repeat(1_000)),
    rows: Array.from({ length: 150 }, (_, i) => i),
  };
  assert.match(failure('vars.list', { vars }), /too large/);
  assert.match(failure('vars.rows.map(a, vars.rows)', { vars }), /too large/);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  assert.match(failure('vars.deep', { vars: { deep } }), /too large/);
  assert.match(failure('vars.deep == vars.other', { vars: { deep, other: [deep] } }), /nested too deep|compares/);
});

test('the cache forgets the oldest first and makes it again when it is asked for', () => {
  const made: string[] = [];
  const length = boundedCache(2, (text) => {
    made.push(text);
    return text.length;
  });
  for (const text of ['a', 'bb', 'a', 'ccc', 'bb', 'a']) assert.equal(length(text), text.length);
  assert.deepEqual(made, ['a', 'bb', 'ccc', 'a']);
});
