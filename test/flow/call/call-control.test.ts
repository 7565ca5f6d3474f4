import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, said } from '../receptionist.ts';

test('answer answers, and waits afterwards as long as it is told', () => {
  const caller = flow('  up: { type: answer, delay: 2s }\n  end: { type: hangup }');
  assert.equal(ofKind(caller.call('100'), 'answer.requested').length, 1);
  assert.deepEqual(caller.pass(1999), []);
  assert.deepEqual(outcomes(caller.pass(1)), ['ok']);
  assert.deepEqual(outcomes(flow('  up: { type: answer }').call('100')), ['ok']);
});

test('early media is refused clearly, and the call is not answered for it', () => {
  const events = flow(
    '  up: { type: answer, early_media: true, on: { error: end } }\n  end: { type: hangup, cause: busy }',
  ).call('100');
  assert.match(errorOf(events)!, /^step\.not_available /);
  assert.equal(ofKind(events, 'answer.requested').length, 0);
});

test('ring and progress let the caller hear ringing without answering, for a while if they are told', () => {
  for (const type of ['ring', 'progress']) {
    const caller = flow(`  ring: { type: ${type}, duration: 5s }\n  end: { type: hangup }`);
    const events = caller.call('100');
    assert.equal(ofKind(events, 'ringing.requested').length, 1);
    assert.equal(ofKind(events, 'answer.requested').length, 0);
    assert.deepEqual(caller.pass(4999), []);
    assert.deepEqual(outcomes(caller.pass(1)), ['ok']);
    assert.deepEqual(outcomes(flow(`  ring: { type: ${type} }`).call('100')), ['ok']);
    assert.equal(ofKind(flow(`  ring: { type: ${type} }`).chat('100'), 'ringing.requested').length, 0);
  }
});

test('reject turns the call away by its cause without answering', () => {
  for (const [written, cause] of [
    ['', 'busy'],
    [', cause: busy', 'busy'],
    [', cause: congestion', 'congestion'],
    [', cause: declined', 'rejected'],
    [', cause: unallocated', 'unallocated'],
  ]) {
    const events = flow(`  no: { type: reject${written} }`).call('100');
    assert.equal(ofKind(events, 'hangup.requested')[0]?.cause, cause);
    assert.equal(ofKind(events, 'answer.requested').length, 0);
  }
  assert.match(problemsOf('type: reject, cause: buzy')[0]!, /value\.choice .*"busy"/);
});

test('hangup ends the contact by its cause', () => {
  for (const cause of ['normal', 'busy', 'congestion', 'rejected', 'unallocated']) {
    const events = flow(`  end: { type: hangup, cause: ${cause} }`).call('100');
    assert.deepEqual(
      events.map((event) => event.kind),
      ['flow.started', 'step.entered', 'hangup.requested'],
    );
    assert.equal(ofKind(events, 'hangup.requested')[0]?.cause, cause);
  }
});

test('hangup speaks before, if it has words, and answers for that', () => {
  const caller = flow('  end: { type: hangup, prompt: Goodbye. }');
  const events = caller.call('100');
  assert.equal(ofKind(events, 'answer.requested').length, 1);
  assert.deepEqual(said(events), ['Goodbye.']);
  assert.equal(ofKind(events, 'hangup.requested').length, 0);
  assert.equal(ofKind(caller.heardOut(), 'hangup.requested').length, 1);
});

test('nothing follows a hangup or a reject by itself', () => {
  for (const type of ['hangup', 'reject']) {
    assert.match(problemsOf(`type: ${type}`)[0]!, /^3:3 step\.unreachable .*"end"/);
  }
});

test('wait waits, without answering when nothing is to be heard', () => {
  const caller = flow('  rest: { type: wait, duration: 3s }\n  end: { type: hangup }');
  const events = caller.call('100');
  assert.equal(ofKind(events, 'answer.requested').length, 0);
  assert.deepEqual(caller.press('1'), []);
  assert.deepEqual(caller.pass(2999), []);
  assert.deepEqual(outcomes(caller.pass(1)), ['elapsed']);
});

test('wait plays music meanwhile and stops it, whichever way it ends', () => {
  const waiting = () => {
    const caller = flow(`
  rest: { type: wait, duration: 3s, music: jazz, until: ["1", star], save: { key: "\${{ result.key }}" }, on: { key: key } }
  end: { type: hangup }
  key: { type: play, prompt: "Key \${{ vars.key }}." }`);
    const events = caller.call('100');
    assert.deepEqual(
      ofKind(events, 'music.started').map(({ music }) => music),
      ['jazz'],
    );
    assert.equal(ofKind(events, 'answer.requested').length, 1);
    return caller;
  };
  const patient = waiting().pass(3000);
  assert.deepEqual([outcomes(patient), ofKind(patient, 'music.stopped').length], [['elapsed'], 1]);
  const caller = waiting();
  assert.deepEqual(caller.press('2'), []);
  const pressed = caller.press('*');
  assert.deepEqual([outcomes(pressed), ofKind(pressed, 'music.stopped').length], [['key'], 1]);
  assert.deepEqual(said(pressed), ['Key *.']);
});

test('any key may end a wait, or one key alone; where the customer writes, it is a reply', () => {
  for (const [until, key] of [
    ['any', '7'],
    ['hash', '#'],
  ]) {
    const caller = flow(`  rest: { type: wait, duration: 3s, until: ${until} }\n  end: { type: hangup }`);
    caller.call('100');
    assert.deepEqual(outcomes(caller.press(key!)), ['key']);
  }
  const writer = flow('  rest: { type: wait, duration: 3s, music: jazz, until: "1" }\n  end: { type: hangup }');
  assert.equal(ofKind(writer.chat('100'), 'music.started').length, 0);
  assert.deepEqual(outcomes(writer.reply(' 1 ')), ['key']);
});

test('music starts and stops behind the steps that follow, and is nothing where the customer reads', () => {
  const steps = `
  on: { type: music, action: start, class: jazz }
  off: { type: music, action: stop }`;
  const events = flow(steps).call('100');
  assert.deepEqual(
    events.flatMap((event) => (event.kind.startsWith('music.') ? [event.kind] : [])),
    ['music.started', 'music.stopped'],
  );
  assert.equal(ofKind(events, 'music.started')[0]?.music, 'jazz');
  assert.deepEqual(outcomes(flow(steps).chat('100')), ['ok', 'ok']);
  assert.match(problemsOf('type: music')[0]!, /key\.missing .*"action"/);
});
