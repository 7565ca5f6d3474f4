import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes } from '../receptionist.ts';

test('emit tells an event of the business, with values of any type', () => {
  const events = flow(
    '  tell: { type: emit, name: order.cancelled, data: { from: "${{ contact.from }}", n: 2, list: [a, "${{ contact.to }}"] } }',
  ).call('100');
  assert.deepEqual(ofKind(events, 'flow.emitted'), [
    {
      kind: 'flow.emitted',
      atMs: 1_000_000,
      contactId: 'c1',
      name: 'order.cancelled',
      data: { from: '15551234', n: 2, list: ['a', '100'] },
    },
  ]);
  assert.deepEqual(outcomes(events), ['ok']);
});

test('log writes a line of bounded length into the trace, with its level', () => {
  const noted = (parameters: string) =>
    ofKind(flow(`  note: { type: log, ${parameters} }`).call('100'), 'flow.noted')[0];
  assert.deepEqual(
    [
      noted('message: "From ${{ contact.from }}"')?.message,
      noted('message: a')?.level,
      noted('message: a, level: error')?.level,
    ],
    ['From 15551234', 'info', 'error'],
  );
  assert.equal(noted(`message: ${'a'.repeat(3000)}`)?.message.length, 2000);
});

test('tag gives tags to the contact', () => {
  const events = flow('  note: { type: tag, values: { plan: gold, tries: 2, to: "${{ contact.to }}" } }').call('100');
  assert.deepEqual(ofKind(events, 'contact.tagged')[0]?.tags, { plan: 'gold', tries: 2, to: '100' });
});

test('none of them answers the call', () => {
  const events = flow(`
  a: { type: emit, name: a }
  b: { type: log, message: b }
  c: { type: tag, values: { c: d } }`).call('100');
  assert.equal(ofKind(events, 'answer.requested').length, 0);
});

test('what they lack, and what cannot be a name, is a problem', () => {
  for (const [step, told] of [
    ['type: emit', /key\.missing .*"name"/],
    ['type: emit, name: "Order cancelled"', /value\.type/],
    ['type: emit, name: a, data: { "a b": c }', /value\.type .*"a b"/],
    ['type: log', /key\.missing .*"message"/],
    ['type: log, message: a, level: debug', /value\.choice/],
    ['type: tag', /key\.missing .*"values"/],
    ['type: tag, values: { a: "${{ vars.nme }}" }', /variable\.unknown/],
  ] as const) {
    const found = problemsOf(step);
    assert.ok(
      found.some((line) => told.test(line)),
      `${step}: ${found.join('\n')}`,
    );
  }
});
