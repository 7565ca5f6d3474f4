import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyAgent, whyItem } from '../../src/acd/explanation.ts';
import { allCandidates, chooseAgent } from '../../src/acd/routing/choose-agent.ts';
import { chooseItem } from '../../src/acd/routing/choose-item.ts';
import { queueOf } from '../../src/acd/routing/tables.ts';
import { whyNot } from '../../src/acd/why-not.ts';
import { apply, emptyState } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { EXPLANATION_BYTES_MAX, type RejectedBecause } from '../../src/model/explanation.ts';
import { Dispatcher, only } from '../acd/dispatcher.ts';
import { site } from '../acd/site.ts';
import { LongDay } from './long-day.ts';

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('an explanation with the longest ids and every reason stays under 300 bytes', () => {
  const long = (at: number): string => `${'agent-with-a-long-name-'.repeat(2).slice(0, 38)}${10 + at}`;
  const ids = Array.from({ length: 12 }, (_, at) => long(at));
  assert.equal(ids[0]?.length, 40);
  const day = new Dispatcher(site(Object.fromEntries(ids.map((id) => [id, {}]))));
  day.ready(...ids);
  const contact = '9'.repeat(40);
  day.queue(contact);
  const reasons: RejectedBecause[] = [
    'logged_out',
    'paused',
    'unreachable',
    'busy',
    'resting',
    'full',
    'skills',
    'team',
    'held',
  ];
  const item = day.state.items.get(contact)!;
  const candidates = chooseAgent(day.state, item, day.nowMs);
  assert.ok(candidates.length > 1);
  const why = whyAgent(
    day.state,
    item,
    candidates.map((one) => ({ ...one, measure: -123456789.123 })),
  );
  const worst = { ...why, k: 99, s: 'round_robin_ordered', x: Object.fromEntries(reasons.map((one) => [one, 9999])) };
  assert.ok(bytes({ ...worst, r: [] }) < EXPLANATION_BYTES_MAX);
  assert.ok(bytes(why) < EXPLANATION_BYTES_MAX, `${bytes(why)} bytes`);
  // Contacts that wait for an agent of theirs each stand in lines of their own, so that there are runners-up.
  const waiting = new Dispatcher(site({ [ids[0]!]: {} }, { sales: {}, support: {}, service: {} }));
  for (const queueId of ['sales', 'support', 'service'])
    waiting.queue(`${contact.slice(8)}${queueId}`.padEnd(40, 'x'), { queueId });
  waiting.pass(123_456);
  const offer = only(waiting.ready(ids[0]!), 'offer.made');
  assert.equal(offer.why?.by, 'contact');
  assert.equal(offer.why?.r.length, 2);
  assert.ok(bytes(offer.why) < EXPLANATION_BYTES_MAX, `${bytes(offer.why)} bytes`);
});

test('on a random day every stored explanation is small, and a replay finds that the one it names was chosen', () => {
  let agents = 0;
  let contacts = 0;
  const replayed = emptyState();
  const check = (event: Event): void => {
    if (event.kind !== 'offer.made') return;
    const { why, agentId, contactId, atMs } = event;
    assert.ok(why, 'an offer without reasons');
    assert.ok(bytes(why) < EXPLANATION_BYTES_MAX, JSON.stringify(why));
    const item = replayed.acd.items.get(contactId)!;
    if (why.by === 'contact') {
      contacts += 1;
      const { heads } = chooseItem(replayed.acd, replayed.acd.agents.get(agentId)!, atMs);
      assert.equal(heads[0]?.item.contactId, contactId);
      assert.deepEqual(whyItem(chooseItem(replayed.acd, replayed.acd.agents.get(agentId)!, atMs)), why);
      return;
    }
    agents += 1;
    const everybody = queueOf(replayed.acd, item.queueId)?.strategy === 'ring_all';
    const best = everybody ? allCandidates(replayed.acd, item, atMs) : chooseAgent(replayed.acd, item, atMs);
    assert.equal(best[0]?.agent.id, agentId);
    assert.deepEqual(
      why.r.map(([id]) => id),
      best.slice(1, 3).map(({ agent }) => agent.id),
    );
    // Nobody else has a reason by which he should have been chosen.
    for (const id of replayed.acd.agents.keys()) {
      if (id !== agentId) assert.notEqual(whyNot(replayed.acd, event, id).because, 'chosen');
    }
  };
  const day = new LongDay(3, ({ input, decisions }) => {
    for (const event of [input, ...decisions]) {
      check(event);
      if (event.kind !== 'time.passed') apply(replayed, event);
    }
  });
  day.live(15_000);
  assert.ok(agents > 100 && contacts > 100, `${agents} times an agent, ${contacts} times a contact was chosen`);
});
