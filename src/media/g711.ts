// The two laws of telephone sound, ITU-T G.711 (11/1988). A byte stands for one sample; linear samples have 16 bits, of which mu-law
// means the upper 14 and A-law the upper 13. Whatever lies from one decision value of the standard up to the next one gets the same byte.

const SIGN = 0x80;

/** Added before the segment is looked for: with it every segment of mu-law is twice as long as the one before (33 of the standard's units of 4). */
const ULAW_BIAS = 132;
/** The highest amplitude of mu-law's last segment; what is louder gets the last code. */
const ULAW_MAX = 0x7fff - ULAW_BIAS;
/** Every second bit of an A-law byte is sent turned round, so that silence has edges to keep time by. */
const ALAW_EVEN_BITS = 0x55;

const ULAW = Int16Array.from({ length: 256 }, (_, byte) => ulawSample(byte));
const ALAW = Int16Array.from({ length: 256 }, (_, byte) => alawSample(byte));

/** The linear samples of mu-law bytes. */
export function decodeUlaw(bytes: Uint8Array): Int16Array {
  return decoded(bytes, ULAW);
}

/** The mu-law bytes of linear samples. */
export function encodeUlaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = ulawByte(samples[i]!);
  return bytes;
}

/** The linear samples of A-law bytes. */
export function decodeAlaw(bytes: Uint8Array): Int16Array {
  return decoded(bytes, ALAW);
}

/** The A-law bytes of linear samples. */
export function encodeAlaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = alawByte(samples[i]!);
  return bytes;
}

function decoded(bytes: Uint8Array, table: Int16Array): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = table[bytes[i]!]!;
  return samples;
}

function ulawSample(byte: number): number {
  const code = ~byte;
  const amplitude = ((((code & 0x0f) << 3) + ULAW_BIAS) << ((code >> 4) & 7)) - ULAW_BIAS;
  return code & SIGN ? -amplitude : amplitude;
}

function ulawByte(sample: number): number {
  const biased = Math.min(Math.abs(sample), ULAW_MAX) + ULAW_BIAS;
  // The segment is the place of the highest bit, from 128 on.
  const segment = 24 - Math.clz32(biased);
  const code = (segment << 4) | ((biased >> (segment + 3)) & 0x0f);
  return ~(sample < 0 ? code | SIGN : code) & 0xff;
}

function alawSample(byte: number): number {
  const code = byte ^ ALAW_EVEN_BITS;
  const segment = (code >> 4) & 7;
  const step = ((code & 0x0f) << 4) + 8;
  const amplitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return code & SIGN ? amplitude : -amplitude;
}

function alawByte(sample: number): number {
  const amplitude = Math.min(Math.abs(sample), 0x7fff);
  // The first two segments have steps of the same size; from 512 on each is twice as long as the one before.
  const segment = Math.max(0, 24 - Math.clz32(amplitude));
  const code = (segment << 4) | ((amplitude >> Math.max(4, segment + 3)) & 0x0f);
  return (sample < 0 ? code : code | SIGN) ^ ALAW_EVEN_BITS;
}
