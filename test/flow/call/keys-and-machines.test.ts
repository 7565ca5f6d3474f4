import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VERDICTS, type Verdict } from '../../../src/model/call/leg.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes } from '../receptionist.ts';

const END = '\n  end: { type: hangup }';

test('keys are sent, and the flow goes on when they are', () => {
  const caller = flow(`  open: { type: send_dtmf, digits: "1w2\${{ contact.to }}#", duration: 200ms }${END}`);
  const sent = ofKind(caller.call('100'), 'dtmf.sent')[0]!;
  assert.deepEqual([sent.digits, sent.toneMs], ['1w2100#', 200]);
  assert.deepEqual(caller.pass(500 + 6 * 300 - 1), []);
  assert.deepEqual(outcomes(caller.pass(1)), ['ok']);
});

test('which keys were sent stands in no journal', () => {
  const caller = flow(`  open: { type: send_dtmf, digits: "4711" }${END}`);
  caller.call('100');
  assert.deepEqual(
    ofKind(caller.journal, 'dtmf.sent').map(({ digits }) => digits),
    [''],
  );
});

test('what are no keys is told at load, or by error without saying what it was', () => {
  assert.ok(problemsOf('type: send_dtmf, digits: 12x').some((line) => /value\.type .*"12x"/.test(line)));
  const events = flow(`  open: { type: send_dtmf, digits: "\${{ contact.channel }}", on: { error: end } }${END}`).call(
    '100',
  );
  assert.equal(errorOf(events), 'step.invalid What was to be sent are no keys of a telephone.');
});

for (const verdict of VERDICTS) {
  test(`a detector that says ${verdict} leads there`, () => {
    const caller = flow(`  who: { type: detect_machine, timeout: 4s, max_words: 5, on: { ${verdict}: there } }
  end: { type: hangup }
  there: { type: hangup, cause: busy }`);
    const asked = ofKind(caller.call('100'), 'detection.asked')[0]!;
    assert.deepEqual([asked.listenMs, asked.words], [4_000, 5]);
    const events = caller.take({ kind: 'machine.detected', atMs: caller.nowMs, contactId: 'c1', verdict });
    assert.deepEqual(outcomes(events), [verdict]);
  });
}

test('a detector that says nothing is not waited for without end', () => {
  const caller = flow(`  who: { type: detect_machine, timeout: 4s }${END}`);
  caller.call('100');
  assert.deepEqual(caller.pass(5_999), []);
  assert.deepEqual(outcomes(caller.pass(1)), ['unknown']);
});

/** A step that waits for the beep, and what has been detected. */
function untilBeep(...verdicts: readonly Verdict[]): {
  caller: ReturnType<typeof flow>;
  last: ReturnType<typeof outcomes>;
} {
  const caller = flow(
    `  who: { type: detect_machine, timeout: 4s, wait_for_beep: true, on: { machine: end, fax: end } }${END}`,
  );
  caller.call('100');
  let last: ReturnType<typeof outcomes> = [];
  for (const verdict of verdicts) {
    last = outcomes(caller.take({ kind: 'machine.detected', atMs: caller.nowMs, contactId: 'c1', verdict }));
  }
  return { caller, last };
}

test('whoever waits for the beep goes on when the greeting of the machine is over', () => {
  const { caller, last } = untilBeep('machine');
  assert.deepEqual(last, []);
  const [, greeting] = ofKind(caller.journal, 'detection.asked');
  assert.deepEqual([greeting?.greetingOnly, greeting?.listenMs], [true, 30_000]);
  assert.deepEqual(untilBeep('machine', 'machine').last, ['machine']);
});

test('nobody waits for the beep of a person or a fax', () => {
  for (const verdict of VERDICTS.filter((one) => one !== 'machine')) {
    const { caller, last } = untilBeep(verdict);
    assert.deepEqual(last, [verdict]);
    assert.equal(ofKind(caller.journal, 'detection.asked').length, 1);
  }
});

test('a greeting whose end nobody tells is not waited for without end', () => {
  const { caller } = untilBeep('machine');
  assert.deepEqual(caller.pass(31_999), []);
  assert.deepEqual(outcomes(caller.pass(1)), ['machine']);
});
