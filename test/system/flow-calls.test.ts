import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { outcomesOf, wholeOf } from './in-journal.ts';
import { Scene } from './scene.ts';
import { until } from './until.ts';

// What flows do with calls beyond menus, on the real exchange: a flow that runs while somebody waits, somebody who is dialled,
// a conference.

const TONE_HZ = 1540;
const SITE = `
site: Exchange under test
numbers: { "700": waits, "710": dials, "720": meets }
queues: { sales: {} }
agents:
  anna: { extension: "1001", queues: [sales] }
  ben: { extension: "1002", queues: [sales] }
`;
const FLOWS = {
  'waits.yaml': `
steps:
  wait: { type: queue, queue: sales, while_waiting: { flow: meanwhile }, on: { handled: bye, exit: bye } }
  bye: { type: hangup }
`,
  'meanwhile.yaml': `
steps:
  ask: { type: menu, prompt: { file: tone }, options: { "5": out }, timeout: 60s, on: { no_input: end, no_match: end } }
  out: { type: return, outcome: exit }
  end: { type: return }
`,
  'dials.yaml': `
steps:
  out: { type: dial, to: { agent: ben }, timeout: 20s, on: { completed: told } }
  bye: { type: hangup, cause: busy }
  told: { type: play, prompt: { file: tone } }
  end: { type: hangup }
`,
  'meets.yaml': `
steps:
  room: { type: conference, room: team }
  bye: { type: hangup }
`,
};

let scene: Scene;
before(async () => {
  scene = await Scene.open({ agents: ['anna', 'ben'], files: { 'site.yaml': SITE, ...FLOWS } });
});
afterEach(() => scene.reset());
after(() => scene?.close());

test('a flow runs while a caller waits, outlives a kill -9, and ends when an agent answers', async () => {
  const { line, contact } = await scene.call('700');
  await line.hears(TONE_HZ);
  const { id, from } = await contact();
  const stands = async () => (await contact()).stepId === 'ask' || undefined;
  await until('the caller is in the flow', stands);
  await scene.exchange.killController();
  // The caller is taken up before the controller answers requests.
  await Promise.all([scene.exchange.startController(), line.hears(TONE_HZ, { withinMs: 20_000 })]);
  await until('the caller is in the flow again', stands);
  await scene.staff('anna');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.stageIs(from, 'talking');
  await ring.playTone(1900);
  await line.hears(1900);
  await ring.hangUp();
  await line.ended();
  const events = await wholeOf(scene, id);
  assert.equal(events.filter(({ kind }) => kind === 'contact.queued').length, 1);
  assert.deepEqual(outcomesOf(events, 'wait'), ['handled']);
});

test('a key of the flow takes the caller out of the queue', async () => {
  const { line, contact } = await scene.call('700');
  await line.hears(TONE_HZ);
  const { id } = await contact();
  await line.press('5');
  await line.ended();
  assert.deepEqual(outcomesOf(await wholeOf(scene, id), 'wait'), ['exit']);
});

test('who is dialled by a flow talks with the caller, who comes back to the flow afterwards', async () => {
  await scene.phone('ben').register();
  const { line, contact } = await scene.call('710');
  const ring = await scene.phone('ben').nextRing();
  const { id } = await contact();
  await ring.answer();
  await ring.playTone(1900);
  await line.hears(1900);
  await ring.hangUp();
  await line.hears(TONE_HZ);
  await line.ended();
  assert.deepEqual(outcomesOf(await wholeOf(scene, id), 'out'), ['completed']);
});

test('who comes into the same room hear each other', async () => {
  const first = await scene.call('720');
  await first.line.answered();
  const second = await scene.call('720');
  await second.line.answered();
  await second.line.playTone(1100);
  await first.line.hears(1100);
  await second.line.hangUp();
  await first.line.hangUp();
  await scene.quiet();
});
