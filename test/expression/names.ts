import assert from 'node:assert/strict';
import { checkExpression } from '../../src/expression/check.ts';
import { evaluate, type Scope } from '../../src/expression/evaluate.ts';
import type { ExpressionFault } from '../../src/expression/fault.ts';
import type { Names } from '../../src/expression/names.ts';

/** Names of every type, as a flow might have them. */
export const NAMES: Names = {
  contact: { fields: { id: 'text', from: 'text', channel: 'text' } },
  vars: {
    fields: {
      account: 'text',
      tries: 'number',
      amount: 'number',
      paid: 'yes_no',
      orders: 'list',
      customer: 'map',
      since: 'time',
      something: 'any',
      empty: 'any',
    },
  },
  answer: { fields: { status: 'number' }, open: true },
};

export const SCOPE: Scope = {
  contact: { id: 'c1', from: '+4930123', channel: 'voice' },
  vars: {
    account: '4711',
    tries: 3,
    amount: 2.5,
    paid: true,
    orders: [
      { id: 'A', total: 10 },
      { id: 'B', total: 25.5 },
    ],
    customer: { name: 'Ada', tier: 'gold', phone: null },
    since: new Date('2026-11-21T07:30:15.250Z'),
    something: 'x',
  },
  answer: { status: 200, body: { items: [1, 2] } },
};

/** What an expression gives; a failure fails the test. */
export function given(expression: string, scope: Scope = SCOPE): unknown {
  const result = evaluate(expression, scope);
  assert.ok(result.ok, `${expression}: ${result.ok ? '' : result.failure.message}`);
  return result.value;
}

/** Why an expression fails. */
export function failure(expression: string, scope: Scope = SCOPE): string {
  const result = evaluate(expression, scope);
  assert.ok(!result.ok, `${expression} gives ${JSON.stringify(result.ok && result.value)}`);
  assert.equal(result.failure.code, 'expression.failed');
  return result.failure.message;
}

/** What is wrong with an expression before it is used. */
export function fault(expression: string, names: Names = NAMES): ExpressionFault {
  const checked = checkExpression(expression, names);
  assert.ok(!checked.ok, `${expression} is taken`);
  return checked.fault;
}

/** The type and the names of an expression that is right. */
export function checked(expression: string, names: Names = NAMES): { type: string; uses: readonly string[] } {
  const found = checkExpression(expression, names);
  assert.ok(found.ok, `${expression}: ${found.ok ? '' : found.fault.message}`);
  return { type: found.type, uses: found.uses };
}
