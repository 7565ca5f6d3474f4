import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

const SAVES = 'save: { key: "${{ result.key }}" }';

test('keys are passed over unless they may interrupt the prompt', () => {
  const caller = flow('  hello: { type: play, prompt: Hello. }');
  caller.call('100');
  assert.deepEqual(caller.press('1#'), []);
  assert.deepEqual(outcomes(caller.heardOut()), ['ok']);
});

test('an interruptible prompt is stopped by any key, which is the result', () => {
  const caller = flow(`
  hello: { type: play, prompt: Hello., interruptible: true, ${SAVES}, on: { interrupted: key } }
  end: { type: hangup }
  key: { type: play, prompt: "Key \${{ vars.key }}." }`);
  caller.call('100');
  const then = caller.press('*');
  assert.equal(ofKind(then, 'prompt.stopped').length, 1);
  assert.deepEqual(outcomes(then), ['interrupted']);
  assert.deepEqual(said(then), ['Key *.']);
});

test('with interrupt_keys only these keys interrupt, and where on says nothing of it, it is ok', () => {
  const caller = flow(`
  hello: { type: play, prompt: Hello., interrupt_keys: ["1", hash], on: { ok: end } }
  end: { type: hangup }`);
  caller.call('100');
  assert.deepEqual(caller.press('2'), []);
  assert.equal(ofKind(caller.press('#'), 'hangup.requested').length, 1);
});

test('a loop plays the prompt so often; where the customer reads it is shown once', () => {
  const caller = flow('  hello: { type: play, prompt: Hello., loop: 3 }');
  const heard = [...caller.call('100'), ...caller.heardOut(), ...caller.heardOut()];
  assert.deepEqual(said(heard), ['Hello.', 'Hello.', 'Hello.']);
  assert.deepEqual(outcomes(caller.heardOut()), ['ok']);
  assert.deepEqual(said(flow('  hello: { type: play, prompt: Hello., loop: 3 }').chat('100')), ['Hello.']);
});

test('a prompt that could not be played leaves by failed, or as if it had been', () => {
  const caller = flow(`
  hello: { type: play, prompt: Hello., on: { failed: sorry }, next: end }
  sorry: { type: hangup, cause: congestion }
  end: { type: hangup }`);
  caller.call('100');
  assert.equal(ofKind(caller.heardOut('failed'), 'hangup.requested')[0]?.cause, 'congestion');
  const other = flow('  hello: { type: play, prompt: Hello. }\n  more: { type: play, prompt: More. }');
  other.call('100');
  assert.deepEqual(said(other.heardOut('failed')), ['More.']);
});

test('a prompt without words is over at once', () => {
  const caller = flow('  hello: { type: play, prompt: "${{ given.name }}" }\n  more: { type: play, prompt: More. }');
  assert.deepEqual(said(caller.call('100')), ['More.']);
});

test('the language of the step counts for parts that name none, and chooses among languages', () => {
  const caller = flow(`
  hello:
    type: play
    language: de
    prompt: [Hallo., { say: Bonjour., language: fr }, { by_language: { de: Deutsch., other: English. } }, { by_channel: { voice: Stimme. } }]`);
  const [prompt] = ofKind(caller.call('100'), 'prompt.started');
  assert.deepEqual(prompt?.parts, [
    { say: 'Hallo.', language: 'de' },
    { say: 'Bonjour.', language: 'fr' },
    { say: 'Deutsch.', language: 'de' },
    { say: 'Stimme.', language: 'de' },
  ]);
});

test('a prompt may begin in its middle, each time that it is played, and limits are told', () => {
  const caller = flow('  hello: { type: play, prompt: Hello., offset: 3s, loop: 2 }\n  end: { type: hangup }');
  caller.call('100');
  caller.heardOut();
  assert.deepEqual(
    ofKind(caller.events, 'prompt.started').map(({ offsetMs }) => offsetMs),
    [3_000, 3_000],
  );
  const plain = flow('  hello: { type: play, prompt: Hello. }').call('100');
  assert.equal(ofKind(plain, 'prompt.started')[0]?.offsetMs, undefined);
  assert.match(problemsOf('type: play, prompt: a, loop: 11')[0]!, /value\.range .*10/);
  assert.match(problemsOf('type: play, prompt: a, interrupt_keys: [x]')[0]!, /value\.choice .*"x"/);
  assert.match(problemsOf('type: play')[0]!, /key\.missing .*"prompt"/);
});
