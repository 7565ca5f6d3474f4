import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeIn } from '../../src/controller/decide.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { Rooms } from './hall-state.ts';

test('a fault in our own rules lets the contact go, disturbs nothing else, and the journal stays true', () => {
  const rooms = new Rooms();
  rooms.arrive('c1');
  // As if a release had stored a flow that its steps cannot read.
  const flow = rooms.state.flow.sets.get('v1')!.flows['main']!;
  (flow.steps['choose']!.with as { options: unknown }).options = null;
  const events: Event[] = [...rooms.journal];
  const about = { contactId: 'c2', legId: 'c2', channel: 'voice', from: '1', to: '100' } as const;
  const arrived = takeIn(rooms.state, { kind: 'contact.arrived', atMs: 1, ...about });
  const answered = takeIn(rooms.state, { kind: 'contact.answered', atMs: 2, contactId: 'c2' });
  assert.ok(answered.fault instanceof TypeError);
  assert.deepEqual(
    answered.batch.map((event) => event.kind),
    ['contact.answered', 'flow.failed', 'hangup.requested'],
  );
  events.push(...arrived.batch, ...answered.batch);
  const again = emptyState();
  for (const event of events) apply(again, event);
  assert.equal(again.flow.sessions.get('c2')!.stage, 'ended');
  assert.equal(rooms.state.flow.sessions.get('c1')!.stage, 'running');
});
