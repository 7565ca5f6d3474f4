import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { phonesApart } from '../../src/recognition/pocketsphinx/heard-phones.ts';
import { PHONES, phoneOfLoop } from '../../src/recognition/pocketsphinx/phone-loop.ts';

const apart = (pronounced: string, heard: string): number =>
  phonesApart(pronounced.split(' ').filter(Boolean), heard.split(' ').filter(Boolean));

test('phones that are the same are not apart; one of its kind is nearer than another one', () => {
  assert.equal(apart('Y EH P', 'Y EH P'), 0);
  assert.equal(apart('Y EH P', 'Y AE P'), 0.5);
  assert.equal(apart('Y EH P', 'Y OW P'), 1);
});

test('a phone that is not heard costs less than one that is too many', () => {
  assert.equal(apart('Y EH S', 'Y EH'), 0.7);
  assert.equal(apart('Y EH S', 'Y EH S IY'), 1);
  assert.equal(apart('K AH R EH K T', 'K EH K').toFixed(6), '2.100000');
  assert.equal(apart('Y EH P', '').toFixed(6), '2.100000');
  assert.equal(apart('', 'Y EH P'), 3);
});

test('a word that is longer than the one it was taken for is far from it', () => {
  assert.ok(apart('Y EH P', 'JH EH N AH F ER') > 2 * apart('Y EH P', 'Y AE D'));
});

test('it is never less than nothing, and a heard phone more changes it by one at most', () => {
  const phones = fc.array(fc.constantFrom(...PHONES), { maxLength: 8 });
  fc.assert(
    fc.property(phones, phones, fc.constantFrom(...PHONES), (pronounced, heard, more) => {
      const before = phonesApart(pronounced, heard);
      assert.ok(before >= 0);
      assert.equal(phonesApart(pronounced, pronounced), 0);
      assert.ok(Math.abs(phonesApart(pronounced, [...heard, more]) - before) <= 1 + 1e-9);
    }),
  );
});

test('the words of the loop are phones, silence and noise are none', () => {
  assert.equal(phoneOfLoop('ggey'), 'EY');
  assert.equal(phoneOfLoop('<sil>'), undefined);
  assert.equal(phoneOfLoop('[NOISE]'), undefined);
});
