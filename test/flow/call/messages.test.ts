import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventOf } from '../../../src/model/event.ts';
import { errorOf, flow, ofKind, problemsOf } from '../one-flow.ts';
import { type Receptionist, SITE } from '../receptionist.ts';

// A caller leaves a message: the steps voicemail and record.

const REVIEW = 'review: { "1": listen, "2": rerecord, "3": save, "4": cancel }';

function mailbox(more = '', mailboxId = 'sales'): Receptionist {
  return flow(`
  leave: { type: voicemail, mailbox: "${mailboxId}", greeting: Speak., min_duration: 2s, ${more} on: { too_short: short, cancelled: off }, next: thanks }
  thanks: { type: play, prompt: Thanks. }
  short: { type: play, prompt: Too short. }
  off: { type: play, prompt: Called off. }`);
}

function started(events: readonly Event[]): EventOf<'recording.started'> {
  return ofKind(events, 'recording.started').at(-1)!;
}

/** The recording of the message ends, so long. */
function ends(caller: Receptionist, durationMs: number, result: 'done' | 'failed' = 'done'): Event[] {
  const { recordingId } = started(caller.journal);
  caller.nowMs += durationMs;
  const head = { atMs: caller.nowMs, contactId: 'c1', recordingId } as const;
  return caller.take({ kind: 'recording.finished', ...head, result, durationMs, files: [`${recordingId}-left`] });
}

function outcome(events: readonly Event[]): string | undefined {
  return ofKind(events, 'step.left')[0]?.outcome;
}

test('a message is recorded after the greeting and comes to the queue as an order to hear it', () => {
  const caller = mailbox();
  caller.call('100');
  const begun = started(caller.heardOut());
  assert.deepEqual(
    [begun.why, begun.queueId, begun.sides, begun.message],
    ['message', 'sales', { left: 'c1', right: null }, { maxMs: 180_000, silenceMs: 5_000, beep: true }],
  );
  assert.match(begun.recordingId, /^c1\.r0\d+-[0-9a-z]+$/);
  const stopped = caller.press('#');
  assert.deepEqual(
    ofKind(stopped, 'recording.stopped').map(({ recordingId, discard }) => [recordingId, discard]),
    [[begun.recordingId, undefined]],
  );
  const over = ends(caller, 3000);
  assert.equal(outcome(over), 'saved');
  const { order, duplicates } = ofKind(over, 'order.asked')[0]!;
  assert.deepEqual(
    [order.kind, order.mode, order.queueId, order.recordingId, order.number, order.fromContactId, duplicates],
    ['voicemail', 'hear', 'sales', begun.recordingId, '15551234', 'c1', 'keep_both'],
  );
  assert.ok(order.expiresAtMs > order.dueAtMs && order.dueAtMs === caller.nowMs);
});

test('the key that ends the message also ends the greeting', () => {
  const caller = mailbox();
  caller.call('100');
  assert.equal(ofKind(caller.press('5'), 'recording.started').length, 0);
  assert.equal(ofKind(caller.press('#'), 'recording.started').length, 1);
});

test('without words of its own the greeting is in the language of the caller', () => {
  const words = (language: string): string => {
    const site = { 'site.yaml': `${SITE}\nlanguages: [en, de]\n` };
    const caller = flow(
      `
  speak: { type: language, value: ${language} }
  leave: { type: voicemail, mailbox: sales, terminator: star }`,
      site,
    );
    return JSON.stringify(ofKind(caller.call('100'), 'prompt.started').at(-1)!.parts);
  };
  assert.match(words('en'), /after the tone.*Press star/);
  assert.match(words('de'), /nach dem Ton.*Stern/);
});

test('what is too short is no message, and is not kept', () => {
  const caller = mailbox();
  caller.call('100');
  caller.heardOut();
  const over = ends(caller, 1999);
  assert.equal(outcome(over), 'too_short');
  assert.equal(ofKind(over, 'recording.stopped')[0]?.discard, true);
  assert.equal(ofKind(over, 'order.asked').length, 0);
});

test('the caller hears the message, says it anew, and saves it', () => {
  const caller = mailbox(`${REVIEW},`);
  caller.call('100');
  caller.heardOut();
  const first = started(caller.journal).recordingId;
  const asked = ends(caller, 4000);
  assert.match(JSON.stringify(ofKind(asked, 'prompt.started')[0]!.parts), /press 1.*press 2.*press 3.*press 4/);
  const heard = ofKind(caller.press('1'), 'prompt.started')[0]!;
  assert.deepEqual(heard.parts[0], { recordingId: first });
  const anew = caller.press('2');
  assert.deepEqual(
    ofKind(anew, 'recording.stopped').map(({ recordingId, discard }) => [recordingId, discard]),
    [[first, true]],
  );
  assert.notEqual(started(anew).recordingId, first);
  const late = { atMs: caller.nowMs, contactId: 'c1', recordingId: first, files: [] } as const;
  const nothing = caller.take({ kind: 'recording.finished', ...late, result: 'done', durationMs: 9000 });
  assert.deepEqual(nothing, [], 'the end of the one before is not the end of this one');
  ends(caller, 2500);
  const saved = caller.press('3');
  assert.equal(outcome(saved), 'saved');
  assert.equal(ofKind(saved, 'order.asked')[0]!.order.recordingId, started(caller.journal).recordingId);
});

test('called off, it is not kept', () => {
  const caller = mailbox(`${REVIEW},`);
  caller.call('100');
  caller.heardOut();
  ends(caller, 4000);
  const off = caller.press('4');
  assert.equal(outcome(off), 'cancelled');
  assert.equal(ofKind(off, 'recording.stopped')[0]?.discard, true);
});

test('who says nothing to the review has saved the message', () => {
  const caller = mailbox(`${REVIEW},`);
  caller.call('100');
  caller.heardOut();
  ends(caller, 4000);
  caller.heardOut();
  caller.pass(8000);
  caller.heardOut();
  assert.equal(outcome(caller.pass(8000)), 'saved');
});

test('who hangs up in the middle has left the message, when it is long enough', () => {
  for (const [durationMs, orders] of [
    [5000, 1],
    [1000, 0],
  ] as const) {
    const caller = mailbox();
    caller.call('100');
    caller.heardOut();
    assert.equal(ofKind(caller.leave(), 'flow.ended').length, 0, 'the flow waits for the end of the recording');
    const over = ends(caller, durationMs);
    assert.equal(ofKind(over, 'order.asked').length, orders);
    assert.equal(ofKind(over, 'flow.ended').length, 1);
  }
});

test('who hangs up during the review has left the message', () => {
  const caller = mailbox(`${REVIEW},`);
  caller.call('100');
  caller.heardOut();
  ends(caller, 4000);
  const gone = caller.leave();
  assert.equal(ofKind(gone, 'order.asked').length, 1);
  assert.equal(ofKind(gone, 'flow.ended').length, 1);
});

test('what follows on hangup_saved is done after the hang-up', () => {
  const caller = flow(`
  leave: { type: voicemail, mailbox: sales, greeting: Speak., on: { hangup_saved: note } }
  note: { type: tag, values: { message: "left" } }`);
  caller.call('100');
  caller.heardOut();
  caller.leave();
  const over = ends(caller, 5000);
  assert.equal(outcome(over), 'hangup_saved');
  assert.equal(ofKind(over, 'contact.tagged').length, 1);
  assert.equal(ofKind(over, 'flow.ended').length, 1);
});

test('an end that never comes after a hang-up holds nobody for ever', () => {
  const caller = mailbox();
  caller.call('100');
  caller.heardOut();
  caller.leave();
  assert.equal(ofKind(caller.pass(30_000), 'flow.ended').length, 1);
});

test('a recording that fails is an error, and so is one whose end never comes', () => {
  const failing = mailbox();
  failing.call('100');
  failing.heardOut();
  assert.match(errorOf(ends(failing, 0, 'failed'))!, /^step\.recording_failed/);
  const silent = mailbox();
  silent.call('100');
  silent.heardOut();
  assert.match(errorOf(silent.pass(195_000))!, /^step\.recording_failed/);
});

test('a restart in the middle of a message goes on with it, and one in the review asks again', () => {
  const caller = mailbox(`${REVIEW},`);
  caller.call('100');
  caller.heardOut();
  const { recordingId } = started(caller.journal);
  assert.equal(ofKind(caller.restart(), 'recording.started').length, 0);
  caller.press('#');
  assert.match(JSON.stringify(ends(caller, 4000)), /press 1/);
  assert.match(JSON.stringify(caller.restart()), /press 1/);
  const saved = caller.press('3');
  assert.equal(ofKind(saved, 'order.asked')[0]!.order.recordingId, recordingId);
});

test('a mailbox is a queue, an agent with or without @, or a team that a queue is for', () => {
  const queueOf = (id: string): string | undefined => {
    const caller = mailbox('', id);
    caller.call('100');
    return started(caller.heardOut())?.queueId;
  };
  assert.deepEqual(['sales', 'anna', '@anna'].map(queueOf), ['sales', '@anna', '@anna']);
  const nobody = mailbox('', 'nobody');
  assert.match(errorOf(nobody.call('100'))!, /^step\.invalid .*mailbox/);
});

test('what a caller says is recorded into a variable', () => {
  const caller = flow(`
  ask: { type: record, prompt: Say it., into: words, max_duration: 10s, min_duration: 1s, beep: false, on: { silence: quiet, max: long } }
  said: { type: set, vars: { copy: "\${{ vars.words }}" } }
  end: { type: play, prompt: Thanks. }
  quiet: { type: play, prompt: Nothing. }
  long: { type: play, prompt: Long. }`);
  caller.call('100');
  const { recordingId, message } = started(caller.heardOut());
  assert.deepEqual(message, { maxMs: 10_000, silenceMs: 5_000, beep: false });
  assert.equal(outcome(ends(caller, 3000)), 'ok');
  assert.equal(caller.session.vars['words'], recordingId);
});

test('record tells silence and the longest time apart', () => {
  for (const [durationMs, told, kept] of [
    [500, 'silence', false],
    [10_000, 'max', true],
  ] as const) {
    const caller = flow('  ask: { type: record, into: words, max_duration: 10s, min_duration: 1s }');
    caller.call('100');
    const over = ends(caller, durationMs);
    assert.equal(outcome(over), told);
    assert.equal(ofKind(over, 'recording.stopped').length, kept ? 0 : 1);
  }
});

test('the check takes these steps with all their parameters and outcomes, and tells what is missing', () => {
  const all = [
    `type: voicemail, mailbox: sales, greeting: Hello., beep: false, max_duration: 2m, min_duration: 2s, end_silence: 3s,
    terminator: star, review: { "1": listen, "2": rerecord, "3": save, "4": cancel }, notify: [a@example.com], transcribe: true,
    on: { saved: end, too_short: end, cancelled: end, hangup_saved: end, error: end }`,
    `type: record, prompt: Say it., into: words, beep: true, max_duration: 20s, min_duration: 0s, end_silence: 2s, terminator: "#",
    on: { ok: end, silence: end, max: end, error: end }`,
    `type: recording, action: start, scope: dual, announce: Recorded., consent: { prompt: May we?, yes: "1", no: "2" },
    on: { ok: end, declined: end, error: end }`,
  ];
  for (const step of all) assert.deepEqual(problemsOf(step), []);
  assert.match(problemsOf('type: voicemail').join(), /key\.missing .*"mailbox"/);
  assert.match(problemsOf('type: recording, action: begin').join(), /value\.choice/);
});
