import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { answerOf, ask, codeOf, far, names, web } from './web-fixture.ts';

const inside = await far();
const { port } = inside;

/** All say 127.0.0.1, or another address of this machine, to somebody. */
const SPELLINGS = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
  ],
  ...['0', '0.0.0.0', '0x0', '127.255.255.254', '[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]'],
  ...[
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
  ],
  'LOCALHOST',
  'localhost.',
];

test('no spelling of an address of this machine is reached', async () => {
  const room = web({ allow: () => [] });
  for (const host of SPELLINGS) {
    for (const scheme of ['http', 'https']) {
      assert.equal(codeOf(await room.send(ask(`${scheme}://${host}:${port}/`))), 'web.forbidden', host);
    }
  }
  assert.equal(inside.asked.length, 0);
});

test('the same addresses on the ports of the web are refused, too, and without a connection', async () => {
  const room = web({ allow: () => [], lookUp: names({ 'inside.example.com': [['10.0.0.1', 'fd00::1']] }) });
  const hosts = ['169.254.169.254', '10.0.0.1', '192.168.1.1', '100.64.0.1', '[fd00::1]', '[fe80::1]', '224.0.0.1'];
  for (const host of [...hosts, '255.255.255.255', '203.0.113.1', 'inside.example.com']) {
    for (const [scheme, webPort] of [
      ['http', ''],
      ['https', ''],
      ['http', ':8080'],
      ['https', ':8443'],
    ]) {
      assert.equal(codeOf(await room.send(ask(`${scheme}://${host}${webPort}/`))), 'web.forbidden', host);
    }
  }
});

test('an address with a zone is no web address, and a name that stands for one is inside', async () => {
  const room = web({ allow: () => [], lookUp: names({ 'zone.example.com': [['fe80::1%lo']] }) });
  for (const host of ['[fe80::1%25lo]', '[fe80::1%lo]', '[::1%25lo]']) {
    assert.equal(codeOf(await room.send(ask(`http://${host}/`))), 'web.invalid', host);
  }
  assert.equal(codeOf(await room.send(ask('http://zone.example.com/'))), 'web.forbidden');
});

test('only http and https are spoken, and an address names no user', async () => {
  const room = web();
  const addresses = [
    'file:///etc/passwd',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1/',
    'data:,x',
    'javascript:1',
    '',
    '/x',
  ];
  const users = [`http://a@127.0.0.1:${port}/`, `http://a:b@127.0.0.1:${port}/`, `http://:b@127.0.0.1:${port}/`];
  const broken = ['http://', 'http://[::1', 'http://a b/', 'http://127.0.0.1:99999/', `http://127.0.0.1:${port}/\r\nx`];
  for (const url of [...addresses, ...users, ...broken, `http://127.0.0.1:${port}/${'x'.repeat(8_192)}`]) {
    assert.equal(codeOf(await room.send(ask(url))), 'web.invalid', url);
  }
  assert.equal(inside.asked.length, 0);
});

test('the address that was checked is the one that is connected to: a name is looked up once for each connection', async () => {
  // Allowed when it is looked at first, forbidden ever after: what checks and then looks up again would get there.
  const lookUp = names({ 'rebind.example.com': [['127.0.0.2'], ['127.0.0.1']] });
  const room = web({ allow: () => ['127.0.0.2'], lookUp });
  const first = await room.send(ask(`http://rebind.example.com:${port}/`));
  assert.equal(!first.ok && first.failure.details?.['reason'], 'ECONNREFUSED', 'nobody listens on 127.0.0.2');
  assert.deepEqual(lookUp.looked, ['rebind.example.com']);
  assert.equal(codeOf(await room.send(ask(`http://rebind.example.com:${port}/`))), 'web.forbidden');
  assert.deepEqual(lookUp.looked, ['rebind.example.com', 'rebind.example.com']);
  assert.equal(inside.asked.length, 0);
});

test('of several addresses only those are used that may be reached', async () => {
  const lookUp = names({ 'mixed.example.com': [['10.0.0.1', '127.0.0.1', 'fd00::1']] });
  const room = web({ allow: () => [`127.0.0.1:${port}`], lookUp });
  assert.equal(answerOf(await room.send(ask(`http://mixed.example.com:${port}/`))).body, 'ok');
});

test('a rule with a host lets flows in by the name, and not by the address', async () => {
  const lookUp = names({ 'crm.example.com': [['127.0.0.1']], 'other.example.com': [['127.0.0.1']] });
  const room = web({ allow: () => ['crm.example.com'], lookUp });
  assert.equal(answerOf(await room.send(ask(`http://crm.example.com:${port}/`))).body, 'ok');
  assert.equal(answerOf(await room.send(ask(`http://CRM.example.com.:${port}/`))).body, 'ok');
  assert.equal(codeOf(await room.send(ask(`http://other.example.com:${port}/`))), 'web.forbidden');
  assert.equal(codeOf(await room.send(ask(`http://127.0.0.1:${port}/`))), 'web.forbidden');
});

test('a rule that is taken away counts at once, also for a connection that is kept', async () => {
  let allow = ['crm.example.com'];
  const lookUp = names({ 'crm.example.com': [['127.0.0.1']] });
  const room = web({ allow: () => allow, lookUp });
  const before = inside.asked.length;
  for (let n = 0; n < 2; n++) answerOf(await room.send(ask(`http://crm.example.com:${port}/`)));
  assert.deepEqual(lookUp.looked, ['crm.example.com'], 'the connection was kept');
  allow = [];
  assert.equal(codeOf(await room.send(ask(`http://crm.example.com:${port}/`))), 'web.forbidden');
  assert.equal(inside.asked.length, before + 2);
  assert.deepEqual(lookUp.looked, ['crm.example.com'], 'it was the kept one that was refused');
  allow = [`127.0.0.1:${port}`];
  assert.equal(codeOf(await room.send(ask(`http://crm.example.com:${port}/`))), 'answered 200');
});

test('a failure says the host and the rule to look at, in words that need no log', async () => {
  const result = await web({ allow: () => [] }).send(ask(`http://127.0.0.1:${port}/secret-path`));
  assert.ok(!result.ok);
  assert.deepEqual(result.failure.details, { host: '127.0.0.1', attempts: 1 });
  assert.match(result.failure.message, /http\.allow/);
});

test('a name without any address is the network', async () => {
  assert.equal(codeOf(await web({ lookUp: async () => [] }).send(ask('http://crm.example.com/'))), 'web.network');
});

test('IPv6 is reached where a rule allows it', async (t) => {
  const server = createServer((_, response) => void response.end('six'));
  const listening = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(0, '::1', () => done(true));
  });
  if (!listening) return t.skip('this machine has no IPv6');
  t.after(() => server.close());
  const { port: six } = server.address() as { port: number };
  const room = web({ allow: () => [`[::1]:${six}`] });
  assert.equal(answerOf(await room.send(ask(`http://[::1]:${six}/`))).body, 'six');
  assert.equal(codeOf(await room.send(ask(`http://[::1]:${six + 1}/`))), 'web.forbidden');
});
