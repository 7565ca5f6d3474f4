import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KEY_BYTES, TAG_BYTES } from './piece.ts';
import { RecordingFault } from './recording-fault.ts';

/** A recording's own key, encrypted under a key of the ring: all that is kept of it. */
export type WrappedKey = { readonly keyId: string; readonly wrapped: Buffer };

/** Whose keys are kept apart: talks of agents, and messages that customers left. */
export const PURPOSES = ['talk', 'message'] as const;
export type Purpose = (typeof PURPOSES)[number];

export type RingKey = { readonly id: string; readonly key: Buffer };

/** Keys under which the recordings' own keys are encrypted. They lie beside the other secrets, never in the database. */
export type KeyRing = {
  /** The key for new recordings. */
  current(purpose: Purpose): RingKey;
  find(keyId: string): RingKey | undefined;
  /** Makes a new current key of each purpose, on disk when it resolves. */
  renew(): Promise<void>;
  /** The keys of the ring that are not current ones. */
  old(): readonly string[];
  /** Removes old keys; a current one stays. */
  forget(keyIds: readonly string[]): Promise<void>;
};

const NONCE_BYTES = 12;

export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** AES-256-GCM with a random nonce; the key's id and the recording's are authenticated with it. */
export function wrapKey(dataKey: Buffer, { id, key }: RingKey, recordingId: string): WrappedKey {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bound(id, recordingId));
  return { keyId: id, wrapped: Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]) };
}

/** Throws `recording.key_missing` when the ring has no such key, `recording.broken` when it was wrapped otherwise. */
export function unwrapKey({ keyId, wrapped }: WrappedKey, ring: Pick<KeyRing, 'find'>, recordingId: string): Buffer {
  const found = ring.find(keyId);
  if (!found) throw new RecordingFault('recording.key_missing', keyId);
  try {
    const decipher = createDecipheriv('aes-256-gcm', found.key, wrapped.subarray(0, NONCE_BYTES));
    decipher.setAAD(bound(keyId, recordingId));
    decipher.setAuthTag(wrapped.subarray(wrapped.length - TAG_BYTES));
    const key = decipher.update(wrapped.subarray(NONCE_BYTES, wrapped.length - TAG_BYTES));
    decipher.final();
    return key;
  } catch {
    throw new RecordingFault('recording.broken');
  }
}

function bound(keyId: string, recordingId: string): Buffer {
  return Buffer.from(JSON.stringify([keyId, recordingId]), 'utf8');
}
