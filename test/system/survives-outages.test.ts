import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './scene.ts';
import { until } from './until.ts';
import { Wire } from './wire.ts';

// Asterisk restarts, PostgreSQL stops, the ARI socket is cut: the controller says so, comes back by itself, and its
// picture agrees with Asterisk's within 5 s of the return. No agent stays stuck.

const AGREES_WITHIN_MS = 5000;

let scene: Scene;
let wire: Wire;
before(async () => {
  scene = await Scene.open({
    wire: async (ariPort) => {
      wire = await Wire.to(ariPort);
      return wire.port;
    },
  });
});
afterEach(() => scene.reset());
after(async () => {
  await scene?.close();
  wire?.close();
});

/** Waits until a part of the controller is up or down. */
function partIs(name: 'asterisk' | 'database', up: boolean, withinMs = 15_000): Promise<unknown> {
  const look = async (): Promise<boolean | undefined> =>
    (await scene.exchange.health())?.parts[name]?.up === up || undefined;
  return until(`${name} is ${up ? 'up' : 'down'} in the health`, look, {
    withinMs,
    seen: () => scene.exchange.health(),
  });
}

async function healthStatus(): Promise<number> {
  return (await scene.exchange.get('/health')).status;
}

test('the ARI socket is cut: talks go on, what happened meanwhile is found out, and the flow goes on', async () => {
  await scene.staff('anna', 'ben');
  const talking = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  await scene.stageIs(talking.from, 'talking');
  const ringing = await scene.call('200');
  const unanswered = await scene.phone('ben').nextRing();
  const waiting = await scene.call('200');
  const { id } = await scene.stageIs(waiting.from, 'waiting');
  const inMenu = await scene.call('100');
  await scene.stageIs(inMenu.from, 'flow', 'choose');

  wire.cut();
  await partIs('asterisk', false);
  assert.equal(await healthStatus(), 503);
  // Nobody tells the controller any of this. Asterisk ends a leg that is answered for an application that is away.
  await unanswered.answer();
  await waiting.line.hangUp();
  const newcomer = await scene.call('200');
  wire.mend();
  await partIs('asterisk', true);
  const sinceMs = Date.now();
  assert.equal((await scene.story(id)).summary.queues[0]!['outcome'], 'lost');
  await unanswered.ended();
  const again = await scene.phone('ben').nextRing();
  assert.equal(again.from.number, ringing.from);
  await again.answer();
  await scene.stageIs(ringing.from, 'talking');
  await scene.stageIs(newcomer.from, 'waiting');
  await inMenu.line.press('1');
  await scene.stageIs(inMenu.from, 'waiting');
  assert.ok(Date.now() - sinceMs < AGREES_WITHIN_MS, `${Date.now() - sinceMs} ms`);
  await ringing.line.playTone(1000);
  await again.hears(1000);
  await talking.line.hangUp();
  await ring.ended();
  assert.equal((await scene.phone('anna').nextRing()).from.number, newcomer.from);
});

test('Asterisk is killed and started again: its calls are over, no agent is stuck, and the next call goes through', async () => {
  await scene.staff('anna', 'ben');
  const talking = await scene.call('200');
  const ring = await scene.phone('anna').nextRing();
  await ring.answer();
  const { id } = await scene.stageIs(talking.from, 'talking');
  const ringing = await scene.call('200');
  await scene.phone('ben').nextRing();
  await ringing.contact();

  await scene.exchange.asterisk.kill();
  await partIs('asterisk', false);
  assert.equal(await healthStatus(), 503);
  await scene.exchange.startAsteriskAgain();
  await partIs('asterisk', true);
  const sinceMs = Date.now();
  await until('no contact is left', async () => (await scene.contacts()).length === 0 || undefined);
  assert.ok(Date.now() - sinceMs < AGREES_WITHIN_MS, `${Date.now() - sinceMs} ms`);
  assert.equal((await scene.story(id)).summary['cause'], 'lost');
  // The far end's legs went unheard of: Asterisk died without a BYE.
  for (const line of [talking.line, ringing.line, ring]) await line.hangUp();
  // Asterisk keeps registrations on disk, a second late: a phone that it forgot registers again, as phones do.
  await scene.staff('anna', 'ben');
  for (const name of ['anna', 'ben'] as const) await scene.agentIs(name, 'ready');
  await scene.exchange.post('/v1/agents/ben/logout');
  const next = await scene.call('200');
  const again = await scene.phone('anna').nextRing();
  await again.answer();
  await scene.stageIs(next.from, 'talking');
});

test('PostgreSQL is stopped for 30 s: calls are taken, connected and ended, and the journal has all of it afterwards', async () => {
  await scene.staff('anna');
  await scene.exchange.stopPostgres();
  const stoppedAtMs = Date.now();
  await partIs('database', false);
  assert.equal(await healthStatus(), 503);
  const ids: string[] = [];
  while (Date.now() - stoppedAtMs < 30_000) {
    const caller = await scene.call('200');
    const ring = await scene.phone('anna').nextRing();
    await ring.answer();
    ids.push((await scene.stageIs(caller.from, 'talking')).id);
    await caller.line.playTone(1000);
    await ring.hears(1000);
    await caller.line.hangUp();
    await ring.ended();
  }
  const refused = await scene.exchange.get(`/v1/contacts/${ids[0]}`);
  assert.equal(refused.status, 503);
  assert.equal((refused.body as { error: { code: string } }).error.code, 'journal.unavailable');
  await scene.exchange.startPostgresAgain();
  await partIs('database', true, AGREES_WITHIN_MS);
  for (const id of ids) {
    const { summary } = await scene.story(id);
    assert.equal(summary.queues[0]!['outcome'], 'answered', id);
  }
  assert.ok(ids.length >= 10, `${ids.length} calls`);
});
