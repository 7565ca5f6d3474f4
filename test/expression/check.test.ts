import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCondition } from '../../src/expression/check.ts';
import { checked, fault, NAMES } from './names.ts';

test('a right expression has the type of what it gives, and tells which names it uses, each once', () => {
  assert.deepEqual(checked('vars.tries >= 3 && contact.channel == "voice"'), {
    type: 'yes_no',
    uses: ['vars.tries', 'contact.channel'],
  });
  assert.deepEqual(checked('vars.amount * 1.5 + vars.amount'), { type: 'number', uses: ['vars.amount'] });
  assert.deepEqual(checked('vars["account"] + "!"'), { type: 'text', uses: ['vars.account'] });
  const types = {
    'vars.orders.filter(o, o.total > 20)': 'list',
    '{"tier": vars.customer.tier}': 'map',
    'vars.customer.tier': 'any',
    'vars.paid ? 1 : 2': 'number',
    'vars.paid ? 1 : "two"': 'any',
    'vars.something + 1': 'number',
    'vars.something + vars.empty': 'any',
    'size(vars.account)': 'number',
    null: 'any',
  };
  for (const [expression, type] of Object.entries(types)) assert.equal(checked(expression).type, type, expression);
});

test('a time and a length of time are texts when they leave the expression', () => {
  assert.equal(checked('vars.since').type, 'text');
  assert.equal(checked('vars.since - vars.since').type, 'text');
  assert.equal(checked('vars.since.getHours("Europe/Berlin") >= 8').type, 'yes_no');
});

test('an unknown name is a fault at the name, with the names that there are', () => {
  const found = fault('vars.tries > 0 && vars.acount == "1"');
  assert.deepEqual([found.code, found.at], ['variable.unknown', 18]);
  assert.equal(found.unknown?.name, 'vars.acount');
  assert.ok(found.unknown?.known.includes('vars.account'));
  assert.equal(fault('has(vars.nothing)').code, 'variable.unknown');
  assert.equal(fault('vars["nothing"]').code, 'variable.unknown');
  assert.match(fault('account == "1"').message, /Did you mean "vars.account"/);
  assert.match(fault('contact.channel == voice').message, /A text stands in quotes/);
});

test('names that every object of the language below has are no names here', () => {
  for (const name of [
    'vars.__proto__',
    'vars.constructor',
    'vars.toString',
    'constructor.name',
    'answer.x.y && __proto__',
  ]) {
    assert.notEqual(fault(name).code, 'expression.type', name);
  }
});

test('an open group takes names that are not listed, of any type', () => {
  assert.deepEqual(checked('answer.body.items[0] + 1'), { type: 'number', uses: ['answer.body'] });
  assert.equal(fault('answer.status == "200"').code, 'expression.type');
});

test('a group alone, or asked by a name that is worked out, is a fault: nobody could tell which names it uses', () => {
  assert.equal(fault('vars').code, 'expression.invalid');
  assert.equal(fault('vars[contact.from]').code, 'expression.invalid');
  assert.equal(fault('"account" in vars').code, 'expression.invalid');
});

test('text beside a number is a fault that says what to write', () => {
  assert.match(fault('"Try " + vars.tries').message, /string\(vars\.tries\)/);
  assert.match(fault('vars.account + 1').message, /string\(1\) to join texts, or double\(vars\.account\) to calculate/);
  assert.match(fault('vars.account == 4711').message, /\("4711"\), or write double\(vars\.account\)/);
  assert.match(fault('vars.tries == "3"').message, /without quotes, or string\(vars\.tries\)/);
  assert.match(fault('vars.account > 100').message, /Write double\(vars\.account\) to compare as numbers/);
  assert.match(fault('vars.tries - vars.account').message, /Write double\(vars\.account\) to calculate/);
  assert.match(fault('vars.account * 2').message, /Write double\(vars\.account\)/);
  assert.match(fault('vars.account in [4711, 4712]').message, /\("4711"\)/);
  for (const one of ['vars.account == 4711', 'vars.account in ["1", 2]'])
    assert.equal(fault(one).code, 'expression.type');
});

test('what does not go together is a type fault with its place', () => {
  const wrong: readonly (readonly [string, number])[] = [
    ['1 == true', 0],
    ['vars.paid < true', 0],
    ['vars.tries && vars.paid', 0],
    ['vars.paid && vars.account', 13],
    ['!vars.account', 1],
    ['vars.account ? 1 : 2', 0],
    ['-vars.account', 1],
    ['vars.account.name', 13],
    ['vars.tries[0]', 11],
    ['vars.orders["a"]', 12],
    ['{"a": 1}[0]', 9],
    ['{1: "a"}', 1],
    ['upper(vars.tries)', 6],
    ['vars.account.all(x, true)', 0],
    ['vars.orders.all(x, 5)', 19],
    ['vars.orders.filter(x, vars.account)', 22],
    ['3 in vars.account', 0],
    ['3 in vars.tries', 5],
    ['vars.paid + true', 0],
    ['vars.since + 5', 0],
  ];
  for (const [expression, at] of wrong) {
    const found = fault(expression);
    assert.deepEqual([found.code, found.at], ['expression.type', at], `${expression}: ${found.message}`);
  }
});

test('what cannot be read is a fault at the sign that does not fit, with a hint where one is known', () => {
  const wrong: readonly (readonly [string, number, RegExp])[] = [
    ['', 0, /no expression/],
    ['vars.tries = 3', 11, /Compare with ==/],
    ['vars.paid and true', 10, /Write && for "and"/],
    ['vars.paid or true', 10, /Write \|\| for "or"/],
    ['vars.paid & true', 10, /Write &&/],
    ['(vars.tries + 1', 15, /Expected "\)", got the end/],
    ['vars.account == \u201cx\u201d', 16, /straight quotes/],
    ['"abc', 0, /Unterminated/],
    ['vars.account.startswith("4")', 13, /no function "startswith"/],
    ['foo(1)', 0, /no function "foo"/],
    ['luhn()', 0, /written luhn\(text\)/],
    ['has(1)', 0, /has\(\) takes a name/],
    ['1u', 0, /not part/],
    ['b"x"', 0, /not part/],
    ['9007199254740993', 0, /exact/],
    ['cel.bind(x, 1, x)', 4, /no function "bind"/],
    ['duration("5 minutes")', 9, /no length of time/],
    ['timestamp("tomorrow")', 10, /no time/],
    ['vars.since.getHours("Europe/Berln")', 20, /no time zone/],
  ];
  for (const [expression, at, message] of wrong) {
    const found = fault(expression);
    assert.deepEqual([found.code, found.at], ['expression.invalid', at], `${expression}: ${found.message}`);
    assert.match(found.message, message);
  }
});

test('the pattern of matches stands in quotes and is checked beforehand', () => {
  assert.equal(checked('vars.account.matches("^[0-9]{4}$")').type, 'yes_no');
  assert.equal(checked('vars.account.matches(r"^\\d+$")').type, 'yes_no');
  assert.match(fault('vars.account.matches(contact.from)').message, /stands in quotes/);
  assert.match(fault('vars.account.matches("[0-9")').message, /"\[" without a "\]"/);
  assert.deepEqual(
    [fault('vars.account.matches("(")').code, fault('vars.account.matches("(")').at],
    ['expression.invalid', 21],
  );
});

test('the variable of a macro is known inside of it only, and hides nothing outside', () => {
  assert.equal(checked('vars.orders.exists(o, o.total > 20) && vars.orders.all(o, o.id != "")').type, 'yes_no');
  assert.equal(fault('vars.orders.exists(o, o.total > 20) && o.id == ""').code, 'variable.unknown');
  assert.equal(checked('vars.customer.all(key, key.startsWith("t"))').type, 'yes_no');
});

test('a condition is true or false', () => {
  assert.ok(checkCondition('vars.tries > 3', NAMES).ok);
  assert.ok(checkCondition('vars.something', NAMES).ok, 'shows at run time');
  const found = checkCondition('vars.tries', NAMES);
  assert.equal(found.ok || found.fault.code, 'expression.type');
});
