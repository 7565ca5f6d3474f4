import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DialOutcome } from '../../../src/model/call/call-event.ts';
import { DIAL_OUTCOMES } from '../../../src/model/call/call-event.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, type Receptionist } from '../receptionist.ts';

/** The switchboard tells what came of the call. */
function dialled(caller: Receptionist, outcome: DialOutcome) {
  return caller.take({ kind: 'dial.ended', atMs: caller.nowMs, contactId: 'c1', outcome });
}

const END = '\n  end: { type: hangup }';

test('a dial step asks the switchboard for all that it was given, and waits', () => {
  const caller = flow(
    `  who: { type: set, vars: { to: "+49 30 123", name: anna } }
  out:
    type: dial
    to: ["\${{ vars.to }}", { agent: "\${{ vars.name }}" }, { extension: "1001" }, { number: "030 / 99-88" }]
    order: serial
    caller_id: "+4930111"
    timeout: 20s
    time_limit: 1h
    ringback: jazz
    whisper: A call.
    answer_confirm: { prompt: "Press 5.", key: "5" }
    record: true
    headers: { X-Who: "\${{ contact.from }}" }${END}`,
  );
  const events = caller.call('100');
  assert.equal(ofKind(events, 'answer.requested').length, 1);
  const [{ kind: _, atMs: __, contactId: ___, ...asked } = {} as never] = ofKind(events, 'dial.asked');
  assert.deepEqual(asked, {
    targets: [
      { to: 'number', number: '+49 30 123' },
      { to: 'agent', agentId: 'anna' },
      { to: 'agent', agentId: 'anna' },
      { to: 'number', number: '030 / 99-88' },
    ],
    order: 'serial',
    ringMs: 20_000,
    talkMs: 3_600_000,
    callerId: '+4930111',
    music: 'jazz',
    headers: { 'X-Who': '15551234' },
    whisper: [
      { say: 'A call.', language: 'en' },
      { say: 'Press 5.', language: 'en' },
    ],
    confirmKey: '5',
    record: true,
  });
  assert.equal(caller.session.stepId, 'out');
});

test('with the tone of ringing the call is not answered before somebody is there', () => {
  const events = flow(`  out: { type: dial, to: "030123" }${END}`).call('100');
  assert.equal(ofKind(events, 'answer.requested').length, 0);
  const asked = ofKind(events, 'dial.asked')[0]!;
  assert.deepEqual(
    [asked.order, asked.ringMs, asked.talkMs, asked.callerId, asked.music, asked.confirmKey],
    ['parallel', 30_000, null, null, null, null],
  );
});

for (const outcome of DIAL_OUTCOMES) {
  test(`the step is left by ${outcome} when the switchboard says so`, () => {
    const caller = flow(`  out: { type: dial, to: "030123", on: { ${outcome}: there } }
  end: { type: hangup }
  there: { type: hangup, cause: busy }`);
    caller.call('100');
    const events = dialled(caller, outcome);
    assert.deepEqual(outcomes(events), [outcome]);
    assert.equal(ofKind(events, 'hangup.requested')[0]?.cause, 'busy');
  });
}

test('after a restart the call that was dialled goes on: nobody is dialled a second time', () => {
  const caller = flow(`  out: { type: dial, to: "030123" }${END}`);
  caller.call('100');
  assert.deepEqual(caller.restart(), []);
  assert.deepEqual(outcomes(dialled(caller, 'completed')), ['completed']);
});

test('whom nobody can dial is an error, and nothing is asked', () => {
  for (const [to, told] of [
    [`{ agent: "\${{ contact.from }}" }`, /step\.invalid There is no agent "15551234"/],
    [`{ extension: "\${{ contact.from }}" }`, /step\.invalid There is no extension "15551234"/],
    [`"\${{ contact.channel }}"`, /step\.invalid There is no number "voice"/],
    ['{ sip: "sip:a@example.com" }', /step\.not_available .*: sip\./],
  ] as const) {
    const events = flow(`  out: { type: dial, to: ${to}, on: { error: end } }${END}`).call('100');
    assert.match(errorOf(events)!, told);
    assert.equal(ofKind(events, 'dial.asked').length, 0);
  }
  const later = flow(`  out: { type: dial, to: "030123", on_answer: main, on: { error: end } }${END}`).call('100');
  assert.match(errorOf(later)!, /step\.not_available .*on_answer/);
  assert.match(errorOf(flow(`  out: { type: dial, to: "030123", on: { error: end } }${END}`).chat('100'))!, /channel/);
});

test('what a dial step names is looked for when the folder is read', () => {
  for (const [step, told] of [
    ['type: dial', /key\.missing .*"to"/],
    ['type: dial, to: { agent: ana }', /agent\.unknown .*"ana".*"anna"/],
    ['type: dial, to: { extension: "1002" }', /extension\.unknown .*"1002".*"1001"/],
    ['type: dial, to: anna', /value\.type .*"anna": a number/],
    ['type: dial, to: { agent: anna, number: "030123" }', /key\.conflict .*one of/],
    ['type: dial, to: "030123", ringback: jaz', /music\.unknown .*"jaz".*"jazz"/],
    ['type: dial, to: "030123", headers: { From: me }', /begins with X-/],
    ['type: dial, to: "030123", on_answer: mian', /flow\.unknown/],
  ] as const) {
    assert.ok(
      problemsOf(step).some((line) => told.test(line)),
      `${step}: ${problemsOf(step).join()}`,
    );
  }
});

test('what a customer entered in confidence is not dialled, for numbers stand in the journal', () => {
  const { problems } = loadSensitive('type: dial, to: "${{ vars.pin }}"');
  assert.ok(problems.some((line) => line.includes('sensitive.exposed')));
});

function loadSensitive(step: string): { problems: string[] } {
  const ask = 'type: gather, prompt: PIN, into: pin, sensitive: true, on: { no_input: end, no_match: end } }';
  return { problems: problemsOf(`${ask}\n  out: { ${step}`) };
}
