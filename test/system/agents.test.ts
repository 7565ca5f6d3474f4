import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// What an agent or an agent's phone may do to a call that is offered. The caller keeps the place in every case.

/** `rest` of the queue sales in test/system/flows/site.yaml. */
const REST_MS = 1_000;

let scene: Scene;
before(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

test('who does not answer is paused, and the caller goes on to the next agent', async () => {
  await scene.staff('anna', 'ben');
  const { line, from } = await scene.call('200');
  const unanswered = await scene.phone('anna').nextRing();
  const second = await scene.phone('ben').nextRing();
  assert.equal(second.from.number, from);
  await unanswered.ended();
  assert.equal((await scene.agentIs('anna', 'paused')).pauseReason, 'no-answer');
  await second.answer();
  await scene.stageIs(from, 'talking');
  await line.hangUp();
  const { status } = await scene.exchange.post('/v1/agents/anna/ready');
  assert.equal(status, 200);
  await scene.agentIs('anna', 'ready');
});

for (const how of ['busy', 'decline'] as const) {
  test(`a phone that says ${how} is left alone for a while and then rung again`, async () => {
    await scene.staff('anna');
    const { line, from, contact } = await scene.call('200');
    const ring = await scene.phone('anna').nextRing();
    const { id } = await contact();
    await ring.reject(how);
    const again = await scene.phone('anna').nextRing();
    assert.equal(again.from.number, from);
    const offers = await until('both offers are written down', async () => {
      const events = await scene.exchange.journalOf(id);
      const found = events.filter(({ kind }) => kind === 'offer.made' || kind === 'offer.failed');
      return found.length === 3 ? found : undefined;
    });
    const [, refused, second] = offers;
    assert.ok(second!.atMs - refused!.atMs >= REST_MS, 'she had her rest');
    await again.answer();
    await scene.stageIs(from, 'talking');
    await line.hangUp();
    await again.ended();
  });
}

test('a caller whose agent rejects keeps the place before one who came later', async () => {
  await scene.staff('anna');
  const first = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  const second = await scene.call('200');
  await scene.stageIs(second.from, 'waiting');
  await ring.reject('decline');
  const next = await scene.phone('anna').nextRing();
  assert.equal(next.from.number, first.from);
  await next.answer();
  await first.line.answered();
});

test('who hangs up ends the call of the caller, and takes the next', async () => {
  await scene.staff('anna');
  const first = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  const second = await scene.call('200');
  await scene.stageIs(second.from, 'waiting');
  await ring.answer();
  const { id } = await scene.stageIs(first.from, 'talking');
  await ring.hangUp();
  await first.line.ended();
  const next = await scene.phone('anna').nextRing();
  assert.equal(next.from.number, second.from);
  assert.equal(((await scene.story(id)).summary['talkMs'] as number) >= 0, true);
  await next.answer();
  await second.line.answered();
});

test('a phone that is not registered is offered nothing, and is when it comes back', async () => {
  await scene.staff('anna');
  await scene.phone('anna').unregister();
  await scene.agentIs('anna', 'unreachable');
  const { from } = await scene.call('200');
  await scene.phone('anna').expectNoRingUntil(scene.stageIs(from, 'waiting'));
  await scene.phone('anna').register();
  const ring = await scene.phone('anna').nextRing();
  assert.equal(ring.from.number, from);
});

test('a phone that unregisters while it rings gives the caller to another agent', async () => {
  await scene.staff('anna', 'ben');
  const { from } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await scene.phone('anna').unregister();
  const other = await scene.phone('ben').nextRing();
  assert.equal(other.from.number, from);
  await ring.ended();
});

test('a phone that unregisters in talk does not end the talk', async () => {
  await scene.staff('anna');
  const { line, from } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.stageIs(from, 'talking');
  await scene.phone('anna').unregister();
  await line.playTone(1000);
  await ring.hears(1000);
  await line.hangUp();
  await ring.ended();
  await scene.agentIs('anna', 'unreachable');
});

test('who logs out while the phone rings gives the caller back, and who pauses in talk keeps the call', async () => {
  await scene.staff('anna');
  const { line, from } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await scene.exchange.post('/v1/agents/anna/logout');
  await ring.ended();
  await scene.stageIs(from, 'waiting');
  await scene.exchange.post('/v1/agents/anna/login');
  const again = await scene.phone('anna').nextRing();
  await again.answer();
  await scene.stageIs(from, 'talking');
  await scene.exchange.post('/v1/agents/anna/pause', { reason: 'lunch' });
  await line.playTone(1100);
  await again.hears(1100);
  await again.hangUp();
  await scene.agentIs('anna', 'paused');
});
