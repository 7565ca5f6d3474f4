import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, fillValue, templateParts } from '../../src/expression/template.ts';
import { SCOPE } from './names.ts';

function filled(text: string): string {
  const result = fill(text, SCOPE);
  assert.ok(result.ok, text);
  return result.value;
}

function expressions(text: string): string[] {
  const found = templateParts(text);
  assert.ok(found.ok, text);
  return found.parts.flatMap((part) => ('expression' in part ? [part.expression] : []));
}

test('a template is taken apart into texts and expressions with their places', () => {
  const text = 'You said ${{ vars.account }}, ${{vars.tries}} times';
  const found = templateParts(text);
  assert.deepEqual(found, {
    ok: true,
    parts: [
      { text: 'You said ' },
      { expression: 'vars.account', at: 13 },
      { text: ', ' },
      { expression: 'vars.tries', at: 33 },
      { text: ' times' },
    ],
  });
  assert.equal(text.slice(13, 25), 'vars.account');
  assert.equal(text.slice(33, 43), 'vars.tries');
  assert.deepEqual(templateParts(''), { ok: true, parts: [] });
  assert.deepEqual(templateParts('costs $5 {{ }}'), { ok: true, parts: [{ text: 'costs $5 {{ }}' }] });
});

test('braces in texts, maps and comments do not end an expression', () => {
  assert.deepEqual(expressions('${{ "}}" }}'), ['"}}"']);
  assert.deepEqual(expressions('${{ \'it}}s\' + "\\"}}" }}!'), ['\'it}}s\' + "\\"}}"']);
  assert.deepEqual(expressions('${{ """a " }} b""" }}'), ['"""a " }} b"""']);
  assert.deepEqual(expressions('${{ {"a": {"b": 1}} }}'), ['{"a": {"b": 1}}']);
  assert.deepEqual(expressions('${{ {"a": {"b": 1}}}}'), ['{"a": {"b": 1}}']);
  assert.deepEqual(expressions("${{ 1 // don't }} and ${{ 2 }}"), ["1 // don't", '2']);
  assert.deepEqual(expressions("${{\n1 // it's }} one\n}}"), ["1 // it's"]);
});

test('an expression without an end is a fault at its beginning', () => {
  for (const text of ['ab ${{ vars.account', 'ab ${{ vars.account }', 'ab ${{ "x }}', 'ab ${{ {"a": 1 }}']) {
    const found = templateParts(text);
    assert.ok(!found.ok, text);
    assert.deepEqual([found.fault.code, found.fault.at], ['expression.invalid', 3], text);
  }
  assert.equal(fill('${{ vars.account', SCOPE).ok, false);
});

test('every value becomes text: numbers without a needless point, nothing as nothing, lists as JSON', () => {
  assert.equal(filled('no places at all'), 'no places at all');
  assert.equal(filled('${{ vars.account }}-${{ vars.tries }}'), '4711-3');
  assert.equal(filled('${{ 3.0 }} ${{ 2.50 }} ${{ 0.1 + 0.2 }} ${{ 0.0000001 }} ${{ -0.0 }}'), '3 2.5 0.3 0.0000001 0');
  assert.equal(filled('${{ vars.paid }} ${{ !vars.paid }}'), 'true false');
  assert.equal(filled('[${{ vars.empty }}${{ null }}]'), '[]');
  assert.equal(filled('${{ [1, "a"] }} ${{ {"a": null} }}'), '[1,"a"] {"a":null}');
  assert.equal(filled('${{ 9007199254740991 }}'), '9007199254740991');
});

test('a place that fails fails the whole text', () => {
  const result = fill('a ${{ 1 / 0 }} b', SCOPE);
  assert.equal(result.ok || result.failure.code, 'expression.failed');
});

test('a text that is one place keeps the type of its value', () => {
  const values = { '${{ vars.tries }}': 3, '${{vars.paid}}': true, '${{ vars.orders[0] }}': { id: 'A', total: 10 } };
  for (const [text, value] of Object.entries(values)) assert.deepEqual(fillValue(text, SCOPE), { ok: true, value });
  assert.deepEqual(fillValue('${{ vars.tries }} ', SCOPE), { ok: true, value: '3 ' });
  assert.deepEqual(fillValue('${{ vars.tries }}${{ vars.tries }}', SCOPE), { ok: true, value: '33' });
  assert.deepEqual(fillValue('plain', SCOPE), { ok: true, value: 'plain' });
});
