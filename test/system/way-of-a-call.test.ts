import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// The main job on real calls: dial in, hear a flow, wait in a queue, reach an agent's SIP phone, talk, read it in the report.

let scene: Scene;
before(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

test('a caller hears the menu, presses a key, waits, reaches an agent; they hear each other, and the report tells it', async () => {
  const startMs = Date.now();
  const { line, contact } = await scene.call('100');
  await line.answered();
  await contact();
  // Pressed into the prompt: barge-in.
  await line.press('1');
  const { from } = await contact();
  await scene.stageIs(from, 'waiting');
  await scene.staff('anna');
  const ring = await scene.phone('anna').nextRing();
  assert.equal(ring.from.number, from);
  await ring.answer();
  const { id, agentId } = await scene.stageIs(from, 'talking');
  assert.equal(agentId, 'anna');
  await line.playTone(1000);
  await ring.playTone(1900);
  await Promise.all([ring.hears(1000), line.hears(1900)]);
  await ring.hangUp();
  assert.equal((await line.ended()).cause, 16);

  const { summary, timeline } = await scene.story(id);
  const told = timeline.map((one) => one.what);
  for (const what of [
    'contact.arrived',
    'step.entered',
    'prompt.started',
    'contact.queued',
    'offer.made',
    'offer.rang',
  ])
    assert.ok(told.includes(what as never), `${what} is in ${told.join(', ')}`);
  assert.equal(summary['from'], from);
  assert.equal(summary.queues.length, 1);
  const stay = summary.queues[0]!;
  assert.deepEqual([stay['queue'], stay['outcome'], stay['agent']], ['sales', 'answered', 'anna']);
  assert.ok((stay['waitedMs'] as number) > 0 && (stay['talkMs'] as number) > 300, JSON.stringify(stay));

  const report = (await scene.exchange.get(`/v1/reports/queues?from=${startMs}&to=${Date.now() + 1000}&queue=sales`))
    .body as {
    rows: Record<string, number>[];
  };
  assert.equal(report.rows.length, 1);
  const row = report.rows[0]!;
  assert.deepEqual([row['offered'], row['answered'], row['abandoned']], [1, 1, 0]);
  assert.equal(row['averageSpeedOfAnswerMs'], stay['waitedMs']);
  await scene.quiet();
});

test('an agent who is free is rung at once, the caller hears it ring and is answered with the agent', async () => {
  await scene.staff('ben');
  await scene.agentIs('ben', 'ready');
  const { line } = await scene.call('200');
  const ring = await scene.phone('ben').nextRing();
  await line.ringing();
  assert.equal(line.isAnswered, false);
  await ring.answer();
  await line.answered();
  await ring.playTone(1100);
  await line.hears(1100);
  await line.hangUp();
  await ring.ended();
  await scene.quiet();
});

test('a waiting caller hears music, and a talk has none of it', async () => {
  const { line, from } = await scene.call('300');
  await scene.stageIs(from, 'waiting');
  const loudness = (pcm: Int16Array) => Math.sqrt(pcm.reduce((sum, one) => sum + one * one, 0) / pcm.length);
  await until('music is heard', async () => loudness(await line.listen(500)) > 100 || undefined);
  await scene.staff('carla');
  const ring = await scene.phone('carla').nextRing();
  await ring.answer();
  await scene.stageIs(from, 'talking');
  await until('the music is gone', async () => loudness(await line.listen(500)) < 30 || undefined);
  await line.hangUp();
  await ring.ended();
  await scene.quiet();
});

test('digits are gathered and read back, a recording is played, and no digit stands in the log', async () => {
  const { line, from, contact } = await scene.call('100');
  await line.answered();
  const { id } = await contact();
  await line.press('2');
  await scene.stageIs(from, 'flow', 'account');
  await line.press('90817#');
  await line.hears(1540);
  await line.ended(15_000);
  const { timeline } = await scene.story(id);
  assert.ok(timeline.some((one) => one.what === 'step.left'));
  assert.ok(!JSON.stringify(timeline).includes('90817'));
  assert.ok(!scene.exchange.log().includes('90817'));
  assert.ok(!scene.exchange.log().includes(from));
});

test('two callers are served in the order in which they came', async () => {
  const first = await scene.call('200');
  await scene.stageIs(first.from, 'waiting');
  const second = await scene.call('200');
  await scene.stageIs(second.from, 'waiting');
  const { body } = await scene.exchange.get('/v1/queues/sales');
  const queue = body as { waiting: number; contacts: { contactId: string; position: number }[] };
  assert.equal(queue.waiting, 2);
  assert.equal(queue.contacts[0]!.contactId, (await first.contact()).id);
  await scene.staff('anna');
  for (const { from, line } of [first, second]) {
    const ring = await scene.phone('anna').nextRing();
    assert.equal(ring.from.number, from);
    await ring.answer();
    await scene.stageIs(from, 'talking');
    await line.hangUp();
    await ring.ended();
  }
  await scene.quiet();
});

test('an agent logs in, pauses with a reason, is ready again and logs out by dialling codes', async () => {
  const phone = scene.phone('dora');
  await phone.register();
  const dial = async (code: string): Promise<void> => {
    const line = await phone.dial(code);
    await line.answered();
    assert.equal((await line.ended(15_000)).cause, 16);
  };
  await dial('*11');
  await scene.agentIs('dora', 'ready');
  await dial('*131');
  assert.equal((await scene.agentIs('dora', 'paused')).pauseReason, 'lunch');
  await dial('*14');
  await scene.agentIs('dora', 'ready');
  await dial('*12');
  await scene.agentIs('dora', 'logged_out');
  await scene.quiet();
});

test('an agent who calls somebody is busy and is not rung; afterwards the waiting caller comes', async () => {
  await scene.staff('emil');
  const own = await scene.phone('emil').dial('300');
  await own.answered();
  await scene.agentIs('emil', 'busy');
  const { line, from } = await scene.call('200');
  await scene.phone('emil').expectNoRingUntil(scene.stageIs(from, 'waiting'));
  await own.hangUp();
  const ring = await scene.phone('emil').nextRing();
  assert.equal(ring.from.number, from);
  await ring.answer();
  await line.hangUp();
  await scene.quiet();
});
