/** Bytes before the samples in every WAV file that we write. */
export const WAV_HEADER_BYTES = 44;

/** The format number of linear samples (RIFF, WAVE_FORMAT_PCM). */
export const PCM = 1;

/** The header of a file of `fileBytes`, this header included, with 16-bit samples of one channel at `rate` a second. */
export function wavHeader(fileBytes: number, rate: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(fileBytes - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(fileBytes - WAV_HEADER_BYTES, 40);
  return header;
}
