import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from '../soak/faults.ts';
import { ringAll } from '../soak/ring-all.ts';
import { shortly } from '../soak/shortly.ts';

// Short versions of `npm run soak -- faults` and `ring-all`.

test('25 random faults while calls go on: right again within 5 s, nobody stuck, nothing lost or left over', async () => {
  const { failures } = await shortly(faults, 25);
  assert.deepEqual(failures, []);
});

test('everybody rings and several answer in the same moment, twenty times: exactly one has the call', async () => {
  const { failures } = await shortly(ringAll, 20);
  assert.deepEqual(failures, []);
});
