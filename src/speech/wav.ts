import { ok, type Result } from '../model/failure.ts';
import { speechFailed } from './speech-failure.ts';

/** Samples of one channel, 16 bit. */
export type Sound = { readonly samples: Int16Array; readonly rate: number };

/** Bytes before the samples in every file that we write. */
export const WAV_HEADER_BYTES = 44;

const PCM = 1;

/** Reads a RIFF/WAVE file of 16-bit mono PCM. Failure: `speech.engine_failed` for any other or shortened file. */
export function readWav(file: Buffer): Result<Sound> {
  const broken = speechFailed('speech.engine_failed', { exit: 'no usable sound file' });
  if (file.length < WAV_HEADER_BYTES || tag(file, 0) !== 'RIFF' || tag(file, 8) !== 'WAVE') return broken;
  let rate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const bytes = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (body + bytes > file.length) return broken;
    if (tag(file, at) === 'fmt ' && bytes >= 16) {
      const mono16 = file.readUInt16LE(body) === PCM && file.readUInt16LE(body + 2) === 1;
      if (!mono16 || file.readUInt16LE(body + 14) !== 16) return broken;
      rate = file.readUInt32LE(body + 4);
    }
    if (tag(file, at) === 'data') {
      if (rate === 0) return broken;
      const samples = new Int16Array(bytes >> 1);
      for (let i = 0; i < samples.length; i++) samples[i] = file.readInt16LE(body + 2 * i);
      return ok({ samples, rate });
    }
    at = body + bytes + (bytes & 1);
  }
  return broken;
}

export function writeWav(sound: Sound): Buffer {
  const bytes = sound.samples.length * 2;
  const file = Buffer.alloc(WAV_HEADER_BYTES + bytes);
  wavHeader(file.length, sound.rate).copy(file);
  for (let i = 0; i < sound.samples.length; i++) file.writeInt16LE(sound.samples[i]!, WAV_HEADER_BYTES + 2 * i);
  return file;
}

/** The header of a file of `fileBytes` as `writeWav` makes it; a cached file must begin with exactly this. */
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

function tag(file: Buffer, at: number): string {
  return file.toString('latin1', at, at + 4);
}
