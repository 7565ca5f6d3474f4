import assert from 'node:assert/strict';
import test from 'node:test';
import { openFloor } from './acd-floor.ts';
import { FIFTY_CLASSES, makeLoad } from './acd-load.ts';
import { scanForAgents } from './acd-scan.ts';

test('the dispatcher chooses what a plain scan of everything would choose', () => {
  const load = makeLoad({ ...FIFTY_CLASSES, agents: 200 });
  const floor = openFloor(load);
  floor.fill(3_000);
  floor.open();
  assert.equal(scanForAgents(floor, load).same, 1);
});
