import { PCM } from './wav-header.ts';

/** How the samples of a WAV file are written. */
export type WavCoding = 'pcm8' | 'pcm16' | 'alaw' | 'ulaw';

export type WavFormat = {
  readonly coding: WavCoding;
  /** Samples a second of each channel. */
  readonly rate: number;
  /** Samples of two channels stand alternately. */
  readonly channels: 1 | 2;
};

export type WavHead = {
  readonly format: WavFormat;
  /** Where the samples begin, in bytes from the start of the file. */
  readonly begin: number;
  /** Their length; null: the head does not say, and they go on to the end of the file. */
  readonly bytes: number | null;
};

/**
 * Why a file is not read: it is no WAV file, its samples are written otherwise than we know, they do not begin within 4096 bytes, it
 * ended before them, or before as many as its head tells of.
 */
export type WavFault = 'not_wav' | 'unknown_format' | 'head_too_long' | 'no_samples' | 'cut_short';

/** Samples begin within this. The usual head has 44 bytes. */
const HEAD_BYTES_MAX = 4_096;
const RATE_MAX = 192_000;

/** Whoever writes to a pipe cannot go back to fill in the length: espeak-ng and sox say about 2 GiB, ffmpeg 4 GiB, and Asterisk 0 until it has finished. */
const LENGTH_UNKNOWN_MIN = 0x7fff_f000;

/** Numbers of formats (RFC 2361); in the extensible form the number stands further behind. */
const ALAW = 6;
const ULAW = 7;
const EXTENSIBLE = 0xfffe;

/** Reads the head of a WAV file (RIFF: chunks with a name of four letters and a length each). Null: more of the file is needed. */
export function wavHead(file: Uint8Array): WavHead | WavFault | null {
  if (file.length < 12) return null;
  if (nameAt(file, 0) !== 'RIFF' || nameAt(file, 8) !== 'WAVE') return 'not_wav';
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let format: WavFormat | undefined;
  for (let at = 12; ; ) {
    const begin = at + 8;
    if (begin > HEAD_BYTES_MAX) return 'head_too_long';
    if (begin > file.length) return null;
    const name = nameAt(file, at);
    const length = view.getUint32(at + 4, true);
    if (name === 'data') {
      if (!format) return 'unknown_format';
      const known = length > 0 && length < LENGTH_UNKNOWN_MIN;
      return { format, begin, bytes: known ? length - (length % bytesOf(format)) : null };
    }
    const end = begin + length;
    if (end > HEAD_BYTES_MAX) return 'head_too_long';
    if (end > file.length) return null;
    if (name === 'fmt ') {
      format = formatOf(new DataView(file.buffer, file.byteOffset + begin, length));
      if (!format) return 'unknown_format';
    }
    at = end + (length % 2);
  }
}

/** The bytes of all channels' samples of one moment. */
export function bytesOf(format: WavFormat): number {
  return (format.coding === 'pcm16' ? 2 : 1) * format.channels;
}

function formatOf(chunk: DataView): WavFormat | undefined {
  if (chunk.byteLength < 16) return undefined;
  const told = chunk.getUint16(0, true);
  const number = told === EXTENSIBLE && chunk.byteLength >= 26 ? chunk.getUint16(24, true) : told;
  const channels = chunk.getUint16(2, true);
  const rate = chunk.getUint32(4, true);
  const coding = codingOf(number, chunk.getUint16(14, true));
  if (!coding || (channels !== 1 && channels !== 2) || rate < 1 || rate > RATE_MAX) return undefined;
  return { coding, rate, channels };
}

function codingOf(number: number, bits: number): WavCoding | undefined {
  if (number === PCM && bits === 16) return 'pcm16';
  if (bits !== 8) return undefined;
  if (number === PCM) return 'pcm8';
  if (number === ALAW) return 'alaw';
  return number === ULAW ? 'ulaw' : undefined;
}

function nameAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}
