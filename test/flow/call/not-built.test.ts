import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, problemsOf } from '../one-flow.ts';

/** Every step whose engine is not built yet, with all of its parameters. */
const STEPS = [
  'type: stream, action: start, url: "wss://ears.example.com/x", direction: caller, format: ulaw, on: { ok: end',
  `type: notify, by: email, to: a@example.com, subject: Hello, message: "From \${{ contact.from }}", from: b@example.com,
    on: { ok: end`,
];

for (const step of STEPS) {
  const type = /type: (\w+)/.exec(step)![1]!;
  test(`the check takes ${type} with all its parameters and outcomes, and a contact leaves it by error`, () => {
    assert.deepEqual(problemsOf(`${step}, error: end }`), []);
    const written = `  step: { ${step}, error: end } }\n  end: { type: hangup }`;
    assert.match(errorOf(flow(written).call('100'))!, /^step\.not_available .+ \(step step\)$/);
  });
}

test('what such steps lack is a problem all the same', () => {
  for (const [step, told] of [
    ['type: stream, action: start', /key\.missing .*"url"/],
    ['type: stream, action: start, url: "http://a"', /value\.type .*ws/],
    ['type: notify, by: email, to: a@example.com', /key\.missing .*"message"/],
  ] as const) {
    assert.ok(
      problemsOf(step).some((line) => told.test(line)),
      step,
    );
  }
});
