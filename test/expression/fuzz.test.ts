import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkExpression } from '../../src/expression/check.ts';
import { evaluate, holds, type Scope } from '../../src/expression/evaluate.ts';
import { FUNCTION_NAMES } from '../../src/expression/functions/functions.ts';
import { fill, fillValue, templateParts } from '../../src/expression/template.ts';
import { NAMES, SCOPE } from './names.ts';

// Whatever stands in a flow, and whatever another system answered: no crash, no hang, always a place in the text.

const operators = ['==', '!=', '<', '<=', '>', '>=', 'in', '+', '-', '*', '/', '%', '&&', '||'];
const leaf = fc.oneof(
  fc.constantFrom(
    'vars.account',
    'vars.tries',
    'vars.paid',
    'vars.orders',
    'vars.customer',
    'vars.since',
    'vars.empty',
    'vars.something',
    'answer.body',
    'x',
    'null',
    'true',
    '"a"',
    '"2026-01-01T00:00:00Z"',
    '1',
    '2.5',
    '[]',
    '{}',
    'vars.__proto__',
    'duration("5m")',
  ),
  fc.integer().map(String),
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(fc.constantFrom('!', '-'), tie('expression')).map(([op, a]) => `${op}${a}`),
    fc
      .tuple(fc.constantFrom(...FUNCTION_NAMES), fc.array(tie('expression'), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('all', 'exists', 'exists_one', 'filter', 'map'), tie('expression'))
      .map(([list, name, inside]) => `${list}.${name}(x, ${inside})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a}[${b}]`),
    fc.array(tie('expression'), { maxLength: 3 }).map((entries) => `[${entries.join(', ')}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([key, value]) => `{${key}: ${value}}`),
    tie('expression').map((of) => `${of}.name`),
  ),
}));

/** Signs of the language in any order, which come further than any text does. */
const noise = fc
  .array(
    fc.constantFrom(
      'vars',
      '.',
      'account',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '"""',
      '\\',
      '+',
      '==',
      '&&',
      '?',
      ':',
      ',',
      ' ',
      '1',
      'u',
      '0x',
      'e',
      'has',
      'map',
      'r',
      'b',
      '//',
      '\n',
      '$',
      '${{',
      '}}',
      '\u{1F600}',
    ),
    { maxLength: 25 },
  )
  .map((signs) => signs.join(''));

const scopes: fc.Arbitrary<Scope> = fc.record({
  vars: fc.dictionary(
    fc.constantFrom('account', 'tries', 'paid', 'orders', 'customer', 'since', 'something', '__proto__', 'constructor'),
    fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.date({ noInvalidDate: false }), fc.double(), fc.constant(undefined)),
  ),
});

function all(text: string, scope: Scope): void {
  const checked = checkExpression(text, NAMES);
  if (!checked.ok) {
    const { at, message } = checked.fault;
    assert.ok(Number.isInteger(at) && at >= 0 && at <= text.length, `${text}: at ${at}`);
    assert.match(message, /\S/);
  }
  const result = evaluate(text, scope);
  if (result.ok) assert.doesNotThrow(() => JSON.stringify(result.value));
  else assert.equal(result.failure.code, 'expression.failed');
  holds(text, scope);
  templateParts(text);
  fill(text, scope);
  fillValue(`\${{ ${text} }}`, scope);
}

test('random texts and random scopes never make anything throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), noise), scopes, all), { numRuns: 4_000 });
});

test('random expressions and random scopes never make anything throw', () => {
  fc.assert(fc.property(expression, fc.oneof(scopes, fc.constant(SCOPE)), all), { numRuns: 6_000 });
});

test('an expression that was checked and whose names have their types fails for its values only, never for its types', () => {
  const values =
    /by zero|entries, counted|beyond|no number|neither|outside|0 or more|whole number|0 to 10|no time|no length|too|years|more than|true or false|compares|adds|takes|needs|keys of a map|asks for a field|has entries|looks into|lists or maps|pattern|cannot add|such time zone/;
  let right = 0;
  fc.assert(
    fc.property(expression, (text) => {
      const checked = checkExpression(text, NAMES);
      if (!checked.ok) return;
      right += 1;
      const result = evaluate(text, SCOPE);
      if (result.ok)
        assert.ok(fits(result.value, checked.type), `${text} is ${checked.type}, gave ${JSON.stringify(result.value)}`);
      else assert.match(result.failure.message, values, text);
    }),
    { numRuns: 6_000 },
  );
  assert.ok(right > 300, `${right} were right`);
});

function fits(value: unknown, type: string): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string' || value === null;
    case 'number':
      return typeof value === 'number' || value === null;
    case 'yes_no':
      return typeof value === 'boolean' || value === null;
    case 'list':
      return Array.isArray(value);
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return type === 'any';
  }
}
