import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tone } from '../far-end/wav.ts';

const HZ = 1000;
const MS = 2000;
const BIAS = 0x84;
const CLIP = 32_635;

/** What a speaking caller says again and again: `speech.ulaw` in the working folder of SIPp (sipp/speaker.xml). */
export function writeSpeech(dir: string): void {
  writeFileSync(join(dir, 'speech.ulaw'), Uint8Array.from(tone(HZ, MS), uLawOf));
}

/** One sample of 16 bits as one byte (ITU-T G.711, mu-law). */
function uLawOf(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(CLIP, Math.abs(sample)) + BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}
