import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventOf } from '../../../src/model/event.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, type Receptionist, said } from '../receptionist.ts';

const END = '\n  end: { type: hangup }';

function leaves(caller: Receptionist, reason: EventOf<'room.left'>['reason']) {
  return caller.take({ kind: 'room.left', atMs: caller.nowMs, contactId: 'c1', room: 'r', reason });
}

test('without a PIN the caller comes into the room at once, as it was written', () => {
  const step = 'type: conference, room: "r-${{ contact.to }}", moderator: true, max: 10, music: jazz, record: true';
  const events = flow(`  in: { ${step} }${END}`).call('100');
  const [{ kind: _, atMs: __, contactId: ___, ...entered } = {} as never] = ofKind(events, 'room.entered');
  assert.deepEqual(entered, { room: 'r-100', moderator: true, max: 10, music: 'jazz' });
  assert.deepEqual(
    ofKind(events, 'recording.wanted').map(({ wanted }) => wanted),
    [true],
  );
  assert.equal(ofKind(events, 'answer.requested').length, 1);
});

for (const reason of ['left', 'ended', 'full'] as const) {
  test(`the step is left by ${reason}`, () => {
    const caller = flow(`  in: { type: conference, room: r, on: { ${reason}: there } }
  end: { type: hangup }
  there: { type: hangup, cause: busy }`);
    assert.equal(ofKind(caller.call('100'), 'recording.wanted').length, 0);
    assert.deepEqual(caller.press('12#'), []);
    assert.deepEqual(outcomes(leaves(caller, reason)), [reason]);
  });
}

/** A caller before a room with the PIN 4711. */
function before(more = ''): Receptionist {
  const caller = flow(`  in: { type: conference, room: r, pin: "4711"${more}, on: { denied: out } }${END}
  out: { type: hangup, cause: rejected }`);
  assert.deepEqual(said(caller.call('100')), [more === '' ? 'Please type the PIN of the conference.' : 'PIN?']);
  return caller;
}

test('the PIN is asked for, and its last digit opens the door', () => {
  const caller = before();
  assert.equal(ofKind(caller.press('471'), 'room.entered').length, 0);
  assert.equal(ofKind(caller.press('1'), 'room.entered').length, 1);
  assert.deepEqual(caller.press('4711'), [], 'inside, keys mean nothing');
});

test('a PIN of fewer digits is ended by hash, and after three wrong ones the caller is not let in', () => {
  const caller = before(', pin_prompt: "PIN?"');
  assert.deepEqual(said(caller.press('47#')), ['That was not the right PIN.', 'PIN?']);
  assert.deepEqual(said(caller.press('1234')), ['That was not the right PIN.', 'PIN?']);
  caller.heardOut();
  const events = caller.pass(5_000);
  assert.deepEqual(outcomes(events), ['denied']);
  assert.equal(ofKind(events, 'hangup.requested')[0]?.cause, 'rejected');
});

test('who is not let in goes where the end of the conference leads, if nothing else is said', () => {
  const caller = flow(`  in: { type: conference, room: r, pin: "4711", on: { ended: out } }${END}
  out: { type: hangup, cause: rejected }`);
  caller.call('100');
  const events = ['1111', '1111', '1111'].flatMap((pin) => caller.press(pin));
  assert.deepEqual(outcomes(events), ['denied']);
  assert.equal(ofKind(events, 'hangup.requested')[0]?.cause, 'rejected');
});

test('what is typed as a PIN is written down nowhere', () => {
  const caller = before();
  caller.press('4711');
  assert.deepEqual(
    ofKind(caller.journal, 'digit.received').map(({ digit }) => digit),
    ['', '', '', ''],
  );
  assert.ok(!JSON.stringify(caller.journal.filter(({ kind }) => kind !== 'flows.loaded')).includes('4711'));
});

test('after a restart who was inside is inside; who was at the door is asked anew', () => {
  const inside = before();
  inside.press('4711');
  assert.deepEqual(inside.restart(), []);
  assert.deepEqual(inside.press('4711'), []);
  assert.deepEqual(outcomes(leaves(inside, 'left')), ['left']);
  const outside = before();
  outside.press('47');
  assert.deepEqual(said(outside.restart()), ['Please type the PIN of the conference.']);
});

test('what cannot be is told at load, or by error', () => {
  for (const [step, told] of [
    ['type: conference', /key\.missing .*"room"/],
    ['type: conference, room: a b', /value\.type .*"a b"/],
    ['type: conference, room: a, pin: abc', /value\.type .*PIN/],
    ['type: conference, room: a, pin_prompt: PIN', /key\.conflict/],
    ['type: conference, room: a, music: jaz', /music\.unknown/],
  ] as const) {
    assert.ok(
      problemsOf(step).some((line) => told.test(line)),
      step,
    );
  }
  const events = flow(`  in: { type: conference, room: "a \${{ contact.to }}", on: { error: end } }${END}`).call('100');
  assert.match(errorOf(events)!, /step\.invalid .*"a 100"/);
});
