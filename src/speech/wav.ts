import { PCM, WAV_HEADER_BYTES, wavHeader } from '../media/wav-header.ts';
import { ok, type Result } from '../model/failure.ts';
import { speechFailed } from './speech-failure.ts';

/** Samples of one channel, 16 bit. */
export type Sound = { readonly samples: Int16Array; readonly rate: number };

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

function tag(file: Buffer, at: number): string {
  return file.toString('latin1', at, at + 4);
}
