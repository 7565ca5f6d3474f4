import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMON_FIELDS } from '../../src/flow/common-fields.ts';
import { object } from '../../src/flow/shape/object.ts';
import { STEPS } from '../../src/flow/steps.ts';
import { HANDLED_OUTCOMES } from '../../src/model/flow-set.ts';

test('no parameter of a step type has the name of a key that every step has', () => {
  for (const { type, fields } of STEPS.values()) {
    const both = Object.keys(fields).filter((key) => Object.hasOwn(COMMON_FIELDS, key));
    assert.deepEqual(both, [], type);
  }
});

test('an outcome that stands in for another one is one of the step, or error', () => {
  for (const { type, fallbacks = new Map(), outcomesLike } of STEPS.values()) {
    const seen = new Set<string>();
    for (const [outcome, standIn] of fallbacks) {
      assert.notEqual(outcome, standIn, type);
      seen.add(standIn);
    }
    for (const standIn of seen) {
      const known =
        HANDLED_OUTCOMES.some((one) => one === standIn) || fallbacks.has(standIn) || outcomesLike?.test(standIn);
      const named = known || JSON.stringify([...STEPS.get(type)!.outcomes(USUAL)]).includes(`"${standIn}"`);
      assert.ok(named, `${type}: ${standIn}`);
    }
  }
});

/** Enough of parameters for every step type to say which outcomes it has. */
const USUAL = { options: [], cases: {}, conditions: [], weights: {}, exitKeys: {}, unless: {}, questions: [] };

test('every step type and every parameter is described, and no schema refers to what is not there', () => {
  for (const { type, summary, fields } of STEPS.values()) {
    assert.match(summary, /^[A-Z].*\.$/, type);
    for (const [key, { description }] of Object.entries(fields)) assert.match(description, /\S/, `${type} ${key}`);
    const definitions = new Map();
    const schema = JSON.stringify([object(fields).schema(definitions), Object.fromEntries(definitions)]);
    for (const [, name] of schema.matchAll(/#\/definitions\/([^"]+)"/g))
      assert.ok(definitions.has(name), `${type} ${name}`);
  }
});
