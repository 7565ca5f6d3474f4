import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkExpression } from '../../src/expression/check.ts';
import { FUNCTIONS, MACROS } from '../../src/expression/functions/functions.ts';
import {
  EXPRESSION_CHARACTERS_MAX,
  EXPRESSION_DEPTH_MAX,
  EXPRESSION_NODES_MAX,
  LIST_ENTRIES_MAX,
  MACROS_NESTED_MAX,
  PATTERN_CHARACTERS_MAX,
  RESULT_CHARACTERS_MAX,
  RESULT_ENTRIES_MAX,
  STEPS_MAX,
  TEXT_CHARACTERS_MAX,
} from '../../src/expression/limits.ts';
import { page, rows, section, unquoted } from './page.ts';

const guide = page('expressions.md');

test('every function stands in the guide as the program describes it, and no other', () => {
  const listed = rows(section(guide, '## Functions')).map(([signature, description]) => [
    unquoted(signature!),
    description,
  ]);
  const known = [...MACROS, ...FUNCTIONS].map(({ signature, description }) => [signature, description]);
  assert.deepEqual(listed, known);
});

test('the examples of the guide are right expressions', () => {
  const examples = /```\n([\s\S]*?)```/.exec(guide)?.[1]?.trim().split('\n') ?? [];
  assert.ok(examples.length >= 5);
  const names = { vars: { fields: {}, open: true }, contact: { fields: { channel: 'text' } } } as const;
  for (const example of examples) assert.ok(checkExpression(example, names).ok, example);
});

test('the limits of the guide are those of the program', () => {
  const numbers = [...section(guide, '## Limits').matchAll(/\d[\d,]*/g)].map(([text]) =>
    Number(text.replaceAll(',', '')),
  );
  for (const limit of [
    EXPRESSION_CHARACTERS_MAX,
    EXPRESSION_NODES_MAX,
    EXPRESSION_DEPTH_MAX,
    MACROS_NESTED_MAX,
    STEPS_MAX,
    TEXT_CHARACTERS_MAX,
    LIST_ENTRIES_MAX,
    RESULT_ENTRIES_MAX,
    RESULT_CHARACTERS_MAX,
    PATTERN_CHARACTERS_MAX,
  ]) {
    assert.ok(numbers.includes(limit), String(limit));
  }
});
