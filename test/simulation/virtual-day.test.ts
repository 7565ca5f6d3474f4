import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Event, EventKind, EventOf } from '../../src/model/event.ts';
import type { Scenario, Traffic } from '../../src/simulation/scenario.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { site } from '../acd/site.ts';
import { agents, day, HOUR_MS, MONDAY_MS, traffic } from './day.ts';

const AT_NINE: Traffic['arrivals'] = { kind: 'listed', atMs: [MONDAY_MS + 9 * HOUR_MS] };
const TEN_SECONDS = { kind: 'fixed', meanMs: 10_000 } as const;

function events(scenario: Scenario, run = 1): Event[] {
  const all: Event[] = [];
  liveDay(scenario, run, (event) => all.push(event));
  return all;
}

function of<K extends EventKind>(all: readonly Event[], kind: K): EventOf<K>[] {
  return all.filter((event): event is EventOf<K> => event.kind === kind);
}

function one(more: Partial<Traffic>): Traffic {
  return traffic('sales', 0, 24, 60_000, { arrivals: AT_NINE, handle: { kind: 'fixed', meanMs: 60_000 }, ...more });
}

test('the same scenario and run give the same day, another run another one', () => {
  const busy = day(
    6,
    [traffic('sales', 100, 6, 180_000, { patience: { kind: 'exponential', meanMs: 60_000 } })],
    agents(5),
  );
  const hash = (run: number): string =>
    createHash('sha256')
      .update(JSON.stringify(events(busy, run)))
      .digest('hex');
  assert.equal(hash(1), hash(1));
  assert.notEqual(hash(1), hash(2));
});

test('with two more agents the same callers come at the same moments, with the same patience', () => {
  const calls = traffic('sales', 100, 6, 180_000, { patience: { kind: 'exponential', meanMs: 60_000 } });
  const came = (count: number) => of(events(day(6, [calls], agents(count))), 'contact.queued');
  assert.deepEqual(came(5), came(7));
  const talks = (count: number) =>
    new Map(
      of(events(day(6, [calls], agents(count))), 'contact.handled').map((event) => [event.contactId, event.talkMs]),
    );
  const [few, more] = [talks(5), talks(7)];
  const both = [...few].filter(([id]) => more.has(id));
  assert.ok(both.length > 300 && more.size > few.size);
  assert.ok(both.every(([id, talkMs]) => more.get(id) === talkMs));
});

test('traffic that is added changes nothing about the traffic that was there', () => {
  const calls = traffic('sales', 50, 6, 180_000);
  const mail = traffic('sales', 20, 6, 300_000, { name: 'mail', channel: 'email' });
  const moments = (kinds: Traffic[]) =>
    of(events(day(6, kinds, agents(9))), 'contact.queued').flatMap((event) =>
      event.channel === 'voice' ? event.atMs : [],
    );
  assert.deepEqual(moments([calls, mail]), moments([calls]));
});

test('a call rings, is answered and ends when its talk is over', () => {
  const all = events(day(24, [one({ ring: TEN_SECONDS })], agents(1)));
  const [connected] = of(all, 'contact.connected');
  const [handled] = of(all, 'contact.handled');
  assert.equal(connected?.atMs, MONDAY_MS + 9 * HOUR_MS + 10_000);
  assert.equal(handled?.talkMs, 60_000);
});

test('a caller without patience hangs up', () => {
  const all = events(day(24, [one({ patience: TEN_SECONDS })], {}));
  const [left] = of(all, 'contact.dequeued');
  assert.deepEqual([left?.reason, left?.waitedMs], ['abandoned', 10_000]);
});

test('a call that nobody answers rings out, and the agent who was paused for it is back after a while', () => {
  const all = events(day(24, [one({ notAnswered: 1, patience: { kind: 'fixed', meanMs: 50_000 } })], agents(1)));
  assert.equal(of(all, 'offer.expired').length, 1);
  const [paused] = of(all, 'agent.paused');
  const [readied] = of(all, 'agent.readied');
  assert.equal(paused?.by, 'system');
  assert.equal(readied!.atMs - paused!.atMs, 60_000);
  assert.equal(of(all, 'contact.dequeued')[0]?.reason, 'abandoned');
});

test('agents come, have breaks and go by the clock, and nobody is offered a call in a break', () => {
  const shift = { fromMs: MONDAY_MS + 8 * HOUR_MS, toMs: MONDAY_MS + 10 * HOUR_MS };
  const lunch = { fromMs: shift.fromMs + HOUR_MS - 1000, toMs: shift.fromMs + HOUR_MS + 5000, reason: 'lunch' };
  const plain = day(24, [one({})], agents(1));
  const staff = [{ ...plain.staff[0]!, shifts: [{ ...shift, breaks: [lunch] }] }];
  const all = events({ ...plain, staff });
  assert.equal(of(all, 'contact.connected')[0]?.atMs, lunch.toMs);
  assert.equal(of(all, 'agent.logged_in')[0]?.atMs, shift.fromMs);
  assert.equal(of(all, 'agent.logged_out')[0]?.atMs, shift.toMs);
});

test('an agent who must say when the wrap-up is over does so after the time that was drawn', () => {
  const wrapUp = { mode: 'result_required', ms: 600_000, extendMs: 0, extensionsMax: 0, results: ['sold'] } as const;
  const plain = day(24, [one({ wrapUp: TEN_SECONDS })], agents(1), { site: site(agents(1), { sales: { wrapUp } }) });
  const all = events(plain);
  const [started] = of(all, 'agent.wrap_up_started');
  const [ended] = of(all, 'agent.wrap_up_ended');
  assert.equal(ended!.atMs - started!.atMs, 10_000);
  assert.equal(ended!.result, 'sold');
});

test('a contact that overflows to another queue keeps its patience and its place', () => {
  const overflow = [{ when: { waitedMs: 30_000 }, target: { to: 'queue', queueId: 'spare' } }] as const;
  const none = {};
  const both = site(none, { sales: { overflow }, spare: {} });
  const all = events(day(24, [one({ patience: { kind: 'fixed', meanMs: 50_000 } })], none, { site: both }));
  const [, moved] = of(all, 'contact.queued');
  assert.deepEqual([moved?.queueId, moved?.virtualStartMs], ['spare', MONDAY_MS + 9 * HOUR_MS]);
  const left = of(all, 'contact.dequeued').map(({ queueId, reason, waitedMs }) => [queueId, reason, waitedMs]);
  assert.deepEqual(left, [
    ['sales', 'overflow', 30_000],
    ['spare', 'abandoned', 20_000],
  ]);
});

test('contacts of several channels are lived in one day', () => {
  const kinds = (['voice', 'chat', 'email', 'callback', 'task'] as const).map((channel) =>
    traffic('sales', 30, 4, 120_000, { name: channel, channel }),
  );
  const all = events(day(4, kinds, agents(12)));
  const queued = new Map(of(all, 'contact.queued').map((event) => [event.contactId, event.channel]));
  const handled = new Set(of(all, 'contact.handled').map(({ contactId }) => queued.get(contactId)));
  assert.deepEqual([...handled].sort(), ['callback', 'chat', 'email', 'task', 'voice']);
});
