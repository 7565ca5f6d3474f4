import { decodeAlaw, decodeUlaw } from './g711.ts';
import { bytesOf, type WavCoding, type WavFault, type WavFormat, wavHead } from './wav-head.ts';

/** Reads a WAV file that comes in pieces of any size. However it is cut, the samples are the same. */
export type WavReader = {
  /** The samples that have become readable, of two channels alternately; or why there will be none. After a fault nothing more is read. */
  push(piece: Uint8Array): Int16Array | WavFault;
  /** Null as long as the head has not come. */
  format(): WavFormat | null;
  /** To be asked when the file has ended: null if it was whole. */
  fault(): WavFault | null;
};

export function wavReader(): WavReader {
  let format: WavFormat | null = null;
  let fault: WavFault | null = null;
  /** Bytes of samples still to come. */
  let left = Number.POSITIVE_INFINITY;
  /** Of the head, or of a moment that is not whole. */
  let kept: Uint8Array = new Uint8Array(0);

  function samplesOf(format: WavFormat): Int16Array {
    const size = bytesOf(format);
    const wanted = Math.min(kept.length, left);
    const whole = wanted - (wanted % size);
    const samples = DECODE[format.coding](kept.subarray(0, whole));
    left -= whole;
    kept = left > 0 ? kept.slice(whole) : new Uint8Array(0);
    return samples;
  }

  return {
    push(piece) {
      if (fault) return fault;
      if (left === 0) return new Int16Array(0);
      kept = joined(kept, piece);
      if (format) return samplesOf(format);
      const head = wavHead(kept);
      if (head === null) return new Int16Array(0);
      if (typeof head === 'string') {
        fault = head;
        return head;
      }
      format = head.format;
      left = head.bytes ?? left;
      kept = kept.subarray(head.begin);
      return samplesOf(format);
    },
    format: () => format,
    fault() {
      if (fault) return fault;
      if (!format) return 'no_samples';
      return left > 0 && left !== Number.POSITIVE_INFINITY ? 'cut_short' : null;
    },
  };
}

/** The mean of both channels. Asked for one channel it gives the same samples. */
export function monoOf(samples: Int16Array, channels: 1 | 2): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(samples.length >> 1);
  for (let i = 0; i < mono.length; i++) mono[i] = (samples[2 * i]! + samples[2 * i + 1]!) >> 1;
  return mono;
}

const DECODE: Readonly<Record<WavCoding, (bytes: Uint8Array) => Int16Array>> = {
  pcm8: (bytes) => Int16Array.from(bytes, (byte) => (byte - 128) * 256),
  pcm16: (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const samples = new Int16Array(bytes.length >> 1);
    for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(2 * i, true);
    return samples;
  },
  alaw: decodeAlaw,
  ulaw: decodeUlaw,
};

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
