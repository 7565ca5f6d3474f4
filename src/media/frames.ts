/** Samples a second of telephone sound. */
export const TELEPHONE_RATE = 8_000;

/** Samples of telephone sound in a millisecond. */
export const SAMPLES_PER_MS = TELEPHONE_RATE / 1_000;

/** The length of one frame: what a telephone sends as one packet. */
export const FRAME_MS = 20;

/** Samples of one frame of telephone sound. */
export const FRAME_SAMPLES = SAMPLES_PER_MS * FRAME_MS;

/** Cuts sound that comes in pieces of any size into frames of one size. */
export type Framer = {
  /** The frames that are whole now. Each is a copy of its own: the piece may be used again. */
  push(piece: Int16Array): Int16Array[];
  /** What is left over, filled up with silence to a whole frame; null when nothing is left. The framer is empty then. */
  rest(): Int16Array | null;
};

/** @param frameSamples Samples of each frame; that of telephone sound when left out. */
export function framer(frameSamples: number = FRAME_SAMPLES): Framer {
  let frame = new Int16Array(frameSamples);
  let filled = 0;
  return {
    push(piece) {
      const frames: Int16Array[] = [];
      for (let from = 0; from < piece.length; ) {
        const part = piece.subarray(from, from + frameSamples - filled);
        frame.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < frameSamples) break;
        frames.push(frame);
        frame = new Int16Array(frameSamples);
        filled = 0;
      }
      return frames;
    },
    rest() {
      if (filled === 0) return null;
      const last = frame;
      frame = new Int16Array(frameSamples);
      filled = 0;
      return last;
    },
  };
}
