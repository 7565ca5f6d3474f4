import { wavHead } from '../media/wav-head.ts';
import { RecordingFault } from './recording-fault.ts';

/** What Asterisk recorded: 16-bit samples of one channel, little-endian. */
export type Sound = {
  readonly rate: number;
  /** Null: the header does not say, because Asterisk ended before it could. */
  readonly bytes: number | null;
  readonly samples: AsyncIterable<Buffer>;
};

/** Reads the head of a WAV stream and gives what follows. Throws `recording.sound_broken`. */
export async function wavSound(stream: AsyncIterable<Buffer>): Promise<Sound> {
  const chunks = stream[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  for (;;) {
    const head = wavHead(start);
    if (typeof head === 'string') throw broken();
    if (head) {
      const { format, begin, bytes } = head;
      if (format.coding !== 'pcm16' || format.channels !== 1) throw broken();
      const samples = rest(start.subarray(begin), chunks, bytes ?? Number.POSITIVE_INFINITY);
      return { rate: format.rate, bytes, samples };
    }
    const next = await chunks.next();
    if (next.done) throw broken();
    start = Buffer.concat([start, next.value]);
  }
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
