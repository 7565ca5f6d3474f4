import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../../src/model/event.ts';
import { errorOf, flow, ofKind } from '../one-flow.ts';
import { outcomes, type Receptionist, said } from '../receptionist.ts';

// The ends of voicemail, record and recording of which a flow says nothing of its own.

/** The recording of the message ends. */
function ends(caller: Receptionist, durationMs: number, result: 'done' | 'failed' = 'done'): Event[] {
  const { recordingId } = ofKind(caller.journal, 'recording.started').at(-1)!;
  const head = { atMs: caller.nowMs, contactId: 'c1', recordingId } as const;
  return caller.take({ kind: 'recording.finished', ...head, result, durationMs, files: ['left'] });
}

function leaving(step: string): Receptionist {
  const caller = flow(`  leave: { ${step} }\n  end: { type: hangup }`);
  caller.call('100');
  if (caller.session.promptId !== null) caller.heardOut();
  return caller;
}

test('what is too short of a customer who has hung up is thrown away', () => {
  for (const step of ['type: voicemail, mailbox: sales', 'type: record']) {
    const caller = leaving(step);
    caller.leave();
    const events = ends(caller, 100);
    assert.deepEqual(
      ofKind(events, 'recording.stopped').map(({ discard }) => discard),
      [true],
      step,
    );
    assert.equal(ofKind(events, 'order.asked').length, 0);
  }
});

test('a failure leads a record step to its error', () => {
  const caller = leaving('type: record, on: { error: end }');
  assert.match(errorOf(ends(caller, 0, 'failed'))!, /^step\.recording_failed /);
});

test('what was cut at its longest counts as said, where nothing else is said of it', () => {
  const caller = flow(`  leave: { type: record, max_duration: 5s, on: { ok: thanks } }
  end: { type: hangup }
  thanks: { type: play, prompt: Thanks. }`);
  caller.call('100');
  const events = ends(caller, 5_000);
  assert.deepEqual([outcomes(events), said(events)], [['max'], ['Thanks.']]);
});

test('who does not agree to be recorded goes where the step leads, if nothing is said of that', () => {
  const caller =
    flow(`  may-we: { type: recording, action: start, consent: { prompt: May we? }, on: { ok: go-on, error: below } }
  below: { type: play, prompt: Below. }
  go-on: { type: play, prompt: On we go. }`);
  caller.call('100');
  const events = caller.press('2');
  assert.deepEqual([outcomes(events), said(events)], [['declined'], ['On we go.']]);
});
