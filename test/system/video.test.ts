import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Exchange } from './exchange.ts';
import { VideoPhone } from './sip/video-phone.ts';
import type { Slot } from './slot.ts';
import { until } from './until.ts';

// A customer with a camera calls by a trunk and waits in a queue; the agent has a camera, too. Pictures go both ways.

const FAR = '127.0.0.2';
const PICTURES = 30;

let exchange: Exchange;
let customer: VideoPhone;
let agent: VideoPhone;
before(async () => {
  exchange = await Exchange.start('flows', { files: site });
  const { slot, secrets } = exchange;
  const to = { host: '127.0.0.1', port: slot.sip };
  customer = await VideoPhone.open({ user: '4930111', host: FAR, port: slot.carrier.sip, exchange: to });
  agent = await VideoPhone.open({ user: 'anna', host: '127.0.0.1', exchange: to });
  await agent.register(await secrets.phonePassword('anna'));
});
after(async () => {
  customer?.close();
  agent?.close();
  await exchange?.stop();
});

const site = ({ carrier }: Slot) => ({
  'site.yaml': `site: Pictures
numbers: { "100": counter }
queues: { counter: { answer_within: 8s } }
agents:
  anna: { extension: "1001", queues: [counter], phone: { codecs: [ulaw], video: true } }
trunks: { cameras: { host: ${FAR}, port: ${carrier.sip}, codecs: [ulaw], video: true } }
`,
  'counter.yaml': 'steps: { wait: { type: queue, queue: counter } }\n',
});

test('a caller with a camera and an agent with one see each other', async () => {
  await until('the agent can log in', async () => (await exchange.post('/v1/agents/anna/login')).status === 200);
  await Promise.all([customer.call('100'), agent.answer()]);
  if (process.env.DBG) { console.log(customer.sdp); console.log(agent.offers.join('\n=====\n')); }
  await until('they talk', async () => {
    const { contacts } = (await exchange.get('/v1/contacts')).body as { contacts: { stage: string }[] };
    return contacts[0]?.stage === 'talking';
  });
  await Promise.all([customer.show(PICTURES, 'customer'), agent.show(PICTURES, 'agent')]);
  if (process.env.DBG) { console.log(agent.seen('customer'), customer.seen('agent')); console.log(agent.offers.join('\n=====\n'), customer.offers.join('\n====\n')); console.log(exchange.asteriskLog()); }
  assert.ok(agent.seen('customer') > PICTURES / 2, `the agent saw ${agent.seen('customer')} pictures`);
  assert.ok(customer.seen('agent') > PICTURES / 2, `the customer saw ${customer.seen('agent')} pictures`);
});
