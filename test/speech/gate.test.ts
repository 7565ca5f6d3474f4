import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '../../src/model/failure.ts';
import { openGate } from '../../src/speech/gate.ts';

test('the gate lets only so many run, keeps the order, and refuses when the queue is full or closed', async () => {
  const gate = openGate(2, 2);
  const entered: number[] = [];
  const leave: (() => void)[] = [];
  const task = (id: number) => async () => {
    entered.push(id);
    await new Promise<void>((resolve) => leave.push(resolve));
    return ok(id);
  };
  const all = [1, 2, 3, 4, 5].map((id) => gate.enter(task(id)));
  const refused = await all[4]!;
  assert.equal(refused.ok ? 'ran' : refused.failure.code, 'speech.busy');
  assert.deepEqual(entered, [1, 2]);
  leave.shift()!();
  assert.deepEqual(await all[0], ok(1));
  assert.deepEqual(entered, [1, 2, 3]);
  gate.close();
  const late = await all[3]!;
  assert.equal(late.ok ? 'ran' : late.failure.code, 'speech.closed');
  for (const go of leave) go();
  assert.deepEqual(await Promise.all([all[1], all[2]]), [ok(2), ok(3)]);
});
