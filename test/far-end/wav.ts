import { TELEPHONE_RATE } from '../../src/media/frames.ts';

const HEADER_BYTES = 44;
const LOUDNESS = 8_000;

/** A sine tone as 16-bit samples. */
export function tone(hz: number, lengthMs: number): Int16Array {
  const samples = Math.round((lengthMs * TELEPHONE_RATE) / 1_000);
  return Int16Array.from({ length: samples }, (_, at) =>
    Math.round(LOUDNESS * Math.sin((2 * Math.PI * hz * at) / TELEPHONE_RATE)),
  );
}

/** A WAV file (RIFF, PCM, mono, 16 bit, 8 kHz) as Asterisk's format_wav reads and writes it. */
export function writeWav(pcm: Int16Array): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + pcm.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(TELEPHONE_RATE, 24);
  file.writeUInt32LE(TELEPHONE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(pcm.length * 2, 40);
  pcm.forEach((sample, at) => {
    file.writeInt16LE(sample, HEADER_BYTES + at * 2);
  });
  return file;
}

/** The samples of such a file. Throws when it is no WAV file with this plain header. */
export function readWav(file: Buffer): Int16Array {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 36, 40) !== 'data') {
    throw new Error('This is not a WAV file with a plain header.');
  }
  const samples = Math.floor((file.length - HEADER_BYTES) / 2);
  return Int16Array.from({ length: samples }, (_, at) => file.readInt16LE(HEADER_BYTES + at * 2));
}
