import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PAUSE_MS_MAX, pauseOf } from '../../../src/model/speech/ssml/values.ts';
import { words } from './planned.ts';

const page = readFileSync(new URL('../../../docs/speech.md', import.meta.url), 'utf8');

test('every example of docs/speech.md is heard as it says', () => {
  const table = page.split('| written | English')[1]!.split('\n\n')[0]!;
  const rows = [...table.matchAll(/^\| (.+?) \| (.*?) ?\| (.*?) ?\|$/gm)].slice(1);
  assert.ok(rows.length >= 15);
  for (const [, written, english, mandarin] of rows) {
    if (english !== '') assert.equal(words(written!, 'en'), english);
    if (mandarin !== '') assert.equal(words(written!, 'zh-CN'), mandarin);
  }
});

test('the lengths of breaks are those of docs/speech.md', () => {
  const row = page.split('\n').find((line) => line.startsWith('| `break` |'))!;
  const strengths = [...row.matchAll(/`([a-z-]+)` (\d+)/g)];
  assert.equal(strengths.length, 6);
  for (const [, strength, ms] of strengths) assert.equal(pauseOf(undefined, strength), Number(ms));
  assert.match(page, new RegExp(`a break over ${PAUSE_MS_MAX / 1000} s`));
});
