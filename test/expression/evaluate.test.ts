import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds } from '../../src/expression/evaluate.ts';
import { failure, given, SCOPE } from './names.ts';

function gives(table: Readonly<Record<string, unknown>>): void {
  for (const [expression, value] of Object.entries(table)) assert.deepEqual(given(expression), value, expression);
}

test('numbers are one kind, whole or not', () => {
  gives({
    'vars.tries + 1': 4,
    'vars.tries == 3': true,
    'vars.tries == 3.0': true,
    'vars.tries >= 2.5': true,
    'vars.amount * 1.5': 3.75,
    'vars.amount + 1': 3.5,
    'vars.amount > 2': true,
    '7 / 2': 3.5,
    '6 / 2': 3,
    '7 % 4': 3,
    '-vars.tries': -3,
    '0 * -1': 0,
    'vars.tries in [1, 2, 3.0]': true,
    '[1, 2.5, 3][vars.tries - 2]': 2.5,
    'size(vars.account) * 1.5': 6,
    '0x10': 16,
    '1e3': 1000,
    'vars.paid ? vars.tries : 0': 3,
    'int(7 / 2)': 3,
  });
});

test('a number that could not be exact is a failure, and so are no numbers', () => {
  assert.match(failure('9007199254740991 + 1'), /beyond 9007199254740991/);
  assert.match(failure('-9007199254740991 - 1'), /beyond/);
  assert.match(failure('1e15 * 1e15'), /beyond/);
  assert.match(failure('1 / 0'), /by zero/);
  assert.match(failure('1 % 0'), /by zero/);
  assert.match(failure('1 / vars.empty'), /by zero/);
  assert.match(failure('vars.x', { vars: { x: Number.NaN } }), /no number/);
  assert.match(failure('vars.x', { vars: { x: 10n } }), /cannot be kept/);
});

test('texts', () => {
  gives({
    '"a" + \'b\'': 'ab',
    '"Caller " + contact.from': 'Caller +4930123',
    '"a" < "b"': true,
    '"b" <= "a"': false,
    '"a" == "A"': false,
    'vars.account == "4711"': true,
    '"""several\nlines"""': 'several\nlines',
    '"\\u00e4"': '\u00e4',
    'r"\\d"': '\\d',
    '"Try " + string(vars.tries)': 'Try 3',
  });
});

test('a name without a value is nothing: it takes the empty value of what it stands beside, and fails no flow', () => {
  gives({
    'vars.empty': null,
    'vars.empty + 1': 1,
    '1 - vars.empty': 1,
    'vars.empty * 2': 0,
    '-vars.empty': 0,
    'vars.empty + "x"': 'x',
    '"x" + vars.empty': 'x',
    'vars.empty + [1]': [1],
    'vars.empty + vars.empty': null,
    'vars.empty == ""': true,
    'vars.empty == 0': true,
    'vars.empty == false': true,
    'vars.empty == []': true,
    'vars.empty == {}': true,
    'vars.empty == "x"': false,
    'vars.empty != 5': true,
    'vars.empty >= 3': false,
    'vars.empty < 3': true,
    'vars.empty < "a"': true,
    'vars.empty <= vars.empty': true,
    '!vars.empty': true,
    'vars.empty ? 1 : 2': 2,
    'vars.empty || true': true,
    'size(vars.empty)': 0,
    'vars.empty.matches("^[0-9]+$")': false,
    'vars.empty.upper()': '',
    'vars.empty.exists(x, true)': false,
    'vars.empty.map(x, x)': [],
    '1 in vars.empty': false,
    '"" in [vars.empty]': true,
    'vars.empty.name.first': null,
    'vars.empty[3]': null,
    'vars.customer.street.number': null,
    'nowhere.at_all': null,
    'string(vars.empty)': '',
    'int(vars.empty)': 0,
    '[vars.empty]': [null],
  });
});

test('only null and has tell nothing from an empty value', () => {
  const vars = { zero: 0, text: '', no: false, null: null };
  for (const name of ['zero', 'text', 'no']) {
    assert.equal(given(`vars.${name} == null`, { vars }), false, name);
    assert.equal(given(`null != vars.${name}`, { vars }), true, name);
    assert.equal(given(`has(vars.${name})`, { vars }), true, name);
  }
  assert.equal(given('vars.other == null'), true);
  assert.equal(given('has(vars.other)'), false);
  assert.equal(given('vars.customer.phone == null'), true);
  assert.equal(given('has(vars.customer.phone)'), false);
  assert.equal(given('has(vars.customer.name) && has(answer.body.items)'), true);
});

test('text beside a number is a failure at run time, too, and never quietly false', () => {
  const scope = { vars: { digits: '4711', count: 4711 } };
  assert.match(failure('vars.digits == vars.count', scope), /compares text with a number/);
  assert.match(failure('vars.digits != vars.count', scope), /compares text with a number/);
  assert.match(failure('vars.digits < vars.count', scope), /text and a number/);
  assert.match(failure('vars.digits + vars.count', scope), /adds text and a number/);
  assert.match(failure('vars.count in [vars.digits]', scope), /compares/);
  assert.match(failure('vars.digits * 2', scope), /needs numbers/);
  assert.equal(given('double(vars.digits) == vars.count', scope), true);
});

test('a failure does not repeat what a caller may have entered', () => {
  for (const call of ['int', 'double', 'bool', 'timestamp', 'duration']) {
    assert.doesNotMatch(failure(`${call}(vars.pin)`, { vars: { pin: '12x34' } }), /12x34/);
  }
});

test('lists and maps', () => {
  gives({
    'vars.orders[1].id': 'B',
    'vars.orders[1]["total"]': 25.5,
    'vars.customer["tier"] == "gold"': true,
    '"tier" in vars.customer': true,
    '"B" in vars.orders.map(o, o.id)': true,
    '[1, 2] + [3]': [1, 2, 3],
    '[1, [2]] == [1, [2]]': true,
    '[1, 2] == [1, 3]': false,
    '{"a": 1, "b": [2]} == {"b": [2], "a": 1}': true,
    '{"a": 1} == {"b": 1}': false,
    '{"a": 1, "b": "two"}': { a: 1, b: 'two' },
    '[1, "two", true]': [1, 'two', true],
    '{contact.id: 1}': { c1: 1 },
  });
  assert.match(failure('vars.orders[2]'), /2 entries, counted from 0, and none at 2/);
  assert.match(failure('vars.orders[-1]'), /none at -1/);
  assert.match(failure('vars.orders[0.5]'), /none at 0.5/);
  assert.match(failure('vars.something.name'), /only maps have fields/);
});

test('macros go through lists and the keys of maps', () => {
  gives({
    'vars.orders.exists(o, o.total > 20)': true,
    'vars.orders.all(o, o.total > 20)': false,
    'vars.orders.exists_one(o, o.total > 20)': true,
    'vars.orders.exists_one(o, o.total > 0)': false,
    'vars.orders.filter(o, o.total > 20).map(o, o.id)': ['B'],
    'vars.orders.map(o, o.total > 20, o.id)': ['B'],
    'vars.orders.map(o, o.total).exists(t, t == 10)': true,
    'vars.customer.exists(key, key == "tier")': true,
    '[1, 2].map(a, [10, 20].map(b, a * b))': [
      [10, 20],
      [20, 40],
    ],
    '[1, 2].all(x, [3, 4].exists(x, x == 3) && x < 3)': true,
    '[].all(x, false)': true,
  });
});

test('conditions: one side that decides is enough, whatever the other does', () => {
  gives({
    'true || 1 / 0 > 1': true,
    '1 / 0 > 1 || true': true,
    'false && 1 / 0 > 1': false,
    '1 / 0 > 1 && false': false,
    '!vars.paid || vars.tries > 2': true,
  });
  assert.match(failure('1 / 0 > 1 || false'), /by zero/);
  assert.match(failure('vars.something || true ? vars.something && true : false'), /true or false/);
});

test('times', () => {
  gives({
    'vars.since': '2026-11-21T07:30:15.250Z',
    'vars.since.getFullYear()': 2026,
    'vars.since.getMonth()': 10,
    'vars.since.getHours()': 7,
    'vars.since.getHours("Europe/Berlin")': 8,
    'vars.since.getDate("Pacific/Kiritimati")': 21,
    'vars.since.getDayOfWeek()': 6,
    'vars.since > timestamp("2026-11-21T08:30:00+01:00")': true,
    'vars.since - timestamp("2026-11-21T07:30:00Z")': '15.25s',
    'vars.since - timestamp("2026-11-21T07:00:00Z") > duration("30m")': true,
    'vars.since + duration("1h30m")': '2026-11-21T09:00:15.250Z',
    'duration("90m").getHours()': 1,
    'duration("1m") + duration("30s") == duration("90s")': true,
    'int(timestamp("1970-01-01T00:01:00Z"))': 60,
    'string(vars.since)': '2026-11-21T07:30:15.250Z',
  });
  assert.match(failure('vars.empty.getHours()'), /takes a time/);
  assert.match(failure('vars.since + duration("9999999h")'), /too long|years 1 to 9999|no length/);
});

test('holds gives true and false, and a failure for anything else', () => {
  assert.deepEqual(holds('vars.tries > 2', SCOPE), { ok: true, value: true });
  assert.deepEqual(holds('vars.empty', SCOPE), { ok: true, value: false });
  const failed = holds('vars.account', SCOPE);
  assert.equal(failed.ok || failed.failure.code, 'expression.failed');
  assert.equal(holds('1 +', SCOPE).ok, false, 'also one that was never checked');
});

test('what every object has is nothing here, and what is given is not changed', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(given(`vars.${name}`), null, name);
    assert.equal(given(`vars.customer.${name}`), null, name);
    assert.equal(given(`vars.customer["${name}"]`), null, name);
    assert.equal(given(`"${name}" in vars.customer`), false, name);
  }
  const made = given('{"__proto__": {"admin": true}}') as { admin?: boolean };
  assert.equal(made.admin, undefined);
  assert.equal(Object.getPrototypeOf(made), Object.prototype);
  const frozen = { vars: Object.freeze({ list: Object.freeze([1, 2]) }) };
  assert.deepEqual(given('vars.list + [3]', frozen), [1, 2, 3]);
  assert.notEqual(given('vars.list', frozen), frozen.vars.list, 'a copy');
});
