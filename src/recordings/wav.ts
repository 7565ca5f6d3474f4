import { RecordingFault } from './recording-fault.ts';

/** What Asterisk recorded: 16-bit samples of one channel, little-endian. */
export type Sound = {
  readonly rate: number;
  /** Null: the header does not say, because Asterisk ended before it could. */
  readonly bytes: number | null;
  readonly samples: AsyncIterable<Buffer>;
};

/** The samples begin within this; Asterisk writes 44 bytes before them. */
const HEADER_BYTES_MAX = 4096;
const RATE_MAX = 192_000;

/** Reads the head of a WAV stream and gives what follows. Throws `recording.sound_broken`. */
export async function wavSound(stream: AsyncIterable<Buffer>): Promise<Sound> {
  const chunks = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (;;) {
    const format = formatOf(head);
    if (format) {
      const { rate, begin, bytes } = format;
      return { rate, bytes, samples: rest(head.subarray(begin), chunks, bytes ?? Number.POSITIVE_INFINITY) };
    }
    const next = await chunks.next();
    if (next.done || head.length > HEADER_BYTES_MAX) throw new RecordingFault('recording.sound_broken');
    head = Buffer.concat([head, next.value]);
  }
}

type Format = { readonly rate: number; readonly begin: number; readonly bytes: number | null };

/** RIFF: chunks with a name of four letters and a length each. Undefined while more of it is needed. */
function formatOf(head: Buffer): Format | undefined {
  if (head.length < 12) return undefined;
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') throw broken();
  let rate: number | undefined;
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    const begin = at + 8;
    if (name === 'data') {
      if (rate === undefined) throw broken();
      return { rate, begin, bytes: length === 0 ? null : length - (length % 2) };
    }
    if (begin + length > head.length) return undefined;
    if (name === 'fmt ') rate = rateOf(head.subarray(begin, begin + length));
    at = begin + length + (length % 2);
  }
  return undefined;
}

function rateOf(format: Buffer): number {
  if (format.length < 16) throw broken();
  const plain = format.readUInt16LE(0) === 1 && format.readUInt16LE(2) === 1 && format.readUInt16LE(14) === 16;
  const rate = format.readUInt32LE(4);
  if (!plain || rate < 1 || rate > RATE_MAX) throw broken();
  return rate;
}

function broken(): RecordingFault {
  return new RecordingFault('recording.sound_broken');
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  try {
    for (let chunk = first; ; ) {
      const wanted = chunk.subarray(0, Math.min(chunk.length, left));
      left -= wanted.length;
      if (wanted.length > 0) yield wanted;
      if (left <= 0) return;
      const next = await chunks.next();
      if (next.done) return;
      chunk = next.value as Buffer<ArrayBuffer>;
    }
  } finally {
    await chunks.return?.();
  }
}
