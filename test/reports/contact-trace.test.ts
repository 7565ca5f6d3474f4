import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { contactTrace, TRACED_STEPS_MAX } from '../../src/reports/contact-trace.ts';
import { Receptionist } from '../flow/receptionist.ts';

// The trace of a contact: step by step with times, outcome, input and changed variables; what is sensitive is never there.

const SITE = 'numbers: { "100": main }\n';
const MAIN = `
steps:
  account: { type: gather, prompt: Account?, into: account, max: 4 }
  pin: { type: gather, prompt: PIN?, into: pin, max: 4, sensitive: true }
  inner: { type: call_flow, flow: inner, with: { account: "\${{ vars.account }}" } }
  bye: { type: play, prompt: "Bye \${{ vars.account }}." }
`;
const INNER = 'params: { account: {} }\nsteps:\n  note: { type: set, vars: { seen: "${{ vars.account }}" } }\n';

/** A caller who typed both and heard everything, as the journal has it. */
function journal(): { seq: number; event: Event }[] {
  const caller = new Receptionist({ 'site.yaml': SITE, 'main.yaml': MAIN, 'inner.yaml': INNER });
  caller.call('100');
  caller.heardOut();
  caller.press('4711');
  caller.nowMs += 1500;
  caller.heardOut();
  caller.press('9876');
  caller.heardOut();
  return caller.journal.map((event, place) => ({ seq: place + 1, event }));
}

test('every step stands in it with its flow, time and outcome, those of called flows deeper', () => {
  const { steps, failure, stepsOmitted } = contactTrace(journal(), 'shown');
  assert.deepEqual(
    steps.map(({ flow, step, depth, outcome }) => [flow, step, depth, outcome]),
    [
      ['main', 'account', 0, 'ok'],
      ['main', 'pin', 0, 'ok'],
      ['main', 'inner', 0, 'ok'],
      ['inner', 'note', 1, 'ok'],
      ['main', 'bye', 0, 'ok'],
    ],
  );
  assert.deepEqual([failure, stepsOmitted], [null, 0]);
  assert.equal(steps[1]!.tookMs, 1500);
});

test('values that are shown are those that were typed, spoken and set', () => {
  const { steps } = contactTrace(journal(), 'shown');
  assert.deepEqual(steps[0]!.input, [{ how: 'keys', text: '4711' }]);
  assert.deepEqual(steps[0]!.changed, [{ name: 'account', value: '4711' }]);
  assert.deepEqual(steps[0]!.prompts, ['Account?']);
  assert.deepEqual(steps[4]!.prompts, ['Bye 4711.']);
});

test('masked values tell their length alone, and prompts are left out', () => {
  const { steps } = contactTrace(journal(), 'masked');
  assert.deepEqual(steps[0]!.input, [{ how: 'keys', text: '\u2022\u2022\u2022\u2022' }]);
  assert.deepEqual(steps[0]!.changed, [{ name: 'account', value: '\u2022\u2022\u2022\u2022' }]);
  assert.ok(!JSON.stringify(steps).includes('4711'));
});

test('sensitive input is in no trace, however it is asked for', () => {
  const entries = journal();
  assert.ok(!JSON.stringify(entries).includes('9876'), 'nor in the journal');
  const { steps } = contactTrace(entries, 'shown');
  assert.deepEqual(steps[1]!.input, [{ how: 'keys', text: '\u2022\u2022\u2022\u2022' }]);
  assert.deepEqual([steps[1]!.changed, steps[1]!.concealed], [[], ['pin']]);
  assert.ok(!JSON.stringify(steps).includes('9876'));
});

test('a contact still in a step has no outcome there; errors, answers of others and a failure of the flow are told', () => {
  const about = { atMs: 1000, contactId: 'c1' };
  const events: Event[] = [
    { kind: 'flow.started', ...about, flowId: 'main', version: 'v1' },
    { kind: 'step.entered', ...about, stepId: 'fetch', type: 'http' },
    {
      kind: 'http.answered',
      ...about,
      requestId: 'c1.h1',
      outcome: { status: 503, attempts: 2 },
      values: {},
      tookMs: 80,
    },
    {
      kind: 'step.left',
      ...about,
      stepId: 'fetch',
      outcome: 'error',
      error: { code: 'http.status', message: 'It answered 503.' },
    },
    { kind: 'flow.failed', ...about, code: 'flow.error_unhandled' },
    { kind: 'step.entered', ...about, stepId: 'wait', type: 'wait' },
  ];
  const { steps, failure } = contactTrace(
    events.map((event, seq) => ({ seq, event })),
    'shown',
  );
  assert.deepEqual(steps[0]!.input, [{ how: 'http', text: '503 after 80 ms' }]);
  assert.equal(steps[0]!.error?.code, 'http.status');
  assert.deepEqual([steps[1]!.outcome, steps[1]!.tookMs, failure], [null, null, 'flow.error_unhandled']);
});

test('what came of calls, conferences, recordings and machines is told with the step that asked', () => {
  const about = { atMs: 1000, contactId: 'c1' };
  const news: Event[] = [
    { kind: 'dial.ended', ...about, outcome: 'busy' },
    { kind: 'machine.detected', ...about, verdict: 'fax' },
    { kind: 'room.left', ...about, room: 'r', reason: 'full' },
    { kind: 'recording.finished', ...about, recordingId: 'r1', result: 'done', durationMs: 4200, files: [] },
    { kind: 'consent.given', ...about },
    { kind: 'consent.declined', ...about },
    { kind: 'order.refused', ...about, orderId: 'k1', code: 'duplicate' },
  ];
  const events: Event[] = [{ kind: 'step.entered', ...about, stepId: 'a', type: 'dial' }, ...news];
  const { steps } = contactTrace(
    events.map((event, seq) => ({ seq, event })),
    'masked',
  );
  assert.deepEqual(
    steps[0]!.input.map(({ how, text }) => `${how} ${text}`),
    [
      'call dialled: busy',
      'call fax',
      'call conference: full',
      'call recorded: done, 4200 ms',
      'call consent: given',
      'call consent: declined',
      'call refused: duplicate',
    ],
  );
});

test('whoever leaves is in no step any more', () => {
  const about = { atMs: 1000, contactId: 'c1' };
  const events: Event[] = [
    { kind: 'step.entered', ...about, stepId: 'wait', type: 'queue' },
    { kind: 'contact.ended', ...about, atMs: 4000, cause: 'hung_up', endedBy: 'customer' },
  ];
  const { steps } = contactTrace(
    events.map((event, seq) => ({ seq, event })),
    'shown',
  );
  assert.deepEqual([steps[0]!.tookMs, steps[0]!.outcome], [3000, null]);
});

test('a flow that went round for long is cut, and how much is left out is told', () => {
  const events: Event[] = Array.from({ length: TRACED_STEPS_MAX + 5 }, () => ({
    kind: 'step.entered',
    atMs: 1,
    contactId: 'c1',
    stepId: 'a',
    type: 'set',
  }));
  const { steps, stepsOmitted } = contactTrace(
    events.map((event, seq) => ({ seq, event })),
    'masked',
  );
  assert.deepEqual([steps.length, stepsOmitted], [TRACED_STEPS_MAX, 5]);
});
