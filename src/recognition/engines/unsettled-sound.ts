import { SAMPLES_PER_MS } from '../../media/frames.ts';

/**
 * Sound in equal chunks, kept until the recogniser has settled what was said in it: a stream that has to be begun anew is
 * given it again. Times are in ms of sound since the stream began.
 */
export class UnsettledSound {
  readonly #chunkSamples: number;
  readonly #keptMsMax: number;
  #part: Int16Array[] = [];
  #partSamples = 0;
  #kept: { readonly chunk: Int16Array; readonly untilMs: number }[] = [];
  #streamMs = 0;

  /** More than `keptMsMax` is not kept; what is left out is the oldest. */
  constructor(chunkMs: number, keptMsMax: number) {
    this.#chunkSamples = chunkMs * SAMPLES_PER_MS;
    this.#keptMsMax = keptMsMax;
  }

  /** How much of the stream's sound has been made into chunks. */
  get streamMs(): number {
    return this.#streamMs;
  }

  /** Takes sound of any length and gives the chunks that became full by it. */
  add(samples: Int16Array): Int16Array[] {
    const full: Int16Array[] = [];
    let rest = samples;
    while (this.#partSamples + rest.length >= this.#chunkSamples) {
      const missing = this.#chunkSamples - this.#partSamples;
      this.#take(rest.subarray(0, missing));
      rest = rest.subarray(missing);
      full.push(this.#close());
    }
    if (rest.length > 0) this.#take(rest);
    return full;
  }

  /** What is left that did not fill a chunk. */
  flush(): Int16Array[] {
    return this.#partSamples === 0 ? [] : [this.#close()];
  }

  settle(untilMs: number): void {
    this.#kept = this.#kept.filter((kept) => kept.untilMs > untilMs);
  }

  /** Another stream begins: gives what it is to be sent first. */
  restart(): Int16Array[] {
    const chunks = this.#kept.map(({ chunk }) => chunk);
    this.#streamMs = 0;
    this.#kept = [];
    for (const chunk of chunks) this.#keep(chunk);
    return chunks;
  }

  #take(samples: Int16Array): void {
    this.#part.push(samples);
    this.#partSamples += samples.length;
  }

  #close(): Int16Array {
    const chunk = new Int16Array(this.#partSamples);
    let at = 0;
    for (const piece of this.#part) {
      chunk.set(piece, at);
      at += piece.length;
    }
    this.#part = [];
    this.#partSamples = 0;
    this.#keep(chunk);
    return chunk;
  }

  #keep(chunk: Int16Array): void {
    this.#streamMs += chunk.length / SAMPLES_PER_MS;
    this.#kept.push({ chunk, untilMs: this.#streamMs });
    const first = this.#streamMs - this.#keptMsMax;
    if (this.#kept[0] !== undefined && this.#kept[0].untilMs <= first) this.#kept.shift();
  }
}
