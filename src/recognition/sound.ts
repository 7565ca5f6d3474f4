import { FRAME_MS } from '../media/frames.ts';

/** Pieces of sound as one. */
export function gathered(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** So much of the past is kept: somebody may begin to speak while the words before are not understood yet. */
const KEPT_MS = 4_000;

/** The last seconds of a turn. Frames of 20 ms. */
export type KeptSound = {
  push(frame: Int16Array): void;
  /** How much sound there was. */
  ms(): number;
  /** What there was from that moment on, as far as it is kept. */
  since(ms: number): Int16Array;
};

export function keepSound(): KeptSound {
  const kept: Int16Array[] = [];
  let count = 0;
  return {
    push(frame) {
      count += 1;
      kept.push(frame);
      if (kept.length * FRAME_MS > KEPT_MS) kept.shift();
    },
    ms: () => count * FRAME_MS,
    since(ms) {
      const wanted = Math.ceil(count - ms / FRAME_MS);
      return gathered(wanted > 0 ? kept.slice(-wanted) : []);
    },
  };
}
