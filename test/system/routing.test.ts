import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';

// What the dispatcher decides beyond one queue and one phone, on real calls.

let scene: Scene;
before(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.reset());
after(() => scene?.closeUndisturbed());

test('where everybody rings, the first answer has the caller and the other phone stops', async () => {
  await scene.staff('dora', 'emil');
  const { line, from } = await scene.call('400');
  const [atDora, atEmil] = await Promise.all([scene.phone('dora').nextRing(), scene.phone('emil').nextRing()]);
  await atEmil.answer();
  await atDora.ended();
  assert.equal((await scene.stageIs(from, 'talking')).agentId, 'emil');
  await line.playTone(1000);
  await atEmil.hears(1000);
  await scene.agentIs('dora', 'ready');
  await line.hangUp();
  await atEmil.ended();
  await scene.quiet();
});

test('two phones that are picked up in the same moment: one talks to the caller, the other is let go', async () => {
  await scene.staff('dora', 'emil');
  const { line, from } = await scene.call('400');
  const rings = await Promise.all([scene.phone('dora').nextRing(), scene.phone('emil').nextRing()]);
  // Whoever comes second may find the call gone already, which is what is wanted.
  await Promise.all(rings.map((ring) => ring.answer().catch(() => undefined)));
  const { agentId, id } = await scene.stageIs(from, 'talking');
  const loser = agentId === 'dora' ? 'emil' : 'dora';
  await rings[loser === 'dora' ? 0 : 1]!.ended();
  await scene.agentIs(loser, 'ready');
  await line.hangUp();
  await rings[loser === 'dora' ? 1 : 0]!.ended();
  await scene.quiet();
  const { timeline } = await scene.story(id);
  assert.equal(timeline.filter((one) => (one.what as string) === 'contact.connected').length, 1);
});

test('a queue without anybody in service sends its callers on to another one', async () => {
  await scene.staff('anna');
  const { line, from } = await scene.call('500');
  const ring = await scene.phone('anna').nextRing();
  assert.equal(ring.from.number, from);
  await ring.answer();
  const { id } = await scene.stageIs(from, 'talking');
  await line.hangUp();
  await ring.ended();
  await scene.quiet();
  const { summary } = await scene.story(id);
  assert.deepEqual(
    summary.queues.map((stay) => [stay['queue'], stay['outcome']]),
    [
      ['desk', 'overflow'],
      ['sales', 'answered'],
    ],
  );
});

test("an agent's extension can be dialled", async () => {
  await scene.staff('ben', 'anna');
  const { line, from } = await scene.call('1002');
  const ring = await scene.phone('ben').nextRing();
  assert.equal(ring.from.number, from);
  await ring.answer();
  assert.equal((await scene.stageIs(from, 'talking')).agentId, 'ben');
  await line.hangUp();
  await ring.ended();
  await scene.quiet();
});
