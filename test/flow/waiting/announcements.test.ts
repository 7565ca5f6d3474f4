import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, ofKind } from '../one-flow.ts';
import { type Receptionist, SITE, said } from '../receptionist.ts';

const SITE_DE = SITE.replace('numbers:', 'language: de\nnumbers:');

function waiting(announcements: string, site = SITE): Receptionist {
  const caller = flow(`  wait: { type: queue, queue: sales, announcements: { ${announcements} } }`, {
    'site.yaml': site,
  });
  caller.call('100');
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  caller.places.set('c1', { position: 3, waitedMs: 30_500, estimatedWaitMs: 90_000 });
  return caller;
}

test('the first announcement comes when it is due, and the next one so long after its end', () => {
  const caller = waiting('first_after: 20s, every: 30s, position: true');
  assert.deepEqual(caller.pass(19_999), []);
  assert.deepEqual(said(caller.pass(1)), ['You are number 3 in the queue.']);
  assert.deepEqual(caller.pass(40_000), []);
  caller.heardOut();
  assert.deepEqual(caller.pass(29_999), []);
  caller.places.set('c1', { position: 1, waitedMs: 90_000, estimatedWaitMs: null });
  assert.deepEqual(said(caller.pass(1)), ['You are next in line.']);
});

test('an announcement comes after 30 s and every minute when nothing else is said', () => {
  const caller = waiting('position: true');
  assert.deepEqual(caller.pass(29_999), []);
  assert.equal(said(caller.pass(1)).length, 1);
  caller.heardOut();
  assert.deepEqual(caller.pass(59_999), []);
  assert.equal(said(caller.pass(1)).length, 1);
});

test('the estimated wait is told in whole minutes, and left out when nobody can tell it', () => {
  const caller = waiting('estimated_wait: true');
  assert.deepEqual(said(caller.pass(30_000)), ['The estimated waiting time in minutes: 2.']);
  caller.heardOut();
  caller.places.set('c1', { position: 3, waitedMs: 1, estimatedWaitMs: null });
  assert.deepEqual(caller.pass(60_000), []);
  caller.places.set('c1', { position: 3, waitedMs: 1, estimatedWaitMs: 100 });
  assert.deepEqual(said(caller.pass(60_000)), ['The estimated waiting time in minutes: 1.']);
});

test('they are told in German to who is spoken to in German', () => {
  const caller = waiting('position: true, estimated_wait: true', SITE_DE);
  const events = caller.pass(30_000);
  assert.deepEqual(said(events), [
    'Sie sind auf Platz 3 der Warteschlange.',
    'Die voraussichtliche Wartezeit in Minuten: 2.',
  ]);
  const [prompt] = ofKind(events, 'prompt.started');
  assert.ok(prompt?.parts.every((part) => 'language' in part && part.language === 'de'));
});

test('words of one’s own may name the place, the wait so far and the estimate', () => {
  const caller = waiting(
    'position: "Number ${{ queue.position }} after ${{ queue.waited_seconds }} s.", estimated_wait: ["About", { number: "${{ queue.estimated_minutes }}" }, minutes.]',
  );
  assert.deepEqual(said(caller.pass(30_000)), ['Number 3 after 30 s.', 'About', '2', 'minutes.']);
});

test('prompts are played one at a time, in turn', () => {
  const caller = waiting('every: 10s, prompts: [One., [Two., Half.], Three.]');
  const heard: string[][] = [said(caller.pass(30_000))];
  for (let round = 0; round < 3; round += 1) {
    caller.heardOut();
    heard.push(said(caller.pass(10_000)));
  }
  assert.deepEqual(heard, [['One.'], ['Two.', 'Half.'], ['Three.'], ['One.']]);
});

test('nothing is announced while an agent rings or talks; it goes on when the customer waits again', () => {
  const caller = waiting('every: 20s, position: true');
  caller.places.delete('c1');
  assert.deepEqual(caller.pass(30_000), []);
  assert.deepEqual(caller.pass(60_000), []);
  caller.places.set('c1', { position: 2, waitedMs: 1, estimatedWaitMs: null });
  assert.deepEqual(said(caller.pass(10_000)), ['You are number 2 in the queue.']);
});

test('an announcement that was cut off without a word does not end all of them', () => {
  const caller = waiting('every: 20s, position: true');
  assert.equal(said(caller.pass(30_000)).length, 1);
  assert.equal(said(caller.pass(140_000)).length, 1);
});

test('an announcement that cannot be worked out is left out, and the customer waits on', () => {
  const caller = waiting('every: 20s, position: true, prompts: ["${{ 1 / (queue.position - 3) }}"]');
  assert.deepEqual(said(caller.pass(30_000)), ['You are number 3 in the queue.']);
  assert.equal(caller.session.stepId, 'wait');
});
