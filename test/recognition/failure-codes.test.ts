import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RECOGNITION_FAILURES } from '../../src/recognition/recognition-failure.ts';

test('docs/recognition.md lists exactly the failures that the room can give', () => {
  const page = readFileSync(new URL('../../docs/recognition.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(recognition\.\w+)`/gm)].map((row) => row[1]);
  assert.deepEqual(listed.sort(), Object.keys(RECOGNITION_FAILURES).sort());
});
