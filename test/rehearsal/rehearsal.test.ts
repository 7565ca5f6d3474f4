import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingOf } from '../../src/rehearsal/ending.ts';
import { arrived, flows, heard, way } from './folder.ts';

const MENU = `
steps:
  hello: { type: play, prompt: Welcome. }
  choose:
    type: menu
    prompt: Sales or support?
    no_input_prompt: Nothing came.
    attempts: 2
    timeout: 5s
    options:
      "1": { next: sales, label: Sales, say: [sales] }
      "2": account
    on: { no_input: end, no_match: end }
  sales: { type: queue, queue: sales, max_wait: 10m, on: { handled: thanks, timeout: end } }
  account: { type: gather, prompt: Your number, into: account, min: 4, max: 4, on: { no_input: end, no_match: end } }
  read-back: { type: play, prompt: [You typed, { digits: "\${{ vars.account }}" }], next: end }
  thanks: { type: play, prompt: Thank you., next: end }
  end: { type: hangup }
`;

test('a polite caller hears every prompt to its end, and the clock goes on as long as that takes', () => {
  const rehearsal = arrived(flows(MENU), { time: '2026-12-01T10:00:00' });
  const cameMs = rehearsal.nowMs;
  assert.equal(new Date(cameMs).toISOString(), '2026-12-01T09:00:00.000Z', 'by the clock of the site');
  rehearsal.listen();
  assert.deepEqual(heard(rehearsal), ['Welcome.', 'Sales or support?']);
  assert.equal(rehearsal.nowMs - cameMs, 60 * 'Welcome.Sales or support?'.length + 2);
  assert.equal(endingOf(rehearsal), 'step choose');
});

test('keys, speech and hang-up lead through the flow as in a call', () => {
  const set = flows(MENU);
  const typing = arrived(set);
  typing.listen();
  typing.press('2');
  typing.listen();
  typing.press('4711');
  typing.listen();
  assert.deepEqual(heard(typing).at(-1), 'You typed <4711>');
  assert.deepEqual(
    [way(typing).join(' '), endingOf(typing), typing.over],
    ['hello choose account read-back end', 'hung up', true],
  );
  assert.deepEqual(typing.vars.open, { account: '4711' });
  const speaking = arrived(set);
  speaking.listen();
  speaking.say('to sales, please', 0.9);
  assert.equal(endingOf(speaking), 'queue sales');
  speaking.hangUp();
  assert.deepEqual([endingOf(speaking), speaking.over], ['customer left', true]);
  const again = speaking.press('1');
  assert.ok(!again.ok && again.failure.code === 'rehearsal.over');
});

test('a key before the end of a prompt stops it, and one that comes while a play step speaks is passed over', () => {
  const set = flows(MENU);
  const early = arrived(set);
  early.press('1');
  early.listen();
  assert.equal(endingOf(early), 'step choose');
  const between = arrived(set);
  assert.ok(between.listenUntil(() => heard(between).includes('Sales or support?')));
  const beganMs = between.nowMs;
  between.press('1');
  assert.deepEqual([endingOf(between), between.nowMs], ['queue sales', beganMs]);
});

test('silence lasts until the flow reacts to it, and never is waited for where nothing would come of it', () => {
  const rehearsal = arrived(flows(MENU));
  rehearsal.listen();
  const beganMs = rehearsal.nowMs;
  assert.ok(rehearsal.passUntilTimeOut().ok);
  assert.equal(rehearsal.nowMs - beganMs, 5000);
  rehearsal.listen();
  assert.equal(heard(rehearsal).at(-1), 'Nothing came. Sales or support?');
  rehearsal.press('1');
  const forEver = rehearsal.passUntilTimeOut();
  assert.ok(!forEver.ok && forEver.failure.code === 'rehearsal.waits_for_nothing');
});

test('waiting is done in the real queue: who is free rings, answers, ends; and a wait that is too long is over', () => {
  const set = flows(MENU);
  const rehearsal = arrived(set, { agents: ['anna'] });
  rehearsal.listen();
  rehearsal.press('1');
  const ben = rehearsal.agent('ben', 'answer');
  assert.ok(!ben.ok && ben.failure.code === 'rehearsal.not_offered');
  const early = rehearsal.agent('anna', 'end');
  assert.ok(!early.ok && early.failure.code === 'rehearsal.not_talking');
  assert.ok(rehearsal.agent('anna', 'answer').ok);
  assert.equal(endingOf(rehearsal), 'agent anna');
  rehearsal.pass(60_000);
  assert.ok(rehearsal.agent('anna', 'end').ok);
  rehearsal.listen();
  assert.deepEqual(way(rehearsal).slice(-3), ['sales', 'thanks', 'end']);
  const nobody = arrived(set);
  nobody.listen();
  nobody.press('1');
  nobody.pass(599_000);
  assert.equal(endingOf(nobody), 'queue sales');
  nobody.pass(1_000);
  assert.equal(endingOf(nobody), 'hung up');
});

test('an agent who refuses is passed over, and one who logs in late gets who waits', () => {
  const rehearsal = arrived(flows(MENU), { agents: ['anna'] });
  rehearsal.listen();
  rehearsal.press('1');
  assert.ok(rehearsal.agent('anna', 'reject').ok);
  assert.ok(rehearsal.logIn('ben').ok);
  assert.ok(rehearsal.agent('ben', 'answer').ok);
  assert.equal(endingOf(rehearsal), 'agent ben');
  const nobody = rehearsal.logIn('nobody');
  assert.ok(!nobody.ok && nobody.failure.code === 'rehearsal.agent_unknown');
});

test('in a chat the same flow shows choices, takes replies and clicks, and is over at once with its words', () => {
  const set = flows(MENU);
  const rehearsal = arrived(set, { channel: 'chat', from: 'Ann', agents: ['anna'] });
  rehearsal.listen();
  assert.deepEqual(heard(rehearsal), ['Welcome.', 'Sales or support?\n1) Sales\n2) 2']);
  assert.equal(rehearsal.session?.from, 'Ann');
  assert.ok(rehearsal.reply('sales').ok);
  assert.ok(rehearsal.agent('anna', 'answer').ok);
  assert.ok(rehearsal.agent('anna', 'end').ok);
  rehearsal.listen();
  assert.deepEqual([heard(rehearsal).at(-1), endingOf(rehearsal)], ['Thank you.', 'hung up']);
  const clicking = arrived(set, { channel: 'chat' });
  clicking.press('1');
  assert.equal(endingOf(clicking), 'queue sales');
  const call = arrived(set).reply('sales');
  assert.ok(!call.ok && call.failure.code === 'rehearsal.cannot_write');
});

const SHOP = `
constants: { host: api.example.com }
steps:
  pin:
    type: gather
    prompt: Your PIN
    into: pin
    min: 4
    max: 4
    sensitive: true
    on: { no_input: end, no_match: end }
  fetch:
    type: http
    url: https://api.example.com/orders/1
    query: { from: "\${{ contact.from }}" }
    json: { pin: "\${{ vars.pin }}" }
    method: POST
    timeout: 8s
    save: { state: "\${{ result.body.state }}" }
    on: { ok: told, status_404: unknown, timeout: slow, error: broken }
  told: { type: play, prompt: "It is \${{ vars.state }}.", next: end }
  unknown: { type: play, prompt: There is no such order., next: end }
  slow: { type: play, prompt: That takes too long., next: end }
  broken: { type: play, prompt: Something broke., next: end }
  end: { type: hangup }
`;

test('another system answers as is given: by step, by flow and step, by address, one after the other, in time', () => {
  const set = flows(SHOP);
  const told = (http: NonNullable<Parameters<typeof arrived>[1]>['http']): string | undefined => {
    const rehearsal = arrived(set, { http });
    rehearsal.press('1234');
    rehearsal.listen();
    return heard(rehearsal)[1];
  };
  const fine = { status: 200, headers: {}, body: { state: 'shipped' } };
  assert.equal(told({ fetch: [fine] }), 'It is shipped.');
  assert.equal(told({ 'main/fetch': [fine], fetch: [{ failed: 'web.network' }] }), 'It is shipped.');
  const longest = { 'https://api.example.com/': [fine], 'https://api.example.com/orders': [{ ...fine, status: 404 }] };
  assert.equal(told(longest), 'There is no such order.');
  assert.equal(told({ fetch: [{ failed: 'web.network' }] }), 'Something broke.');
  const twice = flows(
    SHOP.replace('status_404: unknown', 'status_404: fetch, invalid: unknown').replace('timeout: 8s', 'max_visits: 5'),
  );
  const asking = arrived(twice, { http: { fetch: [{ ...fine, status: 404 }, fine] } });
  asking.press('1234');
  asking.listen();
  assert.deepEqual([heard(asking)[1], asking.asked.length], ['It is shipped.', 2]);
  const slow = arrived(set, { http: { fetch: [{ failed: 'web.timeout' }] } });
  slow.press('1234');
  const askedMs = slow.nowMs;
  slow.listenUntil(() => heard(slow).length > 1);
  assert.deepEqual([heard(slow).at(-1), slow.nowMs - askedMs], ['That takes too long.', 8000]);
});

test('a request that nobody answers stays open until somebody says what comes of it', () => {
  const rehearsal = arrived(flows(SHOP));
  rehearsal.press('1234');
  rehearsal.listen();
  assert.deepEqual(
    rehearsal.unanswered.map(({ event }) => event.stepId),
    ['fetch'],
  );
  const wrong = rehearsal.answerWeb('told', { failed: 'web.network' });
  assert.ok(!wrong.ok && wrong.failure.code === 'rehearsal.no_request');
  assert.ok(rehearsal.answerWeb('fetch', { status: 200, headers: {}, body: { state: 'lost' } }).ok);
  assert.deepEqual([heard(rehearsal).at(-1), rehearsal.unanswered.length], ['It is lost.', 0]);
});

test('sensitive input stands in no line of the trace, and goes out in the body of a request all the same', () => {
  const rehearsal = arrived(flows(SHOP), { http: { fetch: [{ status: 404, headers: {}, body: null }] } });
  rehearsal.press('8642');
  rehearsal.listen();
  assert.doesNotMatch(JSON.stringify(rehearsal.trace.lines), /8642|"[8642]"/);
  assert.deepEqual(
    rehearsal.trace.lines.find(({ what }) => what === 'left'),
    {
      atMs: rehearsal.trace.lines[0]!.atMs,
      what: 'left',
      flow: 'main',
      step: 'pin',
      outcome: 'ok',
      set: {},
      concealed: ['pin'],
    },
  );
  assert.deepEqual(rehearsal.asked[0]?.request?.body, { json: { pin: '8642' } });
  assert.deepEqual(rehearsal.vars, { open: { state: null }, secret: { pin: '8642' } });
});

const WORLD = `
params: { tries: { default: 3 } }
steps:
  open: { type: schedule, calendar: office, on: { open: queue, closed: closed } }
  queue:
    type: queue_status
    queue: sales
    cases: [{ id: long, when: queue.waiting > 5, next: long }]
    default: short
  long: { type: play, prompt: "\${{ vars.tries }} tries, \${{ given.name }}", next: inner }
  short: { type: play, prompt: { by_language: { en: Soon, de: Bald } }, next: inner }
  closed: { type: play, prompt: Closed, next: inner }
  inner: { type: call_flow, flow: inner, next: end }
  end: { type: hangup }
`;
const INNER =
  'steps:\n  in: { type: wait, duration: 20s }\n  out: { type: wait, duration: 2m }\n  back: { type: return }\n';

test('the world is as is given: time, calendars, queues, language, fields of the customer and variables', () => {
  const set = flows(WORLD, { 'inner.yaml': INNER });
  const first = (given: Parameters<typeof arrived>[1]): string | undefined => {
    const rehearsal = arrived(set, given);
    rehearsal.listen();
    return heard(rehearsal)[0];
  };
  assert.equal(first({ time: '2026-12-01T10:00:00' }), 'Soon');
  assert.equal(first({ time: '2026-12-01T10:00:00', language: 'de' }), 'Bald');
  assert.equal(first({ time: '2026-12-01T17:30:00' }), 'Closed');
  assert.equal(first({ time: '2026-12-01T16:30:00Z' }), 'Closed', 'a zone that is written counts');
  assert.equal(first({ time: '2026-12-25T10:00:00' }), 'Closed');
  assert.equal(first({ time: '2026-12-25T10:00:00', calendars: { office: 'open' } }), 'Soon');
  const busy = { queues: { sales: { waiting: 7 } }, given: { name: 'Ann' }, vars: { tries: 4 } };
  assert.equal(first({ time: '2026-12-01T10:00:00', ...busy }), '4 tries, Ann');
});

test('steps of inner flows are told with their flow, and a short pause of the flow is lived through, a long one is not', () => {
  const rehearsal = arrived(flows(WORLD, { 'inner.yaml': INNER }));
  rehearsal.listen();
  assert.deepEqual(rehearsal.trace.path.slice(-3), [
    { flow: 'main', step: 'inner' },
    { flow: 'inner', step: 'in' },
    { flow: 'inner', step: 'out' },
  ]);
  assert.equal(endingOf(rehearsal), 'step out');
  rehearsal.pass(120_000);
  assert.deepEqual(rehearsal.trace.path.at(-1), { flow: 'main', step: 'end' });
  assert.equal(rehearsal.trace.outcomes.find(({ step }) => step === 'back')?.flow, 'inner');
});

test('whatever number is dialled the contact begins in the flow, which sees that number', () => {
  const set = flows('steps:\n  a: { type: play, prompt: "${{ contact.to }}" }\n');
  assert.deepEqual(heard(arrived(set, { to: '1001' })), ['1001']);
  assert.deepEqual(heard(arrived(set)), ['100']);
});

test('a flow that fails says by which code', () => {
  const set = flows('limits: { max_steps: 1 }\nsteps:\n  a: { type: set, vars: { x: 1 } }\n  b: { type: hangup }\n');
  assert.equal(endingOf(arrived(set)), 'failed flow.too_many_steps');
});

test('who waits hears announcements in time, with the place and the wait that are given', () => {
  const set = flows(`
steps:
  sales:
    type: queue
    queue: sales
    announcements: { first_after: 30s, position: true, estimated_wait: true }
    on: { handled: end, timeout: end }
  end: { type: hangup }
`);
  const rehearsal = arrived(set, { queues: { sales: { waiting: 7, estimatedWaitMs: 120_000 } } });
  rehearsal.listen();
  assert.deepEqual(heard(rehearsal), ['[music default]']);
  rehearsal.pass(30_000);
  const told = 'You are number 8 in the queue. The estimated waiting time in minutes: 2.';
  assert.deepEqual(heard(rehearsal).slice(0, 2), ['[music default]', told]);
  rehearsal.listen();
  assert.ok(rehearsal.passUntilTimeOut().ok, 'silence lasts until the next announcement');
  assert.equal(heard(rehearsal).filter((text) => text === told).length, 2);
});

test('when the customer leaves, the flow goes on where it says so, and the end is that the customer left', () => {
  const set = flows(`
on_hangup: after
steps:
  hello: { type: play, prompt: Welcome., next: end }
  end: { type: hangup }
  after: { type: emit, name: left, next: end }
`);
  const rehearsal = arrived(set);
  assert.ok(rehearsal.hangUp().ok);
  assert.deepEqual(
    [way(rehearsal), endingOf(rehearsal), rehearsal.over],
    [['hello', 'after', 'end'], 'customer left', true],
  );
});
