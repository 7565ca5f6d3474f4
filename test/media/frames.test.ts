import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FRAME_SAMPLES, framer } from '../../src/media/frames.ts';

const sound = fc.int16Array({ maxLength: 2_000 });
const cuts = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 });

/** A sound in pieces of these sizes, and the rest of it in one. */
function* pieces(samples: Int16Array, sizes: readonly number[]): Generator<Int16Array> {
  let at = 0;
  for (const size of sizes) {
    yield samples.subarray(at, at + size);
    at += size;
  }
  yield samples.subarray(at);
}

test('however a sound comes, its frames are the same and nothing is lost', () => {
  fc.assert(
    fc.property(sound, cuts, fc.integer({ min: 1, max: 500 }), (samples, sizes, frameSamples) => {
      const cutter = framer(frameSamples);
      const frames = [...pieces(samples, sizes)].flatMap((piece) => cutter.push(piece));
      const rest = cutter.rest();
      assert.ok(frames.every((frame) => frame.length === frameSamples));
      assert.equal(frames.length, Math.floor(samples.length / frameSamples));
      assert.equal(rest === null, samples.length % frameSamples === 0);
      const all = [...frames, ...(rest ? [rest] : [])].flatMap((frame) => [...frame]);
      assert.deepEqual(all.slice(0, samples.length), [...samples]);
      assert.ok(all.slice(samples.length).every((sample) => sample === 0));
      assert.equal(cutter.rest(), null);
    }),
  );
});

test('a frame is a copy: the piece it came from may be used again', () => {
  const piece = new Int16Array(FRAME_SAMPLES).fill(7);
  const [frame] = framer().push(piece);
  piece.fill(0);
  assert.deepEqual(frame, new Int16Array(FRAME_SAMPLES).fill(7));
});
