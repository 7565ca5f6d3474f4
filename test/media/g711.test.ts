import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from '../../src/media/g711.ts';

// The tables of ITU-T G.711 as they are written there: for each segment its first decision value and the size of its steps. The
// decision values of mu-law have 14 bits and those of A-law 13, sign included; a 16-bit sample is 4 and 8 times as large.

const ULAW_SEGMENTS: readonly (readonly [number, number])[] = [
  [31, 4],
  [95, 8],
  [223, 16],
  [479, 32],
  [991, 64],
  [2_015, 128],
  [4_063, 256],
];
const ALAW_SEGMENTS: readonly (readonly [number, number])[] = [
  [64, 4],
  [128, 8],
  [256, 16],
  [512, 32],
  [1_024, 64],
  [2_048, 128],
];

type Law = { readonly decisions: readonly number[]; readonly outputs: readonly number[]; readonly unit: number };

/** Table 2a: the first interval is 0 to 1, then fifteen of 2, then sixteen in each segment; 128 in all. */
function ulaw(): Law {
  const decisions = [0, ...Array.from({ length: 16 }, (_, i) => 2 * i + 1)];
  for (const [first, step] of ULAW_SEGMENTS) for (let i = 1; i <= 16; i++) decisions.push(first + i * step);
  const outputs = decisions.slice(0, -1).map((from, n) => (n === 0 ? 0 : (from + decisions[n + 1]!) / 2));
  return { decisions, outputs, unit: 4 };
}

/** Table 1a: 32 intervals of 2, then sixteen in each segment; 128 in all. */
function alaw(): Law {
  const decisions = Array.from({ length: 33 }, (_, i) => 2 * i);
  for (const [first, step] of ALAW_SEGMENTS) for (let i = 1; i <= 16; i++) decisions.push(first + i * step);
  const outputs = decisions.slice(0, -1).map((from, n) => (from + decisions[n + 1]!) / 2);
  return { decisions, outputs, unit: 8 };
}

/** In which interval an amplitude lies: from one decision value up to the next; what is above the last belongs to the last. */
function intervalOf({ decisions, unit }: Law, amplitude: number): number {
  let n = 0;
  while (n < 127 && amplitude >= decisions[n + 1]! * unit) n += 1;
  return n;
}

const SAMPLES = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
const BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);

test('mu-law: each of the 65,536 samples gets the byte of its interval in table 2a', () => {
  const law = ulaw();
  assert.equal(law.decisions.length, 129);
  assert.equal(law.decisions.at(-1), 8_159);
  const bytes = encodeUlaw(SAMPLES);
  SAMPLES.forEach((sample, i) => {
    // "11111111" is the smallest positive interval; the sign is the first bit, 1 for positive.
    const code = (sample < 0 ? 127 : 255) - intervalOf(law, Math.abs(sample));
    if (bytes[i] !== code) assert.equal(bytes[i], code, `sample ${sample}`);
  });
});

test('A-law: each of the 65,536 samples gets the byte of its interval in table 1a, even bits turned round', () => {
  const law = alaw();
  assert.equal(law.decisions.length, 129);
  assert.equal(law.decisions.at(-1), 4_096);
  const bytes = encodeAlaw(SAMPLES);
  SAMPLES.forEach((sample, i) => {
    const code = (intervalOf(law, Math.abs(sample)) | (sample < 0 ? 0 : 0x80)) ^ 0x55;
    if (bytes[i] !== code) assert.equal(bytes[i], code, `sample ${sample}`);
  });
});

test('mu-law: all 256 bytes have the output value of their interval', () => {
  const { outputs, unit } = ulaw();
  const samples = decodeUlaw(BYTES);
  BYTES.forEach((byte) => {
    const value = byte >= 128 ? outputs[255 - byte]! * unit : -outputs[127 - byte]! * unit;
    assert.equal(samples[byte], value === 0 ? 0 : value, `byte ${byte}`);
  });
  assert.equal(Math.max(...samples), 8_031 * 4);
});

test('A-law: all 256 bytes have the output value of their interval', () => {
  const { outputs, unit } = alaw();
  const samples = decodeAlaw(BYTES);
  BYTES.forEach((byte) => {
    const code = byte ^ 0x55;
    assert.equal(samples[byte], (code & 0x80 ? 1 : -1) * outputs[code & 0x7f]! * unit, `byte ${byte}`);
  });
  assert.equal(Math.max(...samples), 4_032 * 8);
});

test('what was decoded is encoded to the same byte again; only mu-law has two zeros', () => {
  assert.deepEqual(encodeAlaw(decodeAlaw(BYTES)), BYTES);
  const again = encodeUlaw(decodeUlaw(BYTES));
  assert.deepEqual(
    [...BYTES].filter((byte) => again[byte] !== byte),
    [0x7f],
  );
  assert.equal(again[0x7f], 0xff);
});
