import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { asteriskDirs } from '../../src/supervisor/asterisk-config.ts';
import { openConsole } from '../far-end/console.ts';
import { hasTone } from '../far-end/heard-tone.ts';
import type { Ring } from '../far-end/line.ts';
import { Scene } from './scene.ts';
import type { Slot } from './slot.ts';
import { until } from './until.ts';

// Callers who leave the queue are called back, over a trunk that leads to the far end: by the agent first, by the customer
// first, again when nobody answered, and over a kill -9 of the controller.

const files = ({ farSip }: Slot) => ({
  'site.yaml': `
numbers: { "200": sales }
queues:
  sales: { answer_within: 8s, rest: 1s }
direct_queue: { answer_within: 8s, rest: 1s }
agents:
  anna: { extension: "1001", queues: [sales] }
trunks: { out: { host: 127.0.0.1, port: ${farSip}, from: [127.0.0.2] } }
outgoing: { caller_id: "+49211555", rules: [{ prefix: "+", trunks: [out] }] }
`,
  'sales.yaml': `
steps:
  wait: { type: queue, queue: sales, exit_keys: { "1": back }, next: end }
  back:
    type: callback
    queue: sales
    offer: false
    confirm_number: false
    prompts: { accepted: { file: tone } }
    on: { accepted: end, error: end }
    next: wait
  end: { type: hangup }
`,
  'message.yaml': `
steps:
  say: { type: play, prompt: [{ file: tone }, { file: tone }], next: end }
  end: { type: hangup }
`,
  'welcome.yaml': `
steps:
  hello: { type: menu, prompt: { file: tone }, options: { "1": talk }, on: { no_input: end, no_match: end } }
  talk: { type: queue, queue: sales, next: end }
  end: { type: hangup }
`,
});

type Order = {
  id: string;
  stage: string;
  reason?: string;
  number: string;
  virtualStartMs: number;
  attempts: { result: string }[];
};

let scene: Scene;
before(async () => {
  scene = await Scene.open({ files, agents: ['anna'] });
  await trunkIsUp();
});
after(() => scene?.close());

/** The far end came up after the exchange, whose next look at the trunk would be in a quarter of a minute. */
async function trunkIsUp(): Promise<void> {
  const ask = openConsole(join(asteriskDirs(join(scene.exchange.dir, 'asterisk')).run, 'asterisk.ctl'));
  const contacts = () => ask('pjsip show contacts');
  await until(
    'the trunk is up',
    async () => {
      const seen = await contacts();
      // Not while a look is under way: what comes of it would be told last.
      if (/trunk-out.* Unavail /.test(seen)) await ask('pjsip qualify trunk-out');
      return /trunk-out.* Avail /.test(seen) || undefined;
    },
    { seen: contacts, everyMs: 250 },
  );
}

async function orderIs(id: string, stage: string): Promise<Order> {
  const path = `/v1/callbacks/${encodeURIComponent(id)}`;
  const ask = async () => (await scene.exchange.get(path)).body as Order;
  return until(
    `the order is ${stage}`,
    async () => {
      const order = await ask();
      return order.stage === stage ? order : undefined;
    },
    { seen: ask },
  );
}

async function post(path: string, body: object): Promise<Order> {
  const answer = await scene.exchange.post(path, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as Order;
}

async function bothHearEachOther(agent: Ring, customer: Ring): Promise<void> {
  await agent.playTone(1900);
  await customer.playTone(1000);
  await Promise.all([agent.hears(1000), customer.hears(1900)]);
}

test('a caller leaves the queue by a key, is called in vain, and then again over a kill of the controller', async () => {
  const { line, from } = await scene.call('200');
  const { id } = await scene.stageIs(from, 'waiting');
  await line.answered();
  await line.press('1');
  await line.ended();
  const order = await until('the callback is there', async () => {
    const { orders } = (await scene.exchange.get('/v1/callbacks')).body as { orders: Order[] };
    return orders[0];
  });
  const story = await scene.story(id);
  const queued = story.timeline.find(({ what }) => what === 'contact.queued');
  assert.deepEqual([order.stage, order.number, order.virtualStartMs], ['queued', from, queued?.atMs]);

  await scene.staff('anna');
  const first = await scene.phone('anna').nextRing();
  await first.answer();
  const inVain = await scene.far.outside.nextRing();
  assert.equal(inVain.called.number.replace(/^\+?/, '+'), from);
  await inVain.reject('busy');
  await first.ended();
  const again = await orderIs(order.id, 'due');
  assert.deepEqual(
    again.attempts.map(({ result }) => result),
    ['busy'],
  );

  await scene.exchange.killController();
  await scene.exchange.startController();
  await scene.exchange.request('PATCH', `/v1/callbacks/${encodeURIComponent(order.id)}`, { dueAt: String(Date.now()) });
  const second = await scene.phone('anna').nextRing();
  await second.answer();
  const called = await scene.far.outside.nextRing();
  // Once more, while the customer's phone rings and the agent hears it.
  await scene.exchange.killController();
  await scene.exchange.startController();
  await called.answer();
  await bothHearEachOther(second, called);
  await second.hangUp();
  await called.ended();
  const done = await orderIs(order.id, 'closed');
  assert.deepEqual([done.reason, done.attempts.map(({ result }) => result)], ['done', ['busy', 'talked']]);
  await scene.quiet();
});

test('customer first: the agent is kept free, and rung when the customer has answered', async () => {
  const order = await post('/v1/callbacks', { number: '+49301234', queue: 'sales', mode: 'customer_first' });
  const customer = await scene.far.outside.nextRing();
  await customer.answer();
  const agent = await scene.phone('anna').nextRing();
  await agent.answer();
  await bothHearEachOther(agent, customer);
  await customer.hangUp();
  await agent.ended();
  const done = await orderIs(order.id, 'closed');
  assert.equal(done.reason, 'done');
  await scene.quiet();
});

test('customer first with a flow: the customer hears it and presses a key before the agent is rung', async () => {
  const about = { number: '+49304321', queue: 'sales', mode: 'customer_first', flow: 'welcome' };
  const order = await post('/v1/callbacks', about);
  const customer = await scene.far.outside.nextRing();
  await customer.answer();
  await customer.hears(1540);
  await scene.agentIs('anna', 'ready');
  // In the middle of the flow, which asks again.
  await scene.exchange.killController();
  // It is taken up before the controller answers requests.
  await Promise.all([scene.exchange.startController(), customer.hears(1540, { withinMs: 20_000 })]);
  await customer.press('1');
  const agent = await scene.phone('anna').nextRing();
  await agent.answer();
  await bothHearEachOther(agent, customer);
  await agent.hangUp();
  await customer.ended();
  const done = await orderIs(order.id, 'closed');
  assert.deepEqual([done.reason, done.attempts.map(({ result }) => result)], ['done', ['talked']]);
  await scene.quiet();
});

test('a machine that answers has a message after its greeting, without the agent, and is not called again', async () => {
  await scene.agentIs('anna', 'ready');
  const order = await post('/v1/callbacks', { number: '+49309999', queue: 'sales', onMachine: 'message' });
  const agent = await scene.phone('anna').nextRing();
  await agent.answer();
  const machine = await scene.far.outside.nextRing();
  await machine.answer();
  await machine.playTone(1000);
  await agent.ended();
  // It still talks, as long in all as a greeting of four seconds, and the controller is killed meanwhile.
  await scene.exchange.killController();
  await scene.exchange.startController();
  assert.ok(!hasTone(await machine.listen(2_000), 1540), 'nothing is said over the greeting');
  await machine.playSilence();
  await machine.hears(1540);
  await machine.ended();
  const done = await orderIs(order.id, 'closed');
  assert.deepEqual([done.reason, done.attempts.map(({ result }) => result)], ['done', ['machine_message']]);
  await scene.quiet();
});

test('a click calls the agent, who hears it ringing, and then the number', async () => {
  await scene.agentIs('anna', 'ready');
  const order = await post('/v1/click-to-call', { agentId: 'anna', number: '+49 30 5555' });
  const agent = await scene.phone('anna').nextRing();
  await agent.answer();
  const customer = await scene.far.outside.nextRing();
  assert.equal(customer.called.number.replace(/^\+?/, '+'), '+49305555');
  await customer.answer();
  await bothHearEachOther(agent, customer);
  await agent.hangUp();
  await customer.ended();
  await orderIs(order.id, 'closed');
  await scene.quiet();
});

test('a list from a file: the agent is shown a number, passes it over by a key, and calls the next one', async () => {
  await scene.agentIs('anna', 'ready');
  const list = {
    id: 'spring',
    name: 'Spring',
    queue: 'sales',
    mode: 'preview',
    rules: { skipped: { attempts: 1, retryMs: 0 } },
  };
  assert.equal((await scene.exchange.post('/v1/lists', list)).status, 200);
  const rows = { rows: [{ number: '+49301111' }, { number: '+49302222' }] };
  assert.deepEqual(((await scene.exchange.post('/v1/lists/spring/rows', rows)).body as { added: number }).added, 2);
  assert.equal((await scene.exchange.post('/v1/lists/spring/start')).status, 200);
  const shown = await scene.phone('anna').nextRing();
  await shown.answer();
  await scene.agentIs('anna', 'talking');
  await shown.press('2');
  await shown.ended();
  const next = await scene.phone('anna').nextRing();
  await next.answer();
  await scene.agentIs('anna', 'talking');
  await next.press('1');
  const customer = await scene.far.outside.nextRing();
  assert.equal(customer.called.number.replace(/^\+?/, '+'), '+49302222');
  await customer.answer();
  await bothHearEachOther(next, customer);
  await customer.hangUp();
  await next.ended();
  const done = async () =>
    (await scene.exchange.get('/v1/lists/spring/rows?state=done')).body as { rows: { lastResult: string }[] };
  const results = await until(
    'both rows are done',
    async () => {
      const found = (await done()).rows.map(({ lastResult }) => lastResult);
      return found.length === 2 ? found : undefined;
    },
    { seen: done },
  );
  assert.deepEqual(results, ['skipped', 'talked']);
  await scene.exchange.post('/v1/lists/spring/stop');
  await scene.quiet();
});
