import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { piecesOf } from '../../src/speech/pieces.ts';

const words = (text: string): string[] => piecesOf(text).map((piece) => piece.words);

test('a text is cut at the ends of its sentences', () => {
  assert.deepEqual(words('Thank you for calling. For sales press one! Are you there?'), [
    'Thank you for calling.',
    'For sales press one!',
    'Are you there?',
  ]);
  assert.deepEqual(words('您好。请按一。'), ['您好。', '请按一。']);
});

test('a full stop inside a sentence does not cut it', () => {
  for (const text of [
    'Ask for Dr. Smith at no. 5.',
    'It is 3.5 percent.',
    'We open at 9 a.m. tomorrow.',
    'A word... and another.',
  ])
    assert.deepEqual(words(text), [text]);
});

test('only a long first sentence is cut at its clauses, so that something can be heard soon', () => {
  const long = 'Your last order of two hundred red chairs, which you placed on Monday, is on its way to you now.';
  assert.deepEqual(words(long), [
    'Your last order of two hundred red chairs,',
    'which you placed on Monday, is on its way to you now.',
  ]);
  assert.deepEqual(words(`Hello there, Anna. ${long}`), ['Hello there, Anna.', long]);
  assert.deepEqual(
    piecesOf(long).map(({ pauseMs }) => pauseMs),
    [150, 350],
  );
});

test('no piece is longer than its bound, and no word is lost or made up, whatever the text', () => {
  const text = fc.array(fc.constantFrom('word', 'a', ', ', '. ', ' ', '。', 'Ä', '! ', '«', '"', '7'), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const whole = parts.join('').replace(/\s+/g, ' ').trim();
      if (!/[\p{L}\p{N}]/u.test(whole)) return;
      const pieces = piecesOf(whole);
      assert.equal(
        pieces
          .map((piece) => piece.words)
          .join('')
          .replace(/\s/g, ''),
        whole.replace(/\s/g, ''),
      );
      for (const piece of pieces) assert.ok(piece.words.length <= 400, `${piece.words.length}`);
    }),
  );
});

test('a text without any end is cut between words', () => {
  const pieces = words('word '.repeat(200).trim());
  assert.ok(pieces.length >= 4);
  assert.ok(pieces.every((piece) => piece.length <= 300 && piece.startsWith('word') && piece.endsWith('word')));
});
