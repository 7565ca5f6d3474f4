import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import type { WrapUp } from '../../src/model/queue.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// What an agent is left alone for after a contact, in five modes.

function after(wrapUp: Partial<WrapUp>): Dispatcher {
  const acd = new Dispatcher(site({ anna: {} }, { sales: { wrapUp: { ...PLAIN_QUEUE.wrapUp, ...wrapUp } } }));
  acd.ready('anna');
  acd.talk('c1');
  acd.queue('next');
  acd.hangUp('c1');
  return acd;
}

function ended(acd: Dispatcher, result?: string): Event {
  const about = { kind: 'agent.wrap_up_ended', atMs: acd.nowMs, agentId: 'anna', contactId: 'c1' } as const;
  return result === undefined ? about : { ...about, result };
}

test('none: the next contact comes in the same moment', () => {
  assert.deepEqual(after({ mode: 'none', ms: 60_000 }).hand('anna'), ['ringing next']);
});

test('timed: it ends by itself, or when the agent is ready', () => {
  const acd = after({ mode: 'timed', ms: 30_000 });
  assert.deepEqual(rings(acd.pass(29_999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['anna next']);
  assert.deepEqual(rings(after({ mode: 'timed', ms: 30_000 }).sayReady('anna')), ['anna next']);
});

test('extendable: an extension moves its end', () => {
  const acd = after({ mode: 'extendable', ms: 30_000, extendMs: 60_000, extensionsMax: 2 });
  const work = acd.state.agents.get('anna')!.work[0]!;
  const untilMs = work.untilMs! + 60_000;
  acd.take({ kind: 'agent.wrap_up_extended', atMs: acd.nowMs, agentId: 'anna', contactId: 'c1', untilMs });
  assert.equal(acd.state.agents.get('anna')!.work[0]!.extensions, 1);
  assert.deepEqual(rings(acd.pass(89_999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['anna next']);
});

test('until cleared: it lasts until the agent ends it, or until the limit', () => {
  const cleared = after({ mode: 'until_cleared', ms: 600_000 });
  assert.deepEqual(rings(cleared.pass(300_000)), []);
  assert.deepEqual(rings(cleared.take(ended(cleared))), ['anna next']);
  const limit = after({ mode: 'until_cleared', ms: 600_000 });
  assert.deepEqual(rings(limit.pass(599_999)), []);
  assert.deepEqual(rings(limit.pass(1)), ['anna next']);
});

test('result required: ready is not enough, the result is', () => {
  const acd = after({ mode: 'result_required', ms: 600_000, results: ['sold'] });
  assert.deepEqual(rings(acd.sayReady('anna')), []);
  assert.deepEqual(acd.hand('anna'), ['wrap_up c1']);
  assert.deepEqual(rings(acd.take(ended(acd, 'sold'))), ['anna next']);
  assert.deepEqual(decided(acd.take(ended(acd, 'sold'))), []);
});

test('the end of one wrap-up does not end another', () => {
  const acd = new Dispatcher(
    site({ anna: {} }, { sales: { wrapUp: { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 30_000 } } }),
  );
  acd.ready('anna');
  for (const chat of ['c1', 't2']) acd.talk(chat, { channel: 'chat' });
  acd.hangUp('c1');
  acd.pass(10_000);
  acd.hangUp('t2');
  acd.pass(20_000);
  assert.deepEqual(acd.hand('anna'), ['wrap_up t2']);
  acd.take(ended(acd));
  assert.deepEqual(acd.hand('anna'), ['wrap_up t2']);
  acd.pass(10_000);
  assert.deepEqual(acd.hand('anna'), []);
});

test('who logs out leaves no wrap-up behind, and a pause does not end it', () => {
  const paused = after({ mode: 'until_cleared', ms: 600_000 });
  paused.pause('anna');
  assert.deepEqual(paused.hand('anna'), ['wrap_up c1']);
  const gone = after({ mode: 'result_required', ms: 600_000, results: ['sold'] });
  gone.logOut('anna');
  assert.deepEqual(gone.hand('anna'), []);
  assert.equal(gone.state.deadlines.of('wrap-up', 'c1'), undefined);
});

test('a wrap-up that the configuration shortens or drops meanwhile ends as it was begun', () => {
  const acd = after({ mode: 'timed', ms: 30_000 });
  acd.load(site({ anna: {} }));
  assert.deepEqual(rings(acd.pass(29_999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['anna next']);
});

test('the wrap-up says when it ends', () => {
  const acd = new Dispatcher(
    site({ anna: {} }, { sales: { wrapUp: { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 30_000 } } }),
  );
  acd.ready('anna');
  acd.talk('c1', { channel: 'chat', label: 'vip' });
  const began = only(acd.hangUp('c1'), 'agent.wrap_up_started');
  assert.deepEqual(
    [began.untilMs, began.queueId, began.channel, began.label],
    [acd.nowMs + 30_000, 'sales', 'chat', 'vip'],
  );
});
