import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMessages, messageMs, samplesOf } from '../../../../src/channels/voice/sound/sound-bytes.ts';

/** chan_websocket ends the call for a longer one. */
const MESSAGE_BYTES_MAX = 65_500;
const FRAME_BYTES = 320;

test('sound in pieces of any size goes out in messages of whole frames, with nothing lost and only silence added', () => {
  // The sound is as long as its number says: what counts is where the pieces end.
  const piece = fc.integer({ min: 0, max: 20_000 }).map((length) => new Int16Array(length).fill(length));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const messages = createMessages();
      const sent = [...pieces.flatMap((one) => messages.add(one)), ...messages.end()];
      for (const { length } of sent) assert.ok(length > 0 && length <= MESSAGE_BYTES_MAX && length % FRAME_BYTES === 0);
      const wanted = Buffer.concat(pieces.map((one) => new Uint8Array(one.buffer)));
      const heard = Buffer.concat(sent);
      const added = heard.subarray(wanted.length);
      assert.ok(heard.subarray(0, wanted.length).equals(wanted));
      assert.ok(added.length < FRAME_BYTES && added.every((byte) => byte === 0));
      const ms = sent.reduce((sum, one) => sum + messageMs(one), 0);
      assert.equal(ms, heard.length / 16);
      assert.deepEqual(messages.end(), []);
    }),
    { numRuns: 60 },
  );
});

test('samples are a copy of the bytes, little-endian, wherever these begin in whatever memory', () => {
  const bytes = [9, 0x34, 0x12, 0xff, 0xff, 7];
  for (const memory of [Uint8Array.from(bytes), Buffer.from(bytes)]) {
    const samples = samplesOf(memory.subarray(1, 6));
    memory.fill(0);
    assert.deepEqual([...samples], [0x1234, -1]);
  }
});
