import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SPEECH_FAILURES } from '../../src/speech/speech-failure.ts';

test('docs/speech.md lists exactly the failures that the room can give', () => {
  const page = readFileSync(new URL('../../docs/speech.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(speech\.\w+)`/gm)].map((row) => row[1]);
  assert.deepEqual(listed.sort(), Object.keys(SPEECH_FAILURES).sort());
});
