import { createCipheriv, createDecipheriv } from 'node:crypto';
import { RecordingFault } from './recording-fault.ts';

/**
 * The sealed form of a recording: a header, then pieces of 64 KiB, each encrypted by AES-256-GCM with a nonce of its own and
 * followed by its tag. The nonce holds the number of the piece and whether it is the last one (STREAM of Hoang, Reyhanitabar,
 * Rogaway and Vizar, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015, section 7): so a
 * piece that was changed, left out, put elsewhere or taken from another recording is found, and so is a file that was cut.
 * Header and the recording's id are authenticated with every piece.
 *
 *     8 bytes "STRWREC1" | 4 bytes: bytes of a piece | 7 bytes: prefix of the nonces | pieces, each with 16 bytes of tag
 */
export const PIECE_BYTES = 64 * 1024;
export const TAG_BYTES = 16;
export const SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES;
export const KEY_BYTES = 32;
const MAGIC = Buffer.from('STRWREC1', 'latin1');
const PREFIX_BYTES = 7;
export const HEADER_BYTES = MAGIC.length + 4 + PREFIX_BYTES;
/** The counter has 32 bits: 256 TiB. */
const PIECES_MAX = 2 ** 32;

/** What one recording's pieces are sealed with. */
export type Seal = { readonly key: Buffer; readonly header: Buffer; readonly recordingId: string };

/** @param prefix 7 random bytes; the key is used for one recording only, so this is a second guard. */
export function headerWith(prefix: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(PIECE_BYTES);
  return Buffer.concat([MAGIC, size, prefix.subarray(0, PREFIX_BYTES)]);
}

/** Throws `recording.broken` for what is no header of ours. */
export function checkHeader(header: Buffer): void {
  const known = header.length === HEADER_BYTES && header.subarray(0, MAGIC.length).equals(MAGIC);
  if (!known || header.readUInt32BE(MAGIC.length) !== PIECE_BYTES) throw new RecordingFault('recording.broken');
}

export function sealPiece(seal: Seal, at: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', seal.key, nonce(seal.header, at, last));
  cipher.setAAD(authenticated(seal));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `recording.broken` when the piece is not the one that was sealed in this place. */
export function openPiece(seal: Seal, at: number, last: boolean, sealed: Buffer): Buffer {
  if (sealed.length < TAG_BYTES) throw new RecordingFault('recording.broken');
  const decipher = createDecipheriv('aes-256-gcm', seal.key, nonce(seal.header, at, last));
  decipher.setAAD(authenticated(seal));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    throw new RecordingFault('recording.broken');
  }
  return plain;
}

function nonce(header: Buffer, at: number, last: boolean): Buffer {
  if (at >= PIECES_MAX) throw new RecordingFault('recording.broken');
  const bytes = Buffer.alloc(12);
  header.copy(bytes, 0, HEADER_BYTES - PREFIX_BYTES);
  bytes.writeUInt32BE(at, PREFIX_BYTES);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function authenticated({ header, recordingId }: Seal): Buffer {
  return Buffer.concat([header, Buffer.from(recordingId, 'utf8')]);
}
