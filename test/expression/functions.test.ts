import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNCTIONS, MACROS } from '../../src/expression/functions/functions.ts';
import { failure, given } from './names.ts';

/** At least one example of every function; what fails is in the test below. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  '"hello".contains("ell")': true,
  '"hello".startsWith("he")': true,
  '"hello".endsWith("he")': false,
  '"hello".matches("^h.*o$")': true,
  'matches("hello", "^x")': false,
  'lower("ABC")': 'abc',
  '"abc".upper()': 'ABC',
  'trim("  a b ")': 'a b',
  'digits("0171 / 23-45 x")': '01712345',
  'luhn("79927398713")': true,
  'luhn("79927398710")': false,
  'luhn("4539 1488 0343 6467")': false,
  'luhn(digits("4539 1488 0343 6467"))': true,
  'luhn("0")': false,
  'luhn("")': false,
  'last("123456", 4)': '3456',
  'last("12", 4)': '12',
  'last("12", 0)': '',
  '"hello".substring(1, 3)': 'el',
  '"hello".substring(2)': 'llo',
  '"hello".substring(5)': '',
  '"hello".indexOf("l")': 2,
  '"hello".indexOf("x")': -1,
  '"a-b-c".replace("-", "")': 'abc',
  '"a-b".replace("-", " and ")': 'a and b',
  '"ab".replace("", "x")': 'ab',
  '"a,b,,c".split(",")': ['a', 'b', '', 'c'],
  '"".split(",")': [],
  'string(2.0)': '2',
  'string(true)': 'true',
  'string(duration("90s"))': '90s',
  'double("2.50")': 2.5,
  'double(" 7 ")': 7,
  'double("-.5")': -0.5,
  'double(true)': 1,
  'int("0042")': 42,
  'int(-7.9)': -7,
  'bool("true")': true,
  'bool("0")': false,
  'round(2.5)': 3,
  'round(-2.5)': -3,
  'round(1.005, 2)': 1.01,
  'round(12.3456, 1)': 12.3,
  'size("h\u00e4ll\u{1F600}")': 5,
  'size([1, 2])': 2,
  '{"a": 1}.size()': 1,
  '["a", "b"].join(", ")': 'a, b',
  '[1, null, true].join()': '1true',
  'timestamp("2026-12-24T18:00:00+01:00")': '2026-12-24T17:00:00.000Z',
  'duration("1h30m")': '5400s',
  'duration("-1.5h").getMinutes()': -90,
  'timestamp("2024-12-31T23:59:58Z").getFullYear()': 2024,
  'timestamp("2024-12-31T23:59:58Z").getFullYear("Asia/Tokyo")': 2025,
  'timestamp("2024-12-31T23:59:58Z").getMonth()': 11,
  'timestamp("2024-12-31T23:59:58Z").getDate()': 31,
  'timestamp("2024-12-31T23:59:58Z").getDayOfMonth()': 30,
  'timestamp("2024-12-31T23:59:58Z").getDayOfWeek()': 2,
  'timestamp("2024-12-31T23:59:58Z").getDayOfYear()': 365,
  'timestamp("2024-01-01T23:59:58Z").getDayOfYear()': 0,
  'timestamp("2024-12-31T23:59:58Z").getHours("Asia/Kolkata")': 5,
  'timestamp("2024-12-31T23:59:58Z").getMinutes("Asia/Kolkata")': 29,
  'timestamp("2024-12-31T23:59:58Z").getSeconds()': 58,
  'duration("90s").getSeconds()': 90,
};

test('every function does what its examples say', () => {
  for (const [expression, value] of Object.entries(EXAMPLES)) assert.deepEqual(given(expression), value, expression);
});

test('every function has an example, a signature with its name, and a description that is a sentence', () => {
  const examples = Object.keys(EXAMPLES).join('\n');
  for (const { name } of FUNCTIONS) assert.match(examples, new RegExp(`\\b${name}\\(`), name);
  const all = [...FUNCTIONS, ...MACROS];
  assert.equal(new Set(all.map((one) => one.name)).size, all.length, 'no name twice');
  for (const { name, signature, description } of all) {
    assert.ok(signature.includes(`${name}(`), signature);
    assert.match(description, /^[A-Z].*\.$/, description);
  }
});

test('what a function cannot work with is a failure', () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    'int("4,5")': /no number/,
    'double("")': /no number/,
    'double("Infinity")': /no number/,
    'bool("maybe")': /neither/,
    '"abc".substring(2, 1)': /outside/,
    '"abc".substring(4)': /outside/,
    'last("abc", -1)': /0 or more/,
    'last("abc", 1.5)': /whole number/,
    'round(1, 20)': /0 to 10/,
    '[[1]].join()': /lists or maps/,
    'upper(vars.tries)': /upper\(\) takes text, not a number/,
    'duration(vars.account)': /no length of time/,
    'timestamp(vars.account)': /no time/,
  };
  for (const [expression, message] of Object.entries(wrong)) assert.match(failure(expression), message, expression);
});
