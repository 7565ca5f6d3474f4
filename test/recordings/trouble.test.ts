import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordingFault } from '../../src/recordings/recording-fault.ts';
import { RETRY_MS, RETRY_MS_MAX, troubleFree } from '../../src/recordings/trouble.ts';

test('the longer trouble lasts the later it is tried again, never by more than a part of that time, and soon again after it', () => {
  let nowMs = 1_000_000;
  const told: string[] = [];
  const log = { info: () => told.push('well'), error: () => told.push('trouble') };
  const trouble = troubleFree(log, () => nowMs);
  const pauseAfter = (lastedMs: number): number => {
    nowMs = 1_000_000 + lastedMs;
    return trouble.arose(new RecordingFault('recording.index_unavailable'), 1);
  };
  assert.deepEqual([0, 2_000, 20_000, 3_600_000].map(pauseAfter), [RETRY_MS, RETRY_MS, 5_000, RETRY_MS_MAX]);
  trouble.passed(0);
  assert.equal(trouble.arose(new RecordingFault('recording.asterisk_away'), 1), RETRY_MS);
  assert.deepEqual(told, ['trouble', 'well', 'trouble']);
});
