import { open } from 'node:fs/promises';
import { TELEPHONE_RATE } from '../media/frames.ts';
import { isSampleRate, type Resampler, resampler } from '../media/resample.ts';
import { monoOf, wavReader } from '../media/wav-reader.ts';
import { silence } from './prompt-sound.ts';

/** A part of a prompt as sound: a file without its ending `.wav`, what is being made, or silence. */
export type SequencePart =
  | { readonly file: string }
  | { readonly stream: AsyncIterable<Int16Array> }
  | { readonly silenceMs: number };

/** Bytes of a file that are read at a time: four seconds. */
const READ_BYTES = 65_536;

/** Makes a part when its turn comes near; undefined: it is left out. */
export type PartMaker = () => Promise<SequencePart | undefined>;

/**
 * Many parts as one sound without a gap, 8 kHz; what is not there yet is asked for while the part before it is heard. `offsetMs`: so
 * much of the beginning is left out; all of it where it is shorter. A file that cannot be read, or is no WAV, is left out.
 * `return` of the iterator lets go of every stream, also before anything was heard.
 */
export function sequence(
  parts: readonly (SequencePart | PartMaker)[],
  offsetMs: number,
  onTrouble: (code: string) => void,
): AsyncIterableIterator<Int16Array> {
  const sounds = soundsOf(parts, offsetMs, onTrouble);
  return {
    next: () => sounds.next(),
    async return() {
      await Promise.all(parts.map((part) => letGo(typeof part === 'function' ? undefined : part)));
      await sounds.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* soundsOf(
  parts: readonly (SequencePart | PartMaker)[],
  offsetMs: number,
  onTrouble: (code: string) => void,
): AsyncGenerator<Int16Array, void> {
  const begin = (at: number): Promise<SequencePart | undefined> | undefined => {
    const part = parts[at];
    return typeof part === 'function' ? part() : part && Promise.resolve(part);
  };
  let skip = Math.round((offsetMs * TELEPHONE_RATE) / 1_000);
  let next = begin(0);
  try {
    for (let at = 0; next; at++) {
      const part: SequencePart | undefined = await next;
      next = undefined;
      for await (const sound of part ? soundOf(part, onTrouble) : []) {
        next ??= begin(at + 1);
        if (sound.length > skip) yield sound.subarray(skip);
        skip = Math.max(0, skip - sound.length);
      }
      next ??= begin(at + 1);
    }
  } finally {
    // What was begun and will not be heard.
    await letGo(await next);
  }
}

async function letGo(part: SequencePart | undefined): Promise<void> {
  if (part && 'stream' in part) await part.stream[Symbol.asyncIterator]().return?.();
}

async function* soundOf(part: SequencePart, onTrouble: (code: string) => void): AsyncGenerator<Int16Array, void> {
  if ('silenceMs' in part) yield silence(part.silenceMs);
  else if ('stream' in part) yield* part.stream;
  else yield* fileSound(`${part.file}.wav`, onTrouble);
}

async function* fileSound(path: string, onTrouble: (code: string) => void): AsyncGenerator<Int16Array, void> {
  const wav = wavReader();
  let filter: Resampler | undefined;
  try {
    const file = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(READ_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(bytes, 0, READ_BYTES);
        const samples = bytesRead === 0 ? 'no_samples' : wav.push(bytes.subarray(0, bytesRead));
        if (typeof samples === 'string') break;
        const format = wav.format();
        if (!format || !isSampleRate(format.rate)) continue;
        filter ??= resampler(format.rate, TELEPHONE_RATE);
        yield filter.push(monoOf(samples, format.channels));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    // What was heard of it so far was heard; the prompt goes on with the next part.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  if (filter) yield filter.end();
  else onTrouble('speech.file_unreadable');
}
