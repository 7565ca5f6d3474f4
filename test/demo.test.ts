import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { projectDir } from '../src/config.ts';
import { chooseActor } from './demo/actor.ts';
import { measureLoudness } from './demo/loudness.ts';
import { readOptions } from './demo/options.ts';
import { findWay } from './demo/way.ts';
import type { Agent, Queue } from './demo/window.ts';
import { tone } from './far-end/wav.ts';

// What the demonstration decides before anybody calls. The demonstration itself is run by system/demo.test.ts.

const WAY = { flowId: 'main-menu', isGreeted: true, menus: [], queueId: 'sales', skills: ['english'] };
const carla = agent('carla', ['sales']);
const anna = agent('anna', ['sales', 'support']);

function agent(id: string, queues: string[], state = 'logged_out', phone = 'unreachable'): Agent {
  return { id, name: id, queues, skills: ['english'], state, phone };
}

function chosen(agents: Agent[], wanted?: string, waiting = 0): Promise<Agent> {
  const queues: Queue[] = ['sales', 'support'].map((id) => ({ id, name: id, waiting, ringing: 0 }));
  return chooseActor({ agents: async () => agents, queues: async () => queues }, WAY, wanted);
}

test('the agent with the fewest queues plays, of those who are away and have the skills', async () => {
  const mute = { ...agent('mute', ['sales']), skills: [] };
  assert.equal((await chosen([mute, anna, carla])).id, 'carla');
  assert.equal((await chosen([anna, carla], 'anna')).id, 'anna');
  assert.equal((await chosen([anna, agent('carla', ['sales'], 'paused', 'idle')])).id, 'anna');
});

test('the demo refuses to ring real people, and to take real callers', async () => {
  for (const state of ['ready', 'talking', 'wrap_up', 'busy', 'resting', 'ringing']) {
    const real = agent('ben', ['sales'], state, 'idle');
    await assert.rejects(chosen([carla, real]), /could ring a real phone.* ben \(/);
  }
  await assert.rejects(chosen([agent('ben', ['sales'], 'logged_out', 'idle')]), /none: ben \(logged out, phone idle\)/);
  await assert.rejects(chosen([carla], undefined, 1), /Callers wait in sales/);
});

test('the way of a caller is read from the sample flows', async () => {
  const flows = resolve(projectDir, 'flows');
  const way = await findWay(flows, { number: '100', keys: '1', agentId: undefined });
  assert.deepEqual([way.queueId, way.menus, way.isGreeted], ['sales', [{ stepId: 'choose', key: '1' }], true]);
  const short = await findWay(flows, { number: '200', keys: '1', agentId: undefined });
  assert.deepEqual([short.queueId, short.menus, short.isGreeted], ['sales', [], false]);
});

test('loudness is that of the sound, without its pauses', () => {
  const silence = new Int16Array(8_000);
  assert.deepEqual(measureLoudness(silence), { soundMs: 0, dbfs: Number.NEGATIVE_INFINITY });
  const { soundMs, dbfs } = measureLoudness(Int16Array.from([...silence, ...tone(1_000, 500)]));
  assert.equal(soundMs, 500);
  // A sine of 8000 of 32768.
  assert.ok(Math.abs(dbfs - 20 * Math.log10(8_000 / 32_768 / Math.SQRT2)) < 0.1, String(dbfs));
});

test('options have defaults, and a wrong one is explained', () => {
  assert.deepEqual(readOptions([]), { number: '100', keys: '1', agentId: undefined });
  assert.equal(readOptions(['--help']), undefined);
  assert.throws(() => readOptions(['--key', 'x']), /"x" is not a key of a telephone/);
  assert.throws(() => readOptions(['--nubmer', '1']), /Usage: npm run demo/);
});
