import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeAlaw, encodeUlaw } from '../../src/media/g711.ts';
import type { WavCoding, WavFault, WavFormat } from '../../src/media/wav-head.ts';
import { wavHeader } from '../../src/media/wav-header.ts';
import { monoOf, wavReader } from '../../src/media/wav-reader.ts';

const NUMBERS: Readonly<Record<WavCoding, number>> = { pcm8: 1, pcm16: 1, alaw: 6, ulaw: 7 };

type Written = WavFormat & {
  readonly samples: Int16Array;
  /** Instead of the true length. */
  readonly length?: number;
  readonly extensible?: boolean;
  /** A chunk before the samples that is none of ours. */
  readonly extra?: number;
};

function bytesFor(coding: WavCoding, samples: Int16Array): Uint8Array {
  if (coding === 'alaw') return encodeAlaw(samples);
  if (coding === 'ulaw') return encodeUlaw(samples);
  if (coding === 'pcm8') return Uint8Array.from(samples, (sample) => (sample >> 8) + 128);
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => void bytes.writeInt16LE(sample, 2 * i));
  return bytes;
}

function wav({ coding, rate, channels, samples, length, extensible = false, extra = 0 }: Written): Buffer {
  const data = bytesFor(coding, samples);
  const bits = coding === 'pcm16' ? 16 : 8;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : NUMBERS[coding], 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(NUMBERS[coding], 24);
  return Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'),
    chunk('fmt ', format),
    ...(extra > 0 ? [chunk('LIST', Buffer.alloc(extra))] : []),
    chunk('data', data, length),
  ]);
}

function chunk(name: string, body: Uint8Array, length = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

type Read = { samples: number[]; format: WavFormat | null; fault: WavFault | null };

function read(file: Uint8Array, sizes: readonly number[] = []): Read {
  const reader = wavReader();
  const samples: number[] = [];
  let at = 0;
  for (const size of [...sizes, file.length]) {
    const some = reader.push(file.subarray(at, at + size));
    at += size;
    if (typeof some === 'string') return { samples, format: reader.format(), fault: some };
    samples.push(...some);
  }
  return { samples, format: reader.format(), fault: reader.fault() };
}

const format = fc.record({
  coding: fc.constantFrom<WavCoding>('pcm8', 'pcm16', 'alaw', 'ulaw'),
  rate: fc.constantFrom(8_000, 22_050, 48_000),
  channels: fc.constantFrom<1 | 2>(1, 2),
  extensible: fc.boolean(),
  extra: fc.integer({ min: 0, max: 301 }),
});
const sound = fc.int16Array({ maxLength: 600 }).map((samples) => samples.subarray(0, samples.length & ~1));

test('each format is read, and however the file is cut the samples are the same', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 40 });
  fc.assert(
    fc.property(format, sound, sizes, (how, samples, cut) => {
      const file = wav({ ...how, samples });
      const { coding, rate, channels } = how;
      const whole = read(file);
      assert.deepEqual(whole.format, { coding, rate, channels });
      assert.equal(whole.fault, null);
      assert.equal(whole.samples.length, samples.length);
      // What is written again of what was read are the same bytes.
      assert.deepEqual(
        Buffer.from(bytesFor(coding, Int16Array.from(whole.samples))),
        Buffer.from(bytesFor(coding, samples)).map((byte) => (coding === 'ulaw' && byte === 0x7f ? 0xff : byte)),
      );
      assert.deepEqual(read(file, cut), whole);
    }),
  );
});

test('a length that nobody could know when it was written means: until the file ends', () => {
  const samples = Int16Array.from({ length: 101 }, (_, i) => i * 100);
  for (const length of [0, 0x7fff_f000, 0x7fff_ffff, 0xffff_ffff]) {
    const file = wav({ coding: 'pcm16', rate: 22_050, channels: 1, samples, length });
    const { samples: heard, fault } = read(file, [50, 1, 1]);
    assert.deepEqual([heard, fault], [[...samples], null]);
  }
});

test('what stands behind the samples is not read as samples', () => {
  const samples = Int16Array.of(1, 2, 3);
  const file = wav({ coding: 'pcm16', rate: 8_000, channels: 1, samples });
  assert.deepEqual(read(Buffer.concat([file, chunk('LIST', Buffer.alloc(99, 'x'))])).samples, [1, 2, 3]);
});

test('a file of fewer samples than it tells of gives what there is, and tells that it was cut short', () => {
  const samples = Int16Array.from({ length: 100 }, (_, i) => i);
  const file = wav({ coding: 'pcm16', rate: 8_000, channels: 1, samples });
  const { samples: heard, fault } = read(file.subarray(0, file.length - 3));
  assert.deepEqual([heard.length, fault], [98, 'cut_short']);
});

test('each thing that is no WAV of ours is told for what it is', () => {
  const samples = new Int16Array(10);
  const good: Written = { coding: 'pcm16', rate: 8_000, channels: 1, samples };
  const changed = (at: number, value: number): Buffer => {
    const file = wav(good);
    file.writeUInt16LE(value, at);
    return file;
  };
  const withoutFormat = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), chunk('data', new Uint8Array(20))]);
  const cases: readonly (readonly [Uint8Array, WavFault])[] = [
    [Buffer.from('<html>Service unavailable</html>'), 'not_wav'],
    [changed(20, 3), 'unknown_format'],
    [changed(22, 0), 'unknown_format'],
    [changed(22, 6), 'unknown_format'],
    [changed(34, 24), 'unknown_format'],
    [changed(24, 0), 'unknown_format'],
    [withoutFormat, 'unknown_format'],
    [wav({ ...good, extra: 5_000 }), 'head_too_long'],
    [new Uint8Array(0), 'no_samples'],
    [wav(good).subarray(0, 30), 'no_samples'],
  ];
  for (const [file, fault] of cases) {
    assert.equal(read(file).fault, fault);
    assert.equal(read(file, [1, 2, 3, 20]).fault, fault);
  }
});

test('no bytes whatever make the reader throw, or give samples after a fault', () => {
  const start = Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, fc.boolean(), (noise, begun) => {
      const reader = wavReader();
      const file = begun ? Buffer.concat([start, noise]) : noise;
      const first = reader.push(file);
      if (typeof first === 'string') assert.equal(reader.push(file), first);
    }),
  );
});

test('the header that we write is read by ourselves', () => {
  const file = Buffer.concat([wavHeader(44 + 4, 8_000), Buffer.from([1, 0, 2, 0])]);
  assert.deepEqual(read(file), { samples: [1, 2], format: { coding: 'pcm16', rate: 8_000, channels: 1 }, fault: null });
});

test('two channels become one by their mean, without overflow', () => {
  assert.deepEqual(
    monoOf(Int16Array.of(100, 200, -32_768, -32_768, 32_767, 32_767), 2),
    Int16Array.of(150, -32_768, 32_767),
  );
  assert.deepEqual(monoOf(Int16Array.of(1, 2), 1), Int16Array.of(1, 2));
});
