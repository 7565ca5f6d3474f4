import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { selfSigned } from '../../src/supervisor/self-signed.ts';
import { type Carrier, startCarrier } from './carrier.ts';
import { Scene } from './scene.ts';
import { RawSip } from './sip/raw-sip.ts';
import { until } from './until.ts';

// The exchange has trunks to a carrier, which is another Asterisk: by registration over UDP, and over TLS with SRTP. One
// more leads nowhere, and of another the password is missing.

const pair = selfSigned(['localhost', '127.0.0.1'], Date.now());
const certificate = { ...pair, authorities: pair.certificate };

let scene: Scene;
let carrier: Carrier;
before(async () => {
  scene = await Scene.open({ certificate });
  const accounts = [
    { id: 'account', password: 'open sesame' },
    { id: 'secret', password: 'shut sesame', srtp: true },
  ];
  carrier = await startCarrier(scene.exchange, accounts, certificate);
  writeFileSync(join(scene.exchange.flowsDir, 'outside.yaml'), 'steps:\n  call: { type: dial, to: "+49600" }\n');
  writeFileSync(site(), withOutgoing(readFileSync(site(), 'utf8')).replace('[dead, carrier]', '[]'));
  const secrets = join(scene.exchange.dir, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  writeFileSync(join(secrets, 'trunk_carrier'), 'open sesame\n', { mode: 0o600 });
  writeFileSync(join(secrets, 'trunk_secure'), 'shut sesame\n', { mode: 0o600 });
  writeFileSync(join(secrets, 'trunk_wrong'), 'wrong\n', { mode: 0o600 });
});
after(async () => {
  await carrier?.stop();
  await scene?.closeUndisturbed();
});

/** The site with a number that leads outside: by a trunk that leads nowhere first, then by the carrier. */
function withOutgoing(text: string): string {
  const outgoing = `outgoing:
  caller_id: "+4930999"
  rules: [{ prefix: "+49", trunks: [dead, carrier], strip: 3 }]
`;
  return `${text.replace('  "100": menu', '  "100": menu\n  "700": outside')}${outgoing}`;
}

type TrunkView = { id: string; state: string; reason: string | null };
async function trunks(): Promise<Record<string, string>> {
  const { body } = await scene.exchange.get('/v1/trunks');
  const views = (body as { trunks: TrunkView[] }).trunks;
  return Object.fromEntries(views.map(({ id, state, reason }) => [id, reason ?? state]));
}

const site = (): string => join(scene.exchange.flowsDir, 'site.yaml');

/** Changes one thing in the site and waits until that is in service. */
async function change(from: string, to: string): Promise<void> {
  const version = async () => ((await scene.exchange.get('/v1/flows')).body as { version: string }).version;
  const before = await version();
  writeFileSync(site(), readFileSync(site(), 'utf8').replace(from, to));
  await until('the change is in service', async () => (await version()) !== before || undefined);
}

/** Puts these lines below `trunks:` of the site and waits until the trunks are as is said. */
async function trunksBecome(lines: readonly string[], states: Readonly<Record<string, string>>): Promise<void> {
  const plain = readFileSync(site(), 'utf8').replace(/\ntrunks:\n(?: {2}.*\n)*/, '\n');
  writeFileSync(site(), `${plain.trimEnd()}\n${lines.length === 0 ? '' : `trunks:\n  ${lines.join('\n  ')}\n`}`);
  await until(
    `the trunks are ${JSON.stringify(states)}`,
    async () => {
      const now = await trunks();
      return JSON.stringify(now) === JSON.stringify(states) || undefined;
    },
    { withinMs: 15_000, seen: trunks },
  );
}

const carrierTrunk = () => `carrier: { host: 127.0.0.1, port: ${carrier.sipPort}, username: account, calls_max: 1 }`;

test('trunks register over UDP and over TLS, and each that cannot be used says why', async () => {
  await trunksBecome(
    [
      carrierTrunk(),
      `secure: { host: 127.0.0.1, port: ${carrier.tlsPort}, transport: tls, srtp: required, username: secret }`,
      'dead: { host: 127.0.0.1, port: 9, transport: tcp }',
      `wrong: { host: 127.0.0.1, port: ${carrier.sipPort}, username: secret }`,
      `nameless: { host: 127.0.0.1, port: ${carrier.sipPort}, username: nobody }`,
    ],
    { carrier: 'up', secure: 'up', dead: 'unreachable', wrong: 'rejected', nameless: 'password_missing' },
  );
  const { body } = await scene.exchange.get('/v1/flows');
  const { problems } = body as { problems: { code: string; message: string }[] };
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['trunk.password_missing'],
  );
  assert.match(problems[0]!.message, /secrets\/trunk_nameless .*STROWGER_SECRET_TRUNK_NAMELESS/);
});

test('a call of the carrier comes by the registration, is heard, and one more than the contract allows is refused', async () => {
  await scene.staff('anna');
  await carrier.call('200', { account: 'account', from: '+4930111' });
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  const { id } = await scene.stageIs('+4930111', 'talking');
  const channels = (await scene.exchange.ari('channels')) as { id: string; name: string }[];
  assert.match(channels.find((one) => one.id === id)!.name, /^PJSIP\/trunk-carrier-/);
  await carrier.call('200', { account: 'account', from: '+4930222' });
  await until(
    'the second call is refused',
    async () => scene.exchange.asteriskLog().includes('trunk-carrier has more than 1 calls at once') || undefined,
  );
  assert.equal(
    (await scene.contacts()).some(({ from }) => from === '+4930222'),
    false,
  );
  await ring.hears(1000);
  await ring.hangUp();
});

test('short texts come from phones and go to them', async () => {
  const { slot } = scene.exchange;
  const neighbour = await RawSip.open('127.0.0.1', { host: '127.0.0.1', port: slot.sip });
  const headers = ['Content-Type: text/plain'];
  const text = 'Back in 5, "Anna"; ${EXTEN}\r\nund später mehr';
  const message = neighbour.request('MESSAGE', 'sales', { from: '4711', headers, body: text });
  assert.match(await neighbour.ask(message), /^SIP\/2\.0 202/);
  neighbour.close();
  const received = await until('the text is in the journal', async () => {
    const rows = await scene.exchange.sql("SELECT data FROM journal WHERE kind = 'text.received'");
    return rows[0] as { data: Record<string, unknown> } | undefined;
  });
  const { from, to, text: told } = received.data;
  assert.deepEqual([from, to, told], ['4711', 'sales', text]);
  const sent = await scene.exchange.post('/v1/sip-messages', { agent: 'anna', text: 'The meeting begins.' });
  assert.deepEqual(sent, { status: 200, body: { agent: 'anna', text: 'The meeting begins.' } });
  assert.equal((await scene.exchange.post('/v1/sip-messages', { agent: 'nobody', text: 'x' })).status, 404);
});

test('sound over TLS goes as SRTP, and the trunk that demands it carries no other', async () => {
  await carrier.call('300', { account: 'secret', from: '+4930333' });
  const { id } = await scene.contactOf('+4930333');
  const answer = await scene.exchange.ari(`channels/${id}/variable?variable=CHANNEL(rtp,secure,audio)`);
  assert.deepEqual(answer, { value: '1' });
  await scene.exchange.ari(`channels/${id}`, 'DELETE');
});

test('a call out goes by the trunk that lives when the first one of its rule is dead, and is heard', async () => {
  await change('trunks: []', 'trunks: [dead, carrier]');
  const { line } = await scene.call('700');
  await line.hears(1000);
  await line.hangUp();
  await change('trunks: [dead, carrier]', 'trunks: []');
});

test('a trunk that is changed registers anew, and one that leaves the site is gone from Asterisk', async () => {
  await trunksBecome([carrierTrunk().replace('calls_max', 'codecs: alaw, calls_max')], { carrier: 'up' });
  await until('Asterisk knows no other', async () => {
    const endpoints = (await scene.exchange.ari('endpoints/PJSIP')) as { resource: string }[];
    const known = endpoints.map(({ resource }) => resource).filter((name) => name.startsWith('trunk-'));
    return known.join() === 'trunk-carrier' || undefined;
  });
  await scene.exchange.killController();
  await scene.exchange.startController();
  await until('the trunk is up', async () => (await trunks())['carrier'] === 'up' || undefined, { seen: trunks });
  rmSync(join(scene.exchange.dir, 'secrets', 'trunk_carrier'));
  await trunksBecome([carrierTrunk()], { carrier: 'password_missing' });
  await trunksBecome([], {});
});
