import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';

// A caller may hang up at any moment. Whatever the moment: the contact ends, the agent is free for the next one, and
// nothing is left in Asterisk.

let scene: Scene;
before(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

async function outcome(contactId: string): Promise<{ outcome: unknown; endedBy: unknown }> {
  const { summary } = await scene.story(contactId);
  return { outcome: summary.queues[0]?.['outcome'], endedBy: summary['endedBy'] };
}

/** The agent takes another call: nobody is stuck. */
async function takesTheNext(name: 'anna' | 'carla', number: string): Promise<void> {
  const { line, from } = await scene.call(number);
  const ring = await scene.phone(name).nextRing();
  assert.equal(ring.from.number, from);
  await ring.answer();
  await scene.stageIs(from, 'talking');
  await line.hangUp();
  await ring.ended();
}

test('before the answer, while an agent rings', async () => {
  await scene.staff('anna');
  const { line, contact } = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  const { id } = await contact();
  await line.hangUp();
  await ring.ended();
  assert.deepEqual(await outcome(id), { outcome: 'abandoned', endedBy: 'customer' });
  await takesTheNext('anna', '200');
});

test('in a prompt', async () => {
  const { line, from, contact } = await scene.call('100');
  await line.answered();
  await scene.stageIs(from, 'flow', 'choose');
  const { id } = await contact();
  await line.hangUp();
  assert.deepEqual(await outcome(id), { outcome: undefined, endedBy: 'customer' });
});

test('while waiting in the queue', async () => {
  const { line, from } = await scene.call('200');
  const { id } = await scene.stageIs(from, 'waiting');
  await line.hangUp();
  assert.deepEqual(await outcome(id), { outcome: 'abandoned', endedBy: 'customer' });
  await scene.staff('anna');
  await takesTheNext('anna', '200');
});

test('while the agent rings, after having waited', async () => {
  const { line, from } = await scene.call('200');
  const { id } = await scene.stageIs(from, 'waiting');
  await scene.staff('anna');
  const ring = await scene.phone('anna').nextRing();
  await line.hangUp();
  await ring.ended();
  assert.deepEqual(await outcome(id), { outcome: 'abandoned', endedBy: 'customer' });
  await takesTheNext('anna', '200');
});

test('in the same instant as the agent answers, twenty times over', async () => {
  await scene.staff('anna');
  const seen = new Set<unknown>();
  for (let turn = 0; turn < 20; turn++) {
    const { line, contact } = await scene.call('200');
    const ring = await scene.phone('anna').nextRing();
    const { id } = await contact();
    // In both orders, so that either may be first.
    const both = turn % 2 === 0 ? [ring.answer(), line.hangUp()] : [line.hangUp(), ring.answer()];
    await Promise.allSettled(both);
    await Promise.all([line.ended(), ring.ended()]);
    seen.add((await outcome(id)).outcome);
    await scene.agentIs('anna', 'ready');
  }
  for (const one of seen) assert.ok(one === 'answered' || one === 'abandoned', String(one));
  await takesTheNext('anna', '200');
});

test('in talk', async () => {
  await scene.staff('carla');
  const { line, from } = await scene.call('300');
  const ring = await scene.phone('carla').nextRing();
  await ring.answer();
  const { id } = await scene.stageIs(from, 'talking');
  await line.hangUp();
  assert.equal((await ring.ended()).cause, 16);
  assert.deepEqual(await outcome(id), { outcome: 'answered', endedBy: 'customer' });
  await scene.agentIs('carla', 'wrap_up');
  await scene.agentIs('carla', 'ready');
  await takesTheNext('carla', '300');
});
