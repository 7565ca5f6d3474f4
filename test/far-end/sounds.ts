import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWav } from './wav.ts';

/** What the far end's parties say, as files that its Asterisk can play. */
export class Sounds {
  readonly #dir: string;
  readonly #known = new Set<string>();

  constructor(dir: string) {
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
  }

  /** 16 bit, 8 kHz. @returns what an ARI playback takes; the same sound is one file. */
  mediaOf(pcm: Int16Array): string {
    const name = createHash('sha256')
      .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
      .digest('hex');
    const path = join(this.#dir, name);
    if (!this.#known.has(name)) writeFileSync(`${path}.wav`, writeWav(pcm));
    this.#known.add(name);
    return `sound:${path}`;
  }
}
