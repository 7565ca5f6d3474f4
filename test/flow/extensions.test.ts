import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIRECT_FLOW } from '../../src/flow/built-in.ts';
import { beginningFor } from '../../src/flow/numbers.ts';
import type { Event } from '../../src/model/event.ts';
import type { Agent } from '../../src/model/site.ts';
import { queued, Receptionist, SITE } from './receptionist.ts';

function exchange(numbers = ''): Receptionist {
  const site = SITE.replace('"100": main', `"100": main${numbers}`);
  return new Receptionist({ 'site.yaml': site, 'main.yaml': 'steps: { end: { type: hangup } }' });
}

const causes = (events: readonly Event[]) =>
  events.flatMap((event) => (event.kind === 'hangup.requested' ? [event.cause] : []));

test('who dials an agent’s extension waits for that agent, from an agent’s phone or from outside', () => {
  for (const fromAgentId of ['anna', undefined]) {
    const caller = exchange();
    const { queueId, giveUpAtMs, customer } = queued(caller.call('1001', fromAgentId));
    assert.deepEqual([queueId, giveUpAtMs, customer], ['@anna', caller.nowMs + 60_000, '15551234']);
    assert.equal(caller.session.flowId, DIRECT_FLOW);
  }
});

test('the caller is told busy when the agent does not answer, and let go when the agent hangs up', () => {
  const left = { contactId: 'c1', queueId: '@anna' } as const;
  const missed = exchange();
  missed.call('1001');
  const gone = { atMs: missed.nowMs, ...left, queuedAtMs: missed.nowMs, waitedMs: 60_000, reason: 'timeout' } as const;
  assert.deepEqual(causes(missed.take({ kind: 'contact.dequeued', ...gone })), ['busy']);
  const talked = exchange();
  talked.call('1001');
  const done = { atMs: talked.nowMs, ...left, offerId: 'o1', agentId: 'anna', talkMs: 1, endedBy: 'agent' } as const;
  assert.deepEqual(causes(talked.take({ kind: 'contact.handled', ...done })), ['normal']);
  const refused = exchange();
  refused.call('1001');
  assert.deepEqual(causes(refused.overflow({ to: 'voicemail' })), ['busy']);
});

test('after a restart the caller still waits for the same agent', () => {
  const caller = exchange();
  caller.call('1001');
  assert.deepEqual(JSON.parse(JSON.stringify(caller.session)), caller.session);
  assert.equal(queued(caller.events).queueId, '@anna');
  assert.deepEqual(caller.restart(), [], 'and is not queued a second time');
  assert.deepEqual([caller.session.stepId, caller.session.awaits], ['ring', 'queue']);
});

test('numbers of the site win over extensions, but the star alone stands for what is left', () => {
  for (const [numbers, flowId] of [
    ['\n  "1001": main', 'main'],
    ['\n  "10*": main', 'main'],
    ['\n  "*": main', DIRECT_FLOW],
  ] as const) {
    const caller = exchange(numbers);
    caller.call('1001');
    assert.equal(caller.session.flowId, flowId, numbers);
  }
  const rest = exchange('\n  "*": main');
  rest.call('4711');
  assert.equal(rest.session.flowId, 'main');
  assert.deepEqual(causes(exchange().call('1009')), ['unallocated']);
});

test('of ten thousand agents each is found by the extension, and no flow is made for any of them', () => {
  const caller = exchange();
  const { site, flows } = caller.state.sets.get('v1')!;
  const anna = site.agents['anna']!;
  const agents = Array.from({ length: 10_000 }, (_, at): [string, Agent] => {
    const id = `a${at}`;
    return [id, { ...anna, id, extension: String(20_000 + at) }];
  });
  const large = { ...site, agents: Object.fromEntries(agents) };
  for (const at of [0, 4711, 9999]) {
    assert.deepEqual(beginningFor(large, String(20_000 + at), 'voice'), {
      flowId: DIRECT_FLOW,
      set: { agent: `a${at}` },
    });
  }
  assert.equal(beginningFor(large, '30000', 'voice'), undefined);
  assert.equal(Object.keys(flows).filter((id) => id === DIRECT_FLOW).length, 1);
});
