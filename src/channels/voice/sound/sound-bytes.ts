import { FRAME_MS, FRAME_SAMPLES, framer } from '../../../media/frames.ts';

/** Sound as it goes over a media socket: 8 kHz, 16 bit, little-endian as the machines are on which Asterisk runs. */
const SAMPLE_BYTES = 2;

/** chan_websocket ends the call for a message of more than 65,500 bytes; this is a second of sound. */
const MESSAGE_FRAMES_MAX = 50;

/**
 * A copy that may be kept. Half a sample at the end, which Asterisk never sends, is left out. What comes may be a view of a larger buffer,
 * and `slice` of Node's Buffer makes another view of it, so the bytes are set into new memory.
 */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / SAMPLE_BYTES));
  new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.byteLength));
  return samples;
}

/** Makes messages of whole frames from pieces of any size. */
export type Messages = {
  /** The messages that a piece completes, in order; its rest waits for what follows. */
  add(piece: Int16Array): Uint8Array[];
  /** The rest, filled up with silence. */
  end(): Uint8Array[];
};

export function createMessages(): Messages {
  const frames = framer();
  return {
    add: (piece) => joined(frames.push(piece)),
    end: () => {
      const rest = frames.rest();
      return rest === null ? [] : joined([rest]);
    },
  };
}

/** How long a message of whole frames is heard. */
export function messageMs(message: Uint8Array): number {
  return (message.length / SAMPLE_BYTES / FRAME_SAMPLES) * FRAME_MS;
}

function joined(frames: readonly Int16Array[]): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let at = 0; at < frames.length; at += MESSAGE_FRAMES_MAX) {
    const samples = new Int16Array(Math.min(MESSAGE_FRAMES_MAX, frames.length - at) * FRAME_SAMPLES);
    for (let place = 0; place * FRAME_SAMPLES < samples.length; place += 1) {
      samples.set(frames[at + place]!, place * FRAME_SAMPLES);
    }
    messages.push(new Uint8Array(samples.buffer));
  }
  return messages;
}
