import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rotationText } from '../../src/commands/rotate-recording-keys.ts';

test('a rotation says what was done, and where something is stuck, where to look', () => {
  const done = { rewrapped: 12, forgotten: ['talk-1', 'message-1'], failed: 0 };
  assert.equal(rotationText(done), '12 recordings are under new keys; 2 old keys are removed.\n');
  const stuck = rotationText({ ...done, failed: 3 });
  assert.match(stuck, /^12 .*\n3 recordings could not be put under the new keys, .*docs\/recordings\.md/);
});
