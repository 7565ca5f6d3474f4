import { TELEPHONE_RATE } from '../media/frames.ts';
import { WAV_HEADER_BYTES, wavHeader } from '../media/wav-header.ts';

/** Telephone sound as a file. */
export function writeWav(samples: Int16Array): Buffer {
  const bytes = samples.length * 2;
  const file = Buffer.alloc(WAV_HEADER_BYTES + bytes);
  wavHeader(file.length, TELEPHONE_RATE).copy(file);
  for (let i = 0; i < samples.length; i++) file.writeInt16LE(samples[i]!, WAV_HEADER_BYTES + 2 * i);
  return file;
}
