import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// Wrong numbers, broken files, missing recordings, malformed requests, hostile packets: a clear error with a stable code,
// and nothing else is disturbed.

let scene: Scene;
before(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

function flowsPart(): Promise<{ up: boolean; detail: string }> {
  return scene.exchange.health().then((health) => health!.parts['flows']!);
}

async function callGoesThrough(): Promise<void> {
  await scene.staff('anna');
  const { line, from } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.stageIs(from, 'talking');
  await line.hangUp();
  await ring.ended();
}

test('an unknown number is refused as the telephone network knows it, and the journal says why', async () => {
  const { line, from } = await scene.call('999');
  const end = await line.ended();
  assert.deepEqual([end.cause, end.sipStatus], [1, 404]);
  const { body } = await scene.exchange.get(`/v1/reports/queues?interval=whole`);
  assert.ok(body);
  const journal = await scene.exchange.sql(
    `SELECT data->>'code' AS code FROM journal WHERE kind = 'flow.failed' AND contact_id IN
     (SELECT contact_id FROM journal WHERE kind = 'contact.arrived' AND data->>'from' = '${from}')`,
  );
  assert.deepEqual(journal, [{ code: 'number.unknown' }]);
});

test('a broken flow is refused with file, line and column, the last good version stays in service, the next good one comes', async () => {
  const file = join(scene.exchange.flowsDir, 'sales.yaml');
  const good = readFileSync(file, 'utf8');
  const wrong: readonly [string, RegExp][] = [
    ['steps:\n  wait: { type: queue, queue: salse }\n', /sales\.yaml:2:31 queue\.unknown .*Did you mean "sales"\?/],
    ['steps:\n  wait: { type: queue, queue: sales, next: nowhere }\n', /sales\.yaml:2:44 step\.unknown/],
    ['steps:\n  wait: [type: queue\n', /sales\.yaml:\d+:\d+ yaml\.syntax/],
    ['steps:\n  wait: { type: play, prompt: { file: not-there } }\n', /sales\.yaml:2:39 prompt\.missing/],
  ];
  for (const [text, problem] of wrong) {
    writeFileSync(file, text);
    const seen = { seen: flowsPart };
    await until(`${problem} is told`, async () => problem.test((await flowsPart()).detail) || undefined, seen);
    assert.equal((await flowsPart()).up, false);
    assert.equal((await scene.exchange.get('/health')).status, 503);
  }
  await callGoesThrough();
  writeFileSync(file, `${good}  bye: { type: hangup }\n`);
  await until('the good version is in service', async () => (await flowsPart()).up || undefined, { seen: flowsPart });
  await callGoesThrough();
});

test('an agent who is added to the site can register and work without a restart', async () => {
  const file = join(scene.exchange.flowsDir, 'site.yaml');
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, good.replace('  fritz:', '  grete: { extension: "1007", queues: [sales] }\n  fritz:'));
  await until(
    'the new agent is there',
    async () => (await scene.exchange.get('/v1/agents/grete')).status === 200 || undefined,
  );
  await until('the new phone is known to Asterisk', async () => {
    const endpoints = (await scene.exchange.ari('endpoints/PJSIP')) as { resource: string }[];
    return endpoints.some((endpoint) => endpoint.resource === 'grete') || undefined;
  });
  writeFileSync(file, good);
  await until(
    'she is gone again',
    async () => (await scene.exchange.get('/v1/agents/grete')).status === 404 || undefined,
  );
});

test('a recording that vanished is passed over and the call goes on', async () => {
  const { line, from } = await scene.call('100');
  await line.answered();
  await line.press('2');
  await scene.stageIs(from, 'flow', 'account');
  const { id } = await scene.contactOf(from);
  rmSync(join(scene.exchange.dir, 'prompts', 'recordings'), { recursive: true });
  await line.press('123#');
  await line.ended(15_000);
  const { timeline } = await scene.story(id);
  assert.ok(timeline.some((one) => one.what === 'contact.finished'));
  await callGoesThrough();
});

test('malformed requests get a code and say what is wrong', async () => {
  const { exchange } = scene;
  const cases: readonly [string, Promise<{ status: number; body: unknown }>, number, string][] = [
    ['no key', exchange.request('GET', '/v1/queues', undefined, ''), 401, 'auth.'],
    ['wrong key', exchange.request('GET', '/v1/queues', undefined, 'x'.repeat(40)), 401, 'auth.wrong'],
    ['unknown agent', exchange.post('/v1/agents/nobody/login'), 404, 'agent.unknown'],
    ['unknown contact', exchange.get('/v1/contacts/none-1.1'), 404, 'contact.unknown'],
    ['unknown route', exchange.get('/v1/nothing'), 404, 'route.'],
    ['pause while logged out', exchange.post('/v1/agents/anna/pause', { reason: 'lunch' }), 409, 'agent.logged_out'],
    ['no reason', exchange.post('/v1/agents/anna/pause', {}), 400, 'request.'],
    ['bad interval', exchange.get('/v1/reports/queues?interval=7m'), 400, 'request.'],
    ['from after to', exchange.get('/v1/reports/queues?from=2000&to=1000'), 400, 'report.'],
  ];
  for (const [what, asked, status, code] of cases) {
    const answer = await asked;
    const { error } = answer.body as { error: { code: string; message: string } };
    assert.equal(answer.status, status, `${what}: ${JSON.stringify(answer.body)}`);
    assert.ok(error.code.startsWith(code) && error.message.length > 10, `${what}: ${JSON.stringify(error)}`);
  }
});

test('a call that comes while no controller is there rings until it is back, and then goes its way', async () => {
  await scene.exchange.killController();
  const { line, from } = await scene.call('300');
  await line.ringing();
  await scene.exchange.startController();
  await line.answered();
  await scene.stageIs(from, 'waiting');
});

test('when no controller comes back the caller is told so and not left in silence', async () => {
  await scene.exchange.killController();
  const { line } = await scene.call('300');
  await line.ringing();
  await line.answered(20_000);
  assert.equal((await line.ended(20_000)).cause, 16);
  await scene.exchange.startController();
});

test('garbage on the SIP port harms no call', async () => {
  const { slot } = scene.exchange;
  await scene.staff('anna');
  const { line, from } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.stageIs(from, 'talking');
  const socket = createSocket('udp4');
  const head = `INVITE sip:200@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bK1\r\n`;
  const packets = [
    Buffer.alloc(1400, 0xff),
    Buffer.from('\0\0\0\0'),
    Buffer.from(`${head}X-Giant: ${'a'.repeat(40_000)}\r\n\r\n`),
    Buffer.from(
      `${head}From: <sip:${'%00'.repeat(50)}@x>;tag=1\r\nTo: <sip:200@x>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContent-Length: -5\r\n\r\n`,
    ),
    Buffer.from('BREW sip:200@127.0.0.1 SIP/2.0\r\nContent-Length: 99999\r\n\r\n'),
  ];
  for (const packet of packets) {
    await new Promise<void>((sent) => socket.send(packet, slot.sip, '127.0.0.1', () => sent()));
  }
  socket.close();
  await line.playTone(1000);
  await ring.hears(1000);
  await line.hangUp();
  await ring.ended();
});
