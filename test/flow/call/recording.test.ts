import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../../src/model/event.ts';
import { flow, ofKind, problemsOf } from '../one-flow.ts';

const told = (events: readonly Event[]): string[] =>
  events.flatMap((event) => {
    if (event.kind === 'recording.wanted' || event.kind === 'recording.pause_wanted')
      return [`${event.kind} ${event.wanted}`];
    return /^(consent|confidence)/.test(event.kind) ? [event.kind] : [];
  });
const outcome = (events: readonly Event[]): string | undefined => ofKind(events, 'step.left')[0]?.outcome;

test('the flow has a call recorded, pauses that, lets it go on and ends it', () => {
  const caller = flow(`
  a: { type: recording, action: start }
  b: { type: recording, action: pause }
  c: { type: recording, action: mask }
  d: { type: recording, action: resume }
  e: { type: recording, action: stop }
  f: { type: play, prompt: Done. }`);
  assert.deepEqual(told(caller.call('100')), [
    'recording.wanted true',
    'recording.pause_wanted true',
    'recording.pause_wanted true',
    'recording.pause_wanted false',
    'recording.wanted false',
  ]);
});

test('the announcement is heard before anything is recorded', () => {
  const caller = flow('  a: { type: recording, action: start, announce: This call is recorded. }');
  assert.deepEqual(told(caller.call('100')), []);
  assert.deepEqual(told(caller.heardOut()), ['recording.wanted true']);
});

const ASKING = `
  a: { type: recording, action: start, announce: We record., consent: { prompt: May we?, yes: "1", no: "2" }, on: { declined: no } }
  b: { type: play, prompt: Recorded. }
  no: { type: play, prompt: Not recorded. }`;

test('with consent it begins, and without it never', () => {
  const yes = flow(ASKING);
  yes.call('100');
  assert.deepEqual(told(yes.heardOut()), []);
  const agreed = yes.press('1');
  assert.deepEqual([told(agreed), outcome(agreed)], [['consent.given', 'recording.wanted true'], 'ok']);
  const no = flow(ASKING);
  no.call('100');
  no.heardOut();
  const refused = no.press('2');
  assert.deepEqual([told(refused), outcome(refused)], [['consent.declined'], 'declined']);
});

test('consent may be spoken', () => {
  const caller = flow(ASKING);
  caller.call('100');
  caller.heardOut();
  assert.deepEqual(told(caller.say('no, not right')), ['consent.declined']);
});

test('who says nothing three times has not agreed', () => {
  const caller = flow(ASKING);
  caller.call('100');
  caller.heardOut();
  const heard: Event[] = [];
  for (let at = 0; at < 3; at++) {
    caller.heardOut();
    heard.push(...caller.pass(6000));
  }
  assert.deepEqual(told(heard), ['consent.declined']);
});

test('one key that means yes and no is a problem', () => {
  const step = 'type: recording, action: start, consent: { prompt: A, yes: "1", no: "1" }, next: end';
  assert.match(problemsOf(step).join(), /yaml\.duplicate .*Key 1/);
});

test('a step for confidential entries begins and ends confidence, whatever way leads out of it', () => {
  const pin = (on = '') => `
  pin: { type: gather, prompt: Pin., into: pin, sensitive: true, min: 4, max: 4, attempts: 1${on} }
  end: { type: play, prompt: Thanks. }`;
  const typed = flow(pin());
  assert.deepEqual(told(typed.call('100')), ['confidence.began']);
  assert.deepEqual(told(typed.press('1234')), ['confidence.ended']);
  const silent = flow(pin());
  silent.call('100');
  silent.heardOut();
  assert.deepEqual(told(silent.pass(5000)), ['confidence.ended']);
  const gone = flow(pin());
  gone.call('100');
  assert.deepEqual(told(gone.leave()), ['confidence.ended']);
});

test('from one confidential step to the next nothing is heard in between', () => {
  const caller = flow(`
  card: { type: gather, prompt: Card., into: card, sensitive: true, min: 4, max: 4 }
  pin: { type: gather, prompt: Pin., into: pin, sensitive: true, min: 4, max: 4 }
  end: { type: play, prompt: Thanks. }`);
  assert.deepEqual(told(caller.call('100')), ['confidence.began']);
  assert.deepEqual(told(caller.press('1234')), []);
  assert.deepEqual(told(caller.press('1234')), ['confidence.ended']);
});

test('who writes is not recorded, so nothing is told of confidence', () => {
  const caller = flow('  pin: { type: gather, prompt: Pin., into: pin, sensitive: true, min: 4, max: 4 }');
  assert.deepEqual(told(caller.chat('100')), []);
});
