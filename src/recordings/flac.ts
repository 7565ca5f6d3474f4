import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RecordingFault } from './recording-fault.ts';

/** How long the program may take for one recording; an hour of a call takes it some seconds. */
export const FLAC_MS_MAX = 10 * 60_000;
/** Calls come first. */
const NICENESS = 10;

export type Pcm = {
  readonly rate: number;
  readonly channels: 1 | 2;
  /** Of all samples, so that the length stands in the header; null: not known. */
  readonly bytes: number | null;
};

/** Compresses 16-bit samples to FLAC (RFC 9639) by Debian's program. Throws `recording.encoder_missing`, `_failed` or `_slow`. */
export function encoded(samples: AsyncIterable<Buffer>, { rate, channels, bytes }: Pcm): AsyncGenerator<Buffer> {
  const format = ['--force-raw-format', '--endian=little', '--sign=signed', '--bps=16'];
  const size = bytes === null ? [] : [`--input-size=${bytes}`];
  const shape = [`--channels=${channels}`, `--sample-rate=${rate}`, ...size];
  return throughFlac(samples, ['--stdout', '--no-seektable', ...format, ...shape, '-']);
}

/** Decompresses FLAC to a WAV file's bytes. Faults as above. */
export function decoded(flac: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  return throughFlac(flac, ['--decode', '--stdout', '-']);
}

async function* throughFlac(input: AsyncIterable<Buffer>, args: readonly string[]): AsyncGenerator<Buffer> {
  const child = spawn('nice', ['-n', String(NICENESS), 'flac', '--totally-silent', ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let fault: Error | undefined;
  const stop = (error: Error): void => {
    fault ??= error;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(new RecordingFault('recording.encoder_slow')), FLAC_MS_MAX);
  const exit = exitOf(child);
  const fed = pipeline(Readable.from(input), child.stdin!).catch((error: NodeJS.ErrnoException) => {
    // A program that ends early closes the pipe; its exit code tells the story.
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') stop(error);
  });
  try {
    for await (const chunk of child.stdout!) yield chunk as Buffer;
    const [status] = await Promise.all([exit, fed]);
    if (fault) throw fault;
    if (status === 127) throw new RecordingFault('recording.encoder_missing');
    if (status !== 0) throw new RecordingFault('recording.encoder_failed', String(status));
  } finally {
    clearTimeout(timer);
    // Whoever reads no further has no use for the program.
    child.kill('SIGKILL');
    await Promise.all([exit, fed]);
  }
}

/** Resolves with the exit code, 127 where `nice` itself cannot be started, and the signal's name for a killed one. */
async function exitOf(child: ChildProcess): Promise<number | string> {
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return code ?? signal ?? 'unknown';
  } catch {
    return 127;
  }
}
