import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { HEADER_BYTES, PIECE_BYTES, SEALED_PIECE_BYTES } from '../../src/recordings/piece.ts';
import { openSealed } from '../../src/recordings/sealed-file.ts';
import { sealing } from '../../src/recordings/sealing.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-sealed-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const key = randomBytes(32);
const recordingId = 'c1.r1-abc';

async function* chunks(plain: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < plain.length; at += size) yield plain.subarray(at, at + size);
}

async function sealed(plain: Buffer, chunk = 10_000, about = { key, recordingId }): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of sealing(chunks(plain, chunk), about)) parts.push(part);
  return Buffer.concat(parts);
}

let files = 0;
async function opened(
  content: Buffer,
  from = 0,
  to = Number.POSITIVE_INFINITY,
  about = { key, recordingId },
): Promise<Buffer> {
  const path = join(dir, `${++files}`);
  writeFileSync(path, content);
  const file = await openSealed(path, about);
  try {
    const parts: Buffer[] = [];
    for await (const part of file.read(from, to)) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    await file.close();
    rmSync(path);
  }
}

/** Lengths about the edges of pieces, where mistakes are made. */
const length = fc.oneof(
  fc.constantFrom(0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 3 * PIECE_BYTES + 7),
  fc.integer({ min: 0, max: 4 * PIECE_BYTES }),
);
const RUNS = { numRuns: 60 };
const broken = { code: 'recording.broken' };

test('what is sealed comes back the same, however it arrives', async () => {
  await fc.assert(
    fc.asyncProperty(length, fc.integer({ min: 1, max: 100_000 }), async (bytes, chunk) => {
      const plain = randomBytes(bytes);
      assert.ok((await opened(await sealed(plain, chunk))).equals(plain));
    }),
    RUNS,
  );
});

test('any range is the slice of the whole', async () => {
  const plain = randomBytes(3 * PIECE_BYTES + 1234);
  const content = await sealed(plain);
  await fc.assert(
    fc.asyncProperty(fc.nat(plain.length), fc.nat(plain.length + 10), async (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      assert.ok((await opened(content, from, to)).equals(plain.subarray(from, to)));
    }),
    RUNS,
  );
});

test('any cut is found, also where another part is asked for', async () => {
  const content = await sealed(randomBytes(3 * PIECE_BYTES + 500));
  const edges = [0, 1, 2].map((piece) => HEADER_BYTES + (piece + 1) * SEALED_PIECE_BYTES);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(0, HEADER_BYTES, ...edges), fc.nat(content.length - 1)),
      async (bytes) => {
        await assert.rejects(opened(content.subarray(0, bytes), 0, 10), broken);
      },
    ),
    RUNS,
  );
});

test('any flipped bit is found', async () => {
  const content = await sealed(randomBytes(2 * PIECE_BYTES + 500));
  await fc.assert(
    fc.asyncProperty(fc.nat(content.length - 1), fc.nat(7), async (at, bit) => {
      const changed = Buffer.from(content);
      changed[at]! ^= 1 << bit;
      await assert.rejects(opened(changed), broken);
    }),
    RUNS,
  );
});

test('pieces that change places are found, and so is one that is left out or put in twice', async () => {
  const content = await sealed(randomBytes(4 * PIECE_BYTES));
  const piece = (at: number): Buffer =>
    content.subarray(HEADER_BYTES + at * SEALED_PIECE_BYTES, HEADER_BYTES + (at + 1) * SEALED_PIECE_BYTES);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), async (order) => {
      fc.pre(order.join() !== '0,1,2,3');
      const changed = Buffer.concat([content.subarray(0, HEADER_BYTES), ...order.map(piece)]);
      await assert.rejects(opened(changed), broken);
    }),
    RUNS,
  );
});

test('a piece, a header or a file of another recording is found, even under the same key', async () => {
  const [one, two] = [await sealed(randomBytes(2 * PIECE_BYTES)), await sealed(randomBytes(2 * PIECE_BYTES))];
  const edge = HEADER_BYTES + SEALED_PIECE_BYTES;
  await assert.rejects(opened(Buffer.concat([one.subarray(0, edge), two.subarray(edge)])), broken);
  await assert.rejects(opened(Buffer.concat([two.subarray(0, HEADER_BYTES), one.subarray(HEADER_BYTES)])), broken);
  await assert.rejects(opened(one, 0, 10, { key, recordingId: 'c2.r1-abc' }), broken);
  await assert.rejects(opened(one, 0, 10, { key: randomBytes(32), recordingId }), broken);
});

test('what is added at the end is found', async () => {
  const content = await sealed(randomBytes(PIECE_BYTES));
  await assert.rejects(opened(Buffer.concat([content, Buffer.alloc(1)])), broken);
  await assert.rejects(opened(Buffer.concat([content, content.subarray(HEADER_BYTES)])), broken);
});

test('a range is read from its own pieces alone: damage elsewhere does no harm to it', async () => {
  const plain = randomBytes(3 * PIECE_BYTES);
  const content = await sealed(plain);
  content[HEADER_BYTES + SEALED_PIECE_BYTES + 5]! ^= 1;
  assert.ok((await opened(content, 0, PIECE_BYTES)).equals(plain.subarray(0, PIECE_BYTES)));
  await assert.rejects(opened(content, 0, PIECE_BYTES + 1), broken);
});

test('a sealed file holds nothing of what was sealed', async () => {
  const plain = Buffer.alloc(10_000, 'card 4111111111111111 ');
  const path = join(dir, 'look');
  writeFileSync(path, await sealed(plain));
  assert.equal(readFileSync(path).includes('4111'), false);
});
