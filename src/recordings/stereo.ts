/** How much of each side is taken at once. */
const SIDE_BYTES = 16 * 1024;
const SAMPLE_BYTES = 2;

/** Sample by sample the left side, then the right one. The shorter one goes on as silence; both begin together. */
export async function* interleaved(left: AsyncIterable<Buffer>, right: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const sides = [takerOf(left), takerOf(right)] as const;
  try {
    for (;;) {
      const [a, b] = await Promise.all([sides[0].take(), sides[1].take()]);
      const bytes = Math.max(a.length, b.length);
      if (bytes === 0) return;
      yield woven(a, b, bytes);
    }
  } finally {
    await Promise.all(sides.map((side) => side.end()));
  }
}

function woven(a: Buffer, b: Buffer, bytes: number): Buffer {
  // Where a side has ended its half stays zero, which is silence.
  const both = Buffer.alloc(bytes * 2);
  for (let at = 0; at < bytes; at += SAMPLE_BYTES) {
    if (at + 1 < a.length) both.writeInt16LE(a.readInt16LE(at), at * 2);
    if (at + 1 < b.length) both.writeInt16LE(b.readInt16LE(at), at * 2 + SAMPLE_BYTES);
  }
  return both;
}

type Taker = {
  /** SIDE_BYTES, or less at the end; then nothing. */
  take(): Promise<Buffer>;
  end(): Promise<void>;
};

function takerOf(source: AsyncIterable<Buffer>): Taker {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let heldBytes = 0;
  let over = false;
  return {
    async take() {
      while (heldBytes < SIDE_BYTES && !over) {
        const next = await chunks.next();
        if (next.done) over = true;
        else {
          held.push(next.value);
          heldBytes += next.value.length;
        }
      }
      const whole = Buffer.concat(held);
      held = [whole.subarray(SIDE_BYTES)];
      heldBytes = Math.max(0, whole.length - SIDE_BYTES);
      return whole.subarray(0, SIDE_BYTES);
    },
    async end() {
      await chunks.return?.();
    },
  };
}
