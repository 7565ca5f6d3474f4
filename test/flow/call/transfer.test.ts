import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIAL_OUTCOMES, type DialOutcome } from '../../../src/model/call/call-event.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes } from '../receptionist.ts';

function transferred(mode: string, outcome: DialOutcome): string[] {
  const caller = flow(`  on: { type: transfer, to: "+4930123", mode: ${mode} }\n  end: { type: hangup }`);
  caller.call('100');
  return outcomes(caller.take({ kind: 'dial.ended', atMs: caller.nowMs, contactId: 'c1', outcome }));
}

test('a blind transfer is done when it rings; an attended one comes back when nobody answers', () => {
  const table = DIAL_OUTCOMES.map((outcome) => [
    outcome,
    ...transferred('blind', outcome),
    ...transferred('attended', outcome),
  ]);
  assert.deepEqual(table, [
    ['completed', 'ok', 'ok'],
    ['busy', 'rejected', 'rejected'],
    ['no_answer', 'ok', 'rejected'],
    ['declined', 'rejected', 'rejected'],
    ['unavailable', 'failed', 'failed'],
    ['failed', 'failed', 'failed'],
    ['cancelled', 'failed', 'failed'],
  ]);
});

test('who is handed on blindly hears it ring; attended, music is heard and the call is answered for it', () => {
  const asked = (step: string) => {
    const events = flow(`  on: { ${step} }\n  end: { type: hangup }`).call('100');
    const [{ targets, music, callerId, ringMs } = {} as never] = ofKind(events, 'dial.asked');
    return [targets, music, callerId, ringMs, ofKind(events, 'answer.requested').length];
  };
  const number = [{ to: 'number', number: '+4930123' }];
  assert.deepEqual(asked('type: transfer, to: "+4930123", caller_id: "+4930111", timeout: 20s'), [
    number,
    null,
    '+4930111',
    20_000,
    0,
  ]);
  assert.deepEqual(asked('type: transfer, to: { extension: "1001" }, mode: attended'), [
    [{ to: 'agent', agentId: 'anna' }],
    'default',
    null,
    60_000,
    1,
  ]);
});

test('to whom nobody can hand a call is told at load, or by error', () => {
  assert.ok(problemsOf('type: transfer').some((line) => /key\.missing .*"to"/.test(line)));
  assert.ok(problemsOf('type: transfer, to: { agent: ana }').some((line) => /agent\.unknown/.test(line)));
  const failing = (to: string) =>
    errorOf(flow(`  on: { type: transfer, to: ${to}, on: { error: end } }\n  end: { type: hangup }`).call('100'))!;
  assert.match(failing(`"\${{ contact.channel }}"`), /step\.invalid There is no number "voice"/);
  assert.match(failing('{ sip: "sip:a@example.com" }'), /step\.not_available/);
});
