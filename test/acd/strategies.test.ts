import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_NEEDS } from '../../src/model/needs.ts';
import { type Queue, STRATEGIES } from '../../src/model/queue.ts';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { type AgentInTest, PLAIN_QUEUE, site } from './site.ts';

// How the agent is chosen, over many contacts. Each strategy is also one in the random days (invariants.test.ts).

const THREE: Record<string, AgentInTest> = { anna: {}, ben: {}, carl: {} };

function withStrategy(agents: Record<string, AgentInTest>, sales: Partial<Queue>): Dispatcher {
  const acd = new Dispatcher(site(agents, { sales }));
  acd.ready(...Object.keys(agents));
  return acd;
}

/** Offers so many contacts one after the other, each of which talks for as long as is said; gives back who had them. */
function served(acd: Dispatcher, count: number, talkMs: (agentId: string) => number = () => 1000): string[] {
  const agents: string[] = [];
  for (let at = 0; at < count; at++) {
    const offer = only(acd.queue(`c${agents.length}-${acd.nowMs}`), 'offer.made');
    agents.push(offer.agentId);
    acd.answer(offer.offerId);
    acd.pass(talkMs(offer.agentId));
    acd.agentHangsUp(offer.offerId);
  }
  return agents;
}

function shareOf(agents: readonly string[], agentId: string): number {
  return agents.filter((one) => one === agentId).length / agents.length;
}

for (const strategy of STRATEGIES) {
  test(`${strategy}: of 300 contacts each finds an agent while one is free, and all agents who should have some do`, () => {
    const shares = { in: 60, out: 40 };
    const team = (name: string): AgentInTest => ({ team: name, skills: { german: 5 } });
    const acd = withStrategy({ anna: team('in'), ben: team('in'), carl: team('out') }, { strategy, shares });
    let talks: string[] = [];
    for (let at = 0; at < 300; at++) {
      const offers = rings(acd.queue(`c${at}`));
      assert.ok(offers.length > 0, `c${at} waits beside ${3 - talks.length} free agents`);
      const offer = [...acd.state.offers.values()].find(({ answeredAtMs }) => answeredAtMs === null)!;
      acd.answer(offer.id);
      talks.push(offer.id);
      acd.pass(997);
      if (talks.length < 3) continue;
      for (const offerId of talks) acd.agentHangsUp(offerId);
      talks = [];
    }
    for (const agent of acd.state.agents.values()) assert.equal(agent.contacts, 100, agent.id);
  });
}

test('longest_idle: an agent with chats in hand has not been idle, whoever ended a talk later has', () => {
  const acd = withStrategy({ anna: {}, ben: {} }, { strategy: 'longest_idle' });
  const chats = [acd.talk('t1', { channel: 'chat' }), acd.talk('t2', { channel: 'chat' })];
  assert.deepEqual([acd.hand('anna').length, acd.hand('ben').length], [1, 1]);
  const second = only(acd.queue('t3', { channel: 'chat' }), 'offer.made');
  acd.answer(second.offerId);
  acd.pass(1000);
  // Ben has nothing in hand since now; Anna ends one of two chats later and is not idle because of it.
  acd.agentHangsUp(chats[1]!);
  acd.pass(1000);
  acd.agentHangsUp(chats[0]!);
  acd.pass(1000);
  acd.agentHangsUp(second.offerId);
  assert.deepEqual(rings(acd.queue('c1')), ['ben c1']);
});

test('round_robin goes round in the order of coming into service, round_robin_ordered in the order of site.yaml', () => {
  for (const [strategy, order] of [
    ['round_robin', ['carl', 'anna', 'ben']],
    ['round_robin_ordered', ['anna', 'ben', 'carl']],
  ] as const) {
    const acd = new Dispatcher(site(THREE, { sales: { strategy } }));
    acd.ready('carl', 'anna', 'ben');
    assert.deepEqual(served(acd, 7), [...order, ...order, order[0]]);
    // It goes on after the one who was asked last, also when that one is away.
    acd.pause(order[0]!);
    assert.deepEqual(served(acd, 3), [order[1], order[2], order[1]]);
  }
});

test('fewest_contacts evens out the number of contacts since login', () => {
  const acd = withStrategy({ anna: {}, ben: {} }, { strategy: 'fewest_contacts' });
  acd.pause('ben');
  served(acd, 5);
  acd.sayReady('ben');
  assert.deepEqual(served(acd, 6), ['ben', 'ben', 'ben', 'ben', 'ben', 'anna']);
});

test('least_talk_time evens out the time, not the number', () => {
  const acd = withStrategy({ slow: {}, quick: {} }, { strategy: 'least_talk_time' });
  const agents = served(acd, 110, (agentId) => (agentId === 'slow' ? 10_000 : 1000));
  const share = shareOf(agents, 'quick');
  assert.ok(share > 0.88 && share < 0.94, `quick has ${share} of the contacts`);
});

test('least_occupied asks whose share of busy time since login is smallest', () => {
  const acd = withStrategy({ anna: {}, ben: {} }, { strategy: 'least_occupied' });
  acd.pause('ben');
  served(acd, 1, () => 60_000);
  acd.sayReady('ben');
  // Anna has been busy for a minute of service, Ben for nothing: he takes one minute of talks before she is asked again.
  assert.deepEqual(
    served(acd, 3, () => 25_000),
    ['ben', 'ben', 'ben'],
  );
  assert.deepEqual(served(acd, 1), ['anna']);
});

test('best_skilled adds up the levels in what is asked for, and only those', () => {
  const agents = {
    anna: { skills: { german: 6, french: 10 } },
    ben: { skills: { german: 8 } },
    carl: { skills: { german: 5, billing: 4 } },
  };
  const needs = { ...NO_NEEDS, required: { german: 5 }, preferred: { billing: 9 } };
  const acd = withStrategy(agents, { strategy: 'best_skilled', needs });
  // Carl does not reach the preferred level, so he is not asked for it first; by the sum he has most.
  assert.deepEqual(rings([...acd.queue('c1'), ...acd.queue('c2'), ...acd.queue('c3')]), [
    'carl c1',
    'ben c2',
    'anna c3',
  ]);
});

test('preferred skills come before any strategy: who has the larger sum of levels at or above them is asked first', () => {
  const agents = { anna: {}, ben: { skills: { billing: 4 } }, carl: { skills: { billing: 7 } } };
  const acd = withStrategy(agents, { needs: { ...NO_NEEDS, preferred: { billing: 5 } } });
  assert.deepEqual(rings([...acd.queue('c1'), ...acd.queue('c2'), ...acd.queue('c3')]), [
    'carl c1',
    'anna c2',
    'ben c3',
  ]);
});

test('top_down asks the second tier only when nobody of the first is free, and the first again as soon as somebody is', () => {
  const tier = (at: number): AgentInTest => ({ queues: { sales: { tier: at, weight: 1 } } });
  const acd = withStrategy({ anna: tier(2), ben: tier(1) }, { strategy: 'top_down' });
  assert.deepEqual(served(acd, 3), ['ben', 'ben', 'ben']);
  const talk = acd.talk('c1');
  assert.deepEqual(served(acd, 2), ['anna', 'anna']);
  acd.agentHangsUp(talk);
  assert.deepEqual(served(acd, 1), ['ben']);
});

test('random gives each the same share, and the same days give the same dice', () => {
  const agents = served(withStrategy(THREE, { strategy: 'random' }), 3000);
  for (const agentId of Object.keys(THREE)) {
    const share = shareOf(agents, agentId);
    // Three standard deviations of a third of 3,000 throws are 0.026.
    assert.ok(Math.abs(share - 1 / 3) < 0.026, `${agentId} has ${share}`);
  }
  assert.deepEqual(served(withStrategy(THREE, { strategy: 'random' }), 3000), agents);
});

test('weighted_random gives shares by weight', () => {
  const weight = (at: number): AgentInTest => ({ queues: { sales: { tier: 1, weight: at } } });
  const acd = withStrategy({ one: weight(1), two: weight(2), five: weight(5) }, { strategy: 'weighted_random' });
  const agents = served(acd, 4000);
  for (const [agentId, expected] of [
    ['one', 1 / 8],
    ['two', 2 / 8],
    ['five', 5 / 8],
  ] as const) {
    const share = shareOf(agents, agentId);
    assert.ok(Math.abs(share - expected) < 0.024, `${agentId} has ${share} instead of ${expected}`);
  }
});

test('percent_allocation keeps to the shares within one contact, and gives to whoever is free rather than to wait', () => {
  const agents = { anna: { team: 'in' }, ben: { team: 'out' }, carl: {} };
  const acd = withStrategy(agents, { strategy: 'percent_allocation', shares: { in: 70, out: 30 } });
  const first = served(acd, 100);
  assert.equal(shareOf(first, 'anna'), 0.7);
  for (let at = 10; at <= 100; at += 10) {
    const given = first.slice(0, at).filter((one) => one === 'anna').length;
    assert.ok(Math.abs(given - at * 0.7) <= 1, `${given} of ${at}`);
  }
  // Who belongs to no share is asked when nobody else is free.
  acd.pause('anna');
  acd.pause('ben');
  assert.deepEqual(served(acd, 2), ['carl', 'carl']);
});

test('ring_all: whoever becomes free joins in, who fails drops out, and the first answer has it', () => {
  const acd = new Dispatcher(site(THREE, { sales: { strategy: 'ring_all' } }));
  acd.ready('anna', 'ben');
  const offers = acd.queue('c1').flatMap((event) => (event.kind === 'offer.made' ? [event.offerId] : []));
  assert.equal(offers.length, 2);
  const carl = only(acd.ready('carl'), 'offer.made');
  acd.fail(offers[0]!, 'busy');
  const then = acd.answer(carl.offerId);
  assert.deepEqual(decided(then), ['offer.withdrawn', 'contact.connected', 'contact.dequeued']);
  assert.equal(only(then, 'offer.withdrawn').reason, 'answered_elsewhere');
  // The others are not to blame: nobody is paused, and no answer is counted against them.
  assert.deepEqual(
    [...acd.state.agents.values()].map(({ misses, pause }) => [misses, pause]),
    [
      [0, null],
      [0, null],
      [0, null],
    ],
  );
});

test('ring_all: two contacts of one line ring at an agent who has room for both', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: { strategy: 'ring_all' } }));
  acd.queue('t1', { channel: 'chat' });
  acd.queue('t2', { channel: 'chat' });
  assert.deepEqual(rings(acd.ready('anna')), ['anna t1', 'anna t2']);
});

test('ring_all: who becomes free in the moment in which a contact comes over does not keep it from the others', () => {
  const agents = { anna: {}, ben: { queues: ['support'] }, carl: { queues: ['support'] } };
  const overflow = [{ when: { waitedMs: 40_000 }, target: { to: 'queue', queueId: 'support' } as const }];
  const acd = new Dispatcher(
    site(agents, { sales: { overflow, answerWithinMs: 60_000, restMs: 5000 }, support: { strategy: 'ring_all' } }),
  );
  acd.ready('anna', 'ben', 'carl');
  const { offerId } = only(acd.queue('c1'), 'offer.made');
  acd.pass(35_000);
  only(acd.fail(offerId, 'busy'), 'agent.rest_started');
  const then = acd.pass(5000);
  only(then, 'agent.rest_ended');
  assert.deepEqual(rings(then).sort(), ['anna c1', 'ben c1', 'carl c1']);
});

test('ring_progressively: one more phone rings after each while, until all who are free ring', () => {
  const acd = new Dispatcher(
    site(THREE, { sales: { strategy: 'ring_progressively', ringNextAfterMs: 5000, answerWithinMs: 60_000 } }),
  );
  acd.ready('anna', 'ben');
  assert.deepEqual(rings(acd.queue('c1')), ['anna c1']);
  assert.deepEqual(rings(acd.pass(4999)), []);
  assert.deepEqual(rings(acd.pass(1)), ['ben c1']);
  assert.deepEqual(rings(acd.pass(5000)), []);
  acd.ready('carl');
  assert.deepEqual(rings(acd.pass(5000)), ['carl c1']);
  const then = acd.answer([...acd.state.offers.values()].find(({ agentId }) => agentId === 'ben')!.id);
  assert.deepEqual(decided(then), ['offer.withdrawn', 'offer.withdrawn', 'contact.connected', 'contact.dequeued']);
});

test('ring_progressively: the next is asked at once when the only phone that rings fails', () => {
  const queue = {
    strategy: 'ring_progressively',
    ringNextAfterMs: 60_000,
    notAnswered: PLAIN_QUEUE.notAnswered,
  } as const;
  const acd = withStrategy({ anna: {}, ben: {} }, queue);
  const { offerId } = only(acd.queue('c1'), 'offer.made');
  assert.deepEqual(rings(acd.fail(offerId, 'busy')), ['ben c1']);
});
