import type { RecordedSound } from '../channel.ts';
import type { AriClient } from './ari/client.ts';

/** Asterisk's format_wav: 44 bytes of head, then 16 bits a sample, 8000 samples a second. */
const WAV_HEAD_BYTES = 44;
const WAV_BYTES_PER_MS = 16;

/** What Asterisk recorded and still holds, over ARI. */
export function recordedSound(ari: AriClient): RecordedSound {
  return {
    storedFile: (name) => ari.openStored(name),
    async deleteStored(recordingName) {
      await ari.request('recordings.deleteStored', { recordingName });
    },
    async listStored() {
      const stored = await ari.request('recordings.listStored', {});
      return stored.map(({ name }) => name);
    },
  };
}

/** How long a stored file plays. Rejects with AriError. */
export async function soundLengthMs(ari: AriClient, recordingName: string): Promise<number> {
  const { bytes, stream } = await ari.openStored(recordingName);
  stream.destroy();
  return Math.max(0, Math.round((bytes - WAV_HEAD_BYTES) / WAV_BYTES_PER_MS));
}
