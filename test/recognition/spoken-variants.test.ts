import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spokenVariants } from '../../src/recognition/pocketsphinx/spoken-variants.ts';

test('an ER before a vowel is heard as a vowel and an R, too; elsewhere it stays one', () => {
  assert.deepEqual(spokenVariants(['K ER EH K T'], false), ['K ER EH K T', 'K AH R EH K T']);
  assert.deepEqual(spokenVariants(['AA P ER EY T ER'], false), ['AA P ER EY T ER', 'AA P AH R EY T ER']);
  assert.deepEqual(spokenVariants(['IH N T ER N EH T'], false), ['IH N T ER N EH T']);
});

test('an OW at the end of a word is heard as in England, too; elsewhere it stays one', () => {
  assert.deepEqual(spokenVariants(['N OW'], false), ['N OW', 'N AH UW']);
  assert.deepEqual(spokenVariants(['M OW B AH L'], false), ['M OW B AH L']);
});

test('short words may lose a soft sound, long ones only where they are said as digits are', () => {
  assert.ok(spokenVariants(['Y EH S'], false).includes('Y EH'));
  assert.deepEqual(spokenVariants(['S EY L Z'], false), ['S EY L Z']);
  assert.ok(spokenVariants(['S EH V AH N'], true).includes('EH V AH N'));
});

test('the usual way comes first, and none is there twice', () => {
  const ways = spokenVariants(['Y EH S', 'Y AE S', 'Y EH S'], false);
  assert.equal(ways[0], 'Y EH S');
  assert.equal(new Set(ways).size, ways.length);
});
