import type { RecordedSound } from '../../channels/channel.ts';
import type { SoundSource } from '../../recordings/keep.ts';

/** What the door to the telephone holds of recordings, as the vault fetches it. */
export function soundSource(door: () => RecordedSound): SoundSource {
  return {
    async read(file) {
      try {
        return (await door().storedFile(file)).stream;
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
    async remove(file) {
      try {
        await door().deleteStored(file);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

function isGone(error: unknown): boolean {
  return (error as { code?: string }).code === 'ari.not_found';
}
