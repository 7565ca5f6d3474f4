import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, EventKind, EventOf } from '../../src/model/event.ts';
import { Dispatcher, only } from './dispatcher.ts';
import { site } from './site.ts';

const TWO = site(
  { anna: { extension: '201', queues: ['sales', 'support'] }, ben: { extension: '202', queues: ['support'] } },
  { sales: {}, support: {} },
);

function declare(day: Dispatcher, queueId: string | null = 'sales', flowId = 'words') {
  return day.take({ kind: 'emergency.declared', atMs: day.nowMs, queueId, flowId, by: 'api' });
}

function all<K extends EventKind>(events: readonly Event[], kind: K): EventOf<K>[] {
  return events.filter((event): event is EventOf<K> => event.kind === kind);
}

function left(events: ReturnType<Dispatcher['take']>): string[] {
  return all(events, 'contact.dequeued').map(({ contactId, reason }) => `${contactId} ${reason}`);
}

test('who waits leaves the queue for the emergency, the longest waiting first; phones that ring are let go, talks go on', () => {
  const day = new Dispatcher(TWO);
  day.ready('ben');
  day.talk('talks', { queueId: 'support' });
  day.ready('anna');
  day.queue('rings');
  for (const id of ['b', 'a']) {
    day.nowMs += 10;
    day.queue(id);
  }
  day.queue('elsewhere', { queueId: 'support' });
  const events = declare(day);
  assert.deepEqual(left(events), ['rings emergency', 'b emergency', 'a emergency']);
  assert.equal(only(events, 'offer.withdrawn').reason, 'queue_timeout');
  assert.equal(day.state.items.get('talks')?.stage, 'talking');
  assert.ok(day.state.items.has('elsewhere'), 'another queue goes on');
  assert.equal(only(events, 'offer.made').contactId, 'elsewhere', 'whoever is free by that is asked for it');
});

test('who comes while the queue is stopped is sent on before anybody is asked, and everything is as before when it is lifted', () => {
  const day = new Dispatcher(TWO);
  day.ready('anna');
  declare(day);
  assert.deepEqual(left(day.queue('a')), ['a emergency']);
  assert.deepEqual(all(day.decisions, 'offer.made'), []);
  assert.deepEqual(left(day.queue('b', { queueId: 'support' })), []);
  day.hangUp('b');
  day.take({ kind: 'emergency.lifted', atMs: day.nowMs, queueId: 'sales', by: 'api' });
  day.ready('ben');
  assert.equal(only(day.queue('c'), 'offer.made').contactId, 'c');
});

test('an emergency of the site stops all queues, those of single agents too; lifted, a queue that was stopped by itself stays so', () => {
  const day = new Dispatcher(TWO);
  day.queue('a');
  day.queue('b', { queueId: '@anna' });
  assert.deepEqual(left(declare(day, null)).sort(), ['a emergency', 'b emergency']);
  declare(day, 'sales');
  day.take({ kind: 'emergency.lifted', atMs: day.nowMs, queueId: null, by: 'api' });
  assert.deepEqual(left(day.queue('c')), ['c emergency']);
  assert.deepEqual(left(day.queue('d', { queueId: 'support' })), []);
});

test("callbacks, messages and an agent's question to a colleague stay: nobody waits on the line, and talks go on", () => {
  const day = new Dispatcher(TWO);
  const stay: Partial<EventOf<'contact.queued'>>[] = [
    { channel: 'callback' },
    { channel: 'voicemail' },
    { consult: true },
  ];
  stay.forEach((options, at) => void day.queue(`stays ${at}`, options));
  assert.deepEqual(left(declare(day)), []);
  stay.forEach((options, at) => void assert.deepEqual(left(day.queue(`comes ${at}`, options)), []));
  assert.equal(day.line('sales').length, 6);
});

test('a transfer to a stopped queue, and a rule that sends contacts there, end at the emergency, too', () => {
  const rules = [{ when: { waitedMs: 1000 }, target: { to: 'queue', queueId: 'sales' } }] as const;
  const day = new Dispatcher(
    site({ anna: { extension: '201', queues: ['support'] } }, { sales: {}, support: { overflow: rules } }),
  );
  declare(day);
  day.queue('waits', { queueId: 'support' });
  assert.deepEqual(left(day.pass(1000)), ['waits overflow', 'waits emergency']);
  day.ready('anna');
  const offerId = day.talk('talks', { queueId: 'support' });
  const about = { contactId: 'talks', offerId, agentId: 'anna' };
  const target = { to: 'queue', queueId: 'sales' } as const;
  assert.deepEqual(left(day.take({ kind: 'contact.transferred', atMs: day.nowMs, ...about, target })), [
    'talks emergency',
  ]);
});
