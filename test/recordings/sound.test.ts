import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decoded, encoded } from '../../src/recordings/flac.ts';
import { interleaved } from '../../src/recordings/stereo.ts';
import { wavSound } from '../../src/recordings/wav.ts';
import { tone, writeWav } from '../far-end/wav.ts';

async function* pieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const sound = fc.uint8Array({ maxLength: 60_000 }).map((bytes) => Buffer.from(bytes.subarray(0, bytes.length & ~1)));

test('two sides are woven sample by sample, and the shorter one goes on as silence', async () => {
  await fc.assert(
    fc.asyncProperty(sound, sound, fc.integer({ min: 1, max: 20_000 }), async (left, right, size) => {
      const both = await all(interleaved(pieces(left, size), pieces(right, size + 1)));
      const frames = Math.max(left.length, right.length) / 2;
      assert.equal(both.length, frames * 4);
      for (let at = 0; at < frames; at++) {
        assert.equal(both.readInt16LE(at * 4), at * 2 < left.length ? left.readInt16LE(at * 2) : 0);
        assert.equal(both.readInt16LE(at * 4 + 2), at * 2 < right.length ? right.readInt16LE(at * 2) : 0);
      }
    }),
    { numRuns: 25 },
  );
});

test('a WAV file is read however it arrives', async () => {
  const wav = writeWav(tone(440, 500));
  for (const size of [1, 7, 44, 45, 100_000]) {
    const { rate, bytes, samples } = await wavSound(pieces(wav, size));
    assert.deepEqual([rate, bytes], [8000, 8000]);
    assert.ok((await all(samples)).equals(wav.subarray(44)));
  }
});

test('a WAV file whose length was never written is read to its end', async () => {
  const wav = writeWav(tone(440, 500));
  wav.writeUInt32LE(0, 40);
  const { bytes, samples } = await wavSound(pieces(wav, 1000));
  assert.equal(bytes, null);
  assert.equal((await all(samples)).length, 8000);
});

test('what is no plain WAV is refused', async () => {
  const stereo = writeWav(tone(440, 100));
  stereo.writeUInt16LE(2, 22);
  for (const content of [Buffer.alloc(0), Buffer.from('RIFF'), Buffer.alloc(9000, 'x'), stereo]) {
    await assert.rejects(async () => wavSound(pieces(content, 1000)), { code: 'recording.sound_broken' });
  }
});

test('FLAC gives back every sample, and its header says how many there are', async () => {
  const wav = writeWav(tone(440, 3000));
  const samples = wav.subarray(44);
  const flac = await all(encoded(pieces(samples, 5000), { rate: 8000, channels: 1, bytes: samples.length }));
  assert.ok(flac.length < samples.length);
  // STREAMINFO (RFC 9639, 8.2): the number of samples is in the lower 36 bits of the 8 bytes from byte 10 on.
  assert.equal(flac.readBigUInt64BE(4 + 4 + 10) & 0xfffffffffn, BigInt(samples.length / 2));
  const back = await wavSound(decoded(pieces(flac, 3000)));
  assert.ok((await all(back.samples)).equals(samples));
});

test('what is no FLAC is told, and so is input that breaks off', async () => {
  await assert.rejects(all(decoded(pieces(Buffer.alloc(5000, 'x'), 1000))), { code: 'recording.encoder_failed' });
  async function* breaks(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(1000);
    throw new Error('the source is gone');
  }
  await assert.rejects(all(encoded(breaks(), { rate: 8000, channels: 1, bytes: null })), /the source is gone/);
});

test('who reads no further leaves no program behind', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(8192);
  }
  for await (const chunk of encoded(endless(), { rate: 8000, channels: 1, bytes: null })) {
    assert.ok(chunk.length > 0);
    break;
  }
});
