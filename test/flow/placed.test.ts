import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { ofKind } from './one-flow.ts';
import { Receptionist, SITE, said } from './receptionist.ts';

// Contacts that we make ourselves: their flow begins when the customer answers, if they have one.

const FILES = {
  'site.yaml': SITE,
  'main.yaml': 'steps: { hi: { type: hangup } }',
  'greeting.yaml': `steps:
  hello: { type: play, prompt: "Hello \${{ contact.from }}, this is \${{ contact.to }}." }
  talk: { type: queue, queue: sales }`,
};

function placed(flowId?: string): Receptionist {
  const us = new Receptionist(FILES);
  const about = { orderId: 'o', attempt: 1, channel: 'callback', to: '+4930111', from: '+4930999' } as const;
  const how = { mode: 'customer_first', language: 'de-AT', ringMs: 30_000, detectMachine: false } as const;
  us.take({ kind: 'contact.placed', atMs: us.nowMs, contactId: 'c1', ...about, ...how, ...(flowId ? { flowId } : {}) });
  return us;
}

function answers(us: Receptionist): Event[] {
  return us.take({ kind: 'contact.answered', atMs: us.nowMs, contactId: 'c1' });
}

test('the flow begins with the answer of the customer, who is the one it is from', () => {
  const us = placed('greeting');
  assert.deepEqual(us.events, []);
  assert.deepEqual(said(answers(us)), ['Hello +4930111, this is +4930999.']);
  assert.deepEqual(ofKind(answers(us), 'flow.started'), [], 'a second answer begins nothing');
});

test('without a flow nothing is asked of the receptionist, and the end of the contact is its end', () => {
  const us = placed();
  assert.deepEqual(answers(us), []);
  assert.deepEqual(us.take({ kind: 'flow.resumed', atMs: us.nowMs, contactId: 'c1' }), []);
  assert.deepEqual(
    us.leave().map(({ kind }) => kind),
    ['flow.ended', 'contact.finished'],
  );
});

test('an agent may hand whom we called to a flow', () => {
  const us = placed();
  answers(us);
  const handled = { offerId: 'x', agentId: 'anna', queueId: 'sales', talkMs: 1, endedBy: 'agent' } as const;
  const transferred = { to: 'flow', flowId: 'greeting' } as const;
  const events = us.take({ kind: 'contact.handled', atMs: us.nowMs, contactId: 'c1', ...handled, transferred });
  assert.deepEqual(said(events), ['Hello +4930111, this is +4930999.']);
});

test('a customer who is not reached leaves nothing behind', () => {
  const us = placed('greeting');
  us.leave();
  assert.equal(us.state.sessions.size, 0);
});
