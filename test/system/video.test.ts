import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Exchange } from './exchange.ts';
import { VideoPhone } from './sip/video-phone.ts';
import { until } from './until.ts';

// Customers with and without a camera call by a trunk and wait in a queue. Anna has a camera at her phone, ben has none.

/** The trunk's side, by whose address its calls are known. */
const FAR = '127.0.0.2';
/** A second of pictures. */
const PICTURES = 30;

const FILES = {
  'site.yaml': `site: Pictures
numbers: { "100": cameras, "200": voices }
queues: { cameras: { answer_within: 8s }, voices: { answer_within: 8s } }
agents:
  anna: { extension: "1001", queues: [cameras], phone: { video: true } }
  ben: { extension: "1002", queues: [voices] }
trunks: { network: { host: ${FAR}, video: true } }
`,
  'cameras.yaml': 'steps: { wait: { type: queue, queue: cameras } }\n',
  'voices.yaml': 'steps: { wait: { type: queue, queue: voices } }\n',
};

let exchange: Exchange;
let anna: VideoPhone;
let ben: VideoPhone;
const phones: VideoPhone[] = [];
before(async () => {
  exchange = await Exchange.start('flows', { files: FILES });
  [anna, ben] = await Promise.all([agent('anna'), agent('ben')]);
});
after(async () => {
  for (const phone of phones) phone.close();
  await exchange?.stop();
});

async function phone(user: string, host: string, camera = true): Promise<VideoPhone> {
  const to = { host: '127.0.0.1', port: exchange.slot.sip };
  const opened = await VideoPhone.open({ user, host, camera, exchange: to });
  phones.push(opened);
  return opened;
}

async function agent(id: string): Promise<VideoPhone> {
  const opened = await phone(id, '127.0.0.1');
  await opened.register(await exchange.secrets.phonePassword(id));
  await until(`${id} is logged in`, async () => (await exchange.post(`/v1/agents/${id}/login`)).status === 200);
  return opened;
}

async function contacts(): Promise<{ stage: string }[]> {
  return ((await exchange.get('/v1/contacts')).body as { contacts: { stage: string }[] }).contacts;
}

/** Waits until so many contacts are there, all of them in a talk. */
async function talking(count: number): Promise<void> {
  const done = async () => {
    const all = await contacts();
    return all.length === count && all.every(({ stage }) => stage === 'talking');
  };
  await until(`${count} talk`, done, { seen: contacts });
}

test('a customer with a camera and an agent with one see each other, and the phone is asked once', async () => {
  const customer = await phone('4930111', FAR);
  await Promise.all([customer.call('100'), anna.answer()]);
  await talking(1);
  await Promise.all([customer.show(PICTURES, 'customer'), anna.show(PICTURES, 'agent')]);
  assert.ok(anna.seen('customer') > PICTURES / 2, `the agent saw ${anna.seen('customer')} pictures`);
  assert.ok(customer.seen('agent') > PICTURES / 2, `the customer saw ${customer.seen('agent')} pictures`);
  assert.equal(anna.offers.length, 1);
  assert.match(anna.offers[0]!, /^m=audio [1-9].*^m=video [1-9].*^a=rtpmap:\d+ H264/ms);
  await customer.hangUp();
  await talking(0);
});

test('a customer without a camera is no reason to offer pictures', async () => {
  const customer = await phone('4930222', FAR, false);
  await Promise.all([customer.call('100'), anna.answer()]);
  await talking(1);
  assert.equal(anna.offers.length, 2);
  assert.doesNotMatch(anna.offers[1]!, /^m=video/m);
  await customer.hangUp();
  await talking(0);
});

test('a phone that may have no pictures is offered none, and the customer with a camera is heard all the same', async () => {
  const customer = await phone('4930333', FAR);
  await Promise.all([customer.call('200'), ben.answer()]);
  await talking(1);
  const before = ben.heard;
  await customer.show(PICTURES, 'customer');
  assert.ok(ben.heard - before > PICTURES / 2, `ben heard ${ben.heard - before} packets`);
  assert.equal(ben.seen('customer'), 0);
  for (const offer of ben.offers) assert.doesNotMatch(offer, /^m=video [1-9]/m);
  await customer.hangUp();
  await talking(0);
});

test('a controller that was killed while the customer waits still knows of the camera', async () => {
  await exchange.post('/v1/agents/anna/logout');
  const customer = await phone('4930444', FAR);
  const called = customer.call('100');
  await until('the customer waits', async () => (await contacts()).some(({ stage }) => stage === 'waiting'));
  await exchange.killController();
  await exchange.startController();
  anna.offers.length = 0;
  await until('anna is logged in', async () => (await exchange.post('/v1/agents/anna/login')).status === 200);
  await Promise.all([called, anna.answer()]);
  await talking(1);
  assert.equal(anna.offers.length, 1);
  assert.match(anna.offers[0]!, /^m=video [1-9]/m);
});
