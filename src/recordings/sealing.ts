import { randomBytes } from 'node:crypto';
import { headerWith, PIECE_BYTES, type Seal, sealPiece } from './piece.ts';

const PREFIX_RANDOM_BYTES = 7;

/** Encrypts a stream piece by piece, for a key that is used for this recording and nothing else. */
export async function* sealing(
  plain: AsyncIterable<Buffer>,
  { key, recordingId }: Pick<Seal, 'key' | 'recordingId'>,
): AsyncGenerator<Buffer> {
  const seal: Seal = { key, recordingId, header: headerWith(randomBytes(PREFIX_RANDOM_BYTES)) };
  yield seal.header;
  let at = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of plain) {
    held.push(chunk);
    heldBytes += chunk.length;
    // The last piece says that it is: it can be sealed only when nothing more has come.
    if (heldBytes <= PIECE_BYTES) continue;
    let whole = Buffer.concat(held);
    for (; whole.length > PIECE_BYTES; whole = whole.subarray(PIECE_BYTES)) {
      yield sealPiece(seal, at++, false, whole.subarray(0, PIECE_BYTES));
    }
    held = [whole];
    heldBytes = whole.length;
  }
  yield sealPiece(seal, at, true, Buffer.concat(held));
}
