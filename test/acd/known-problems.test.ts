import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dispatcher, decided, only, rings } from './dispatcher.ts';
import { PLAIN_QUEUE, site } from './site.ts';

// What users of other engines report and wait for, by its number in our survey of their trackers. Those that are about routing
// stand here, in traps.test.ts (5: trap 5; 7: trap 3; 9: trap 4; 12, 30: an agent exists once) or in invariants.test.ts.
//
// | number | what | proven |
// |---|---|---|
// | 1, 2 | strategies and skills that can be added | strategies.test.ts: one file and one line each |
// | 8, 13, 14, 16, 20 | state of wrap-up shown, control by API, statistics that last | test/api, test/reports, test/journal |
// | 10, 11, 15, 23 | floods of device states, several machines | performance: `npm run bench -- acd`; not this issue |
// | 19, 31 | position and estimated wait | estimated-wait.test.ts, test/simulation |

test('problem 3 (asterisk #1561): who is out of reach of a busier queue takes the contact of the other one', () => {
  const acd = new Dispatcher(site({ anna: { team: 'b' }, ben: { team: 'a' } }, { heavy: { teams: ['a'] }, light: {} }));
  acd.queue('heavy', { queueId: 'heavy', priority: 9 });
  acd.queue('light', { queueId: 'light' });
  assert.deepEqual(rings(acd.ready('anna')), ['anna light']);
});

test('problem 4 (asterisk #1637, #1691, PR 1640): the longest wait over all queues counts priority, and nothing comes to a halt', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: {}, support: {} }));
  acd.queue('older', { queueId: 'sales' });
  acd.pass(60_000);
  acd.queue('urgent', { queueId: 'support', priority: 5 });
  acd.pass(60_000);
  acd.queue('newer', { queueId: 'sales' });
  acd.ready('anna');
  const served: string[] = [];
  while (acd.state.offers.size > 0) {
    const offer = [...acd.state.offers.values()][0]!;
    served.push(offer.contactId);
    acd.answer(offer.id);
    acd.agentHangsUp(offer.id);
  }
  assert.deepEqual(served, ['urgent', 'older', 'newer']);
});

test('problem 5 (asterisk #176): of 100,000 calls for which three phones ring none is joined twice, whatever the order of the answers', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {}, carl: {} }, { sales: { strategy: 'ring_all' } }));
  acd.ready('anna', 'ben', 'carl');
  let dice = 1;
  for (let call = 0; call < 100_000; call++) {
    const from = acd.decisions.length;
    acd.queue(`c${call}`);
    const offers = acd.decisions.slice(from).flatMap((event) => (event.kind === 'offer.made' ? [event.offerId] : []));
    assert.equal(offers.length, 3);
    // All three answer in the same millisecond, in an order that changes (a linear congruence: the same on every run).
    dice = (dice * 48_271) % 2_147_483_647;
    const order = [0, 1, 2].map((at) => offers[(at + dice) % 3]!);
    if (dice % 2 === 0) order.reverse();
    for (const offerId of order) acd.answer(offerId);
    const joined = acd.decisions.slice(from).filter((event) => event.kind === 'contact.connected');
    assert.equal(joined.length, 1);
    assert.equal(only(joined, 'contact.connected').offerId, order[0]);
    acd.agentHangsUp(order[0]!);
    acd.decisions.length = 0;
  }
  assert.deepEqual([acd.state.items.size, acd.state.offers.size], [0, 0]);
});

test('problem 6 (asterisk #1557): one phone that hangs up early does not stop the others', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {}, carl: {} }, { sales: { strategy: 'ring_all' } }));
  acd.ready('anna', 'ben', 'carl');
  const offers = acd.queue('c1').flatMap((event) => (event.kind === 'offer.made' ? [event.offerId] : []));
  acd.fail(offers[0]!, 'rejected');
  acd.fail(offers[1]!, 'hung_up');
  assert.equal(acd.state.items.get('c1')!.stage, 'offered');
  assert.deepEqual(acd.hand('carl'), ['ringing c1']);
  assert.ok(decided(acd.answer(offers[2]!)).includes('contact.connected'));
});

test('problem 17 (freeswitch #2540, #1062, #1973): whatever becomes of an offer, agent and contact are free of it', () => {
  for (const end of ['busy', 'rejected', 'failed', 'unavailable', 'no_answer', 'lost', 'hung_up'] as const) {
    const acd = new Dispatcher(site({ anna: {} }));
    acd.ready('anna');
    const { offerId } = only(acd.queue('c1'), 'offer.made');
    acd.fail(offerId, end);
    assert.ok(!acd.state.offers.has(offerId), end);
    acd.hangUp('c1');
    acd.sayReady('anna');
    assert.deepEqual(rings(acd.queue('c2')), ['anna c2'], end);
  }
});

test('problems 18 and 25 (fusionpbx #1322, Twilio plugin #9): callbacks and callers of equal priority are served by their first moment, in any mixture', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  const starts = new Map<string, number>();
  let dice = 7;
  for (let at = 0; at < 300; at++) {
    dice = (dice * 48_271) % 2_147_483_647;
    const callback = dice % 3 === 0;
    const virtualStartMs = callback ? acd.nowMs - (dice % 600_000) : acd.nowMs;
    starts.set(`c${at}`, virtualStartMs);
    acd.queue(`c${at}`, { channel: callback ? 'callback' : 'voice', virtualStartMs });
    acd.pass(1 + (dice % 5000));
  }
  acd.ready('anna');
  const served: number[] = [];
  while (acd.state.offers.size > 0) {
    const offer = [...acd.state.offers.values()][0]!;
    served.push(starts.get(offer.contactId)!);
    acd.answer(offer.id);
    acd.agentHangsUp(offer.id);
  }
  assert.equal(served.length, 300);
  assert.deepEqual(
    served,
    [...served].sort((a, b) => a - b),
  );
});

test('problem 21 (opensips #2530, #3123): an agent whose talk ended unseen is freed by the end of the contact', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.talk('c1');
  acd.queue('c2');
  assert.deepEqual(rings(acd.hangUp('c1', 'lost')), ['anna c2']);
});

test('problem 22 (opensips #2679): an agent who is free is served although others are still in wrap-up', () => {
  const wrapUp = { ...PLAIN_QUEUE.wrapUp, mode: 'timed', ms: 60_000 } as const;
  const acd = new Dispatcher(site({ anna: {}, ben: {} }, { sales: { wrapUp }, quick: {} }));
  acd.ready('anna', 'ben');
  const [slow, quick] = [acd.talk('c1', { queueId: 'sales' }), acd.talk('c2', { queueId: 'quick' })];
  acd.queue('c3', { queueId: 'quick' });
  acd.agentHangsUp(slow);
  assert.deepEqual(rings(acd.agentHangsUp(quick)), ['ben c3']);
});

test('problem 24 (kazoo PR 6609): who did not answer is paused with the reason, and back by one word', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  acd.queue('c1');
  acd.pass(20_000);
  assert.deepEqual(acd.state.agents.get('anna')!.pause?.reason, 'no-answer');
  assert.deepEqual(rings(acd.sayReady('anna')), ['anna c1']);
});

test('problem 26 (Rocket.Chat #35722): a limit that is lowered while chats are in hand lets them be, and gives no more', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  for (const chat of ['t1', 't2', 't3', 't4'])
    acd.answer(only(acd.queue(chat, { channel: 'chat' }), 'offer.made').offerId);
  acd.queue('t5', { channel: 'chat' });
  const two = { id: 'default', load: 100, rules: { chat: { max: 2, weight: 50, interrupts: [] } } };
  acd.load(site({ anna: {} }, { sales: {} }, { capacities: { default: two } }));
  assert.equal(acd.hand('anna').length, 4);
  assert.deepEqual(rings([...acd.hangUp('t1'), ...acd.hangUp('t2')]), []);
  assert.deepEqual(rings(acd.hangUp('t3')), ['anna t5']);
});

test('problem 27 (Rocket.Chat PR 34192): 10,000 contacts at the head that nobody can take delay nobody', () => {
  const acd = new Dispatcher(site({ anna: { skills: ['english'] } }));
  for (let at = 0; at < 10_000; at++) acd.queue(`blocked-${at}`, { priority: 9, skills: [`rare-${at % 200}`] });
  acd.ready('anna');
  assert.deepEqual(rings(acd.queue('c1', { skills: ['english'] })), ['anna c1']);
  acd.queue('c2', { skills: ['english'] });
  assert.deepEqual(rings(acd.hangUp('c1')), ['anna c2']);
});

test('problem 28 (Rocket.Chat #18029, #22105): a chat comes back into its place when its agent leaves', () => {
  const acd = new Dispatcher(site({ anna: {}, ben: {} }));
  acd.ready('anna');
  acd.queue('t1', { channel: 'chat' });
  assert.deepEqual(decided(acd.logOut('anna')), ['offer.withdrawn']);
  acd.pass(10);
  acd.queue('t2', { channel: 'chat' });
  assert.deepEqual(rings(acd.ready('ben')), ['ben t1', 'ben t2']);
});

test('problem 29 (chatwoot #10583, #13050): the freed agent gets who waits longest, not who comes next', () => {
  const acd = new Dispatcher(site({ anna: {} }));
  acd.ready('anna');
  const chats = ['t1', 't2', 't3', 't4'].map(
    (chat) => only(acd.queue(chat, { channel: 'chat' }), 'offer.made').offerId,
  );
  for (const offerId of chats) acd.answer(offerId);
  acd.queue('waits', { channel: 'chat' });
  acd.pass(1000);
  assert.deepEqual(rings([...acd.agentHangsUp(chats[0]!), ...acd.queue('newer', { channel: 'chat' })]), ['anna waits']);
});

test('problems 12 and 30 (wazo PR 157, chatwoot #1275): an agent exists once, so a limit holds over all queues', () => {
  const acd = new Dispatcher(site({ anna: {} }, { one: {}, two: {}, three: {} }));
  acd.ready('anna');
  const queues = ['one', 'two', 'three'];
  for (let at = 0; at < 9; at++) acd.queue(`t${at}`, { channel: 'chat', queueId: queues[at % 3]! });
  assert.equal(acd.hand('anna').length, 4);
});

test('problem 32 (Amazon Connect): an agent whose phone is gone is not rung, and a queue of such agents alone is unstaffed', () => {
  const overflow = [{ when: { unstaffed: true }, target: { to: 'voicemail' } }] as const;
  const acd = new Dispatcher(site({ anna: {} }, { sales: { overflow } }));
  acd.ready('anna');
  acd.phone('anna', 'unreachable');
  assert.equal(only(acd.queue('c1'), 'contact.dequeued').reason, 'overflow');
  acd.phone('anna', 'idle');
  assert.deepEqual(rings(acd.queue('c2')), ['anna c2']);
});

test('starvation (Twilio, app_queue): who is lower by D points is overtaken only by those who come within D times ageing', () => {
  const acd = new Dispatcher(site({ anna: {} }, { sales: { ageingMs: 60_000 } }));
  acd.ready('anna');
  let talk = acd.talk('first');
  const beganMs = acd.nowMs;
  acd.queue('low');
  // From now on two who are higher by five points come for each one who is served, for ever.
  const served: string[] = [];
  for (let at = 0; at < 100 && !served.includes('low'); at++) {
    acd.queue(`high-${at}`, { priority: 5 });
    acd.pass(10_000);
    acd.queue(`higher-${at}`, { priority: 5 });
    acd.pass(10_000);
    const next = only(acd.agentHangsUp(talk), 'offer.made');
    served.push(next.contactId);
    acd.answer(next.offerId);
    talk = next.offerId;
  }
  assert.equal(served.at(-1), 'low');
  const [, last] = /-(\d+)$/.exec(served.at(-2)!)!;
  // 31 came within five minutes after it, the last one at the very end of them; they and only they were served before.
  assert.equal(served.length - 1, 31);
  assert.ok(Number(last) <= 15);
  assert.equal(acd.nowMs - beganMs, 32 * 20_000);
});
