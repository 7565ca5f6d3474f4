/** The sound that the stand-in recognisers understand: the first word is a tone of this amplitude, the second of twice that. */
const LEVEL = 1_500;
const SAMPLES_PER_MS = 8;
/** A tone that lasts so long is a word. */
const WORD_MS = 40;
/** Silence that ends what is said. */
const END_MS = 300;

/** The words that stand-ins know, by the loudness of their tone. */
export const WORDS = ['yes', 'no', 'sales', 'support', 'billing', 'one', 'two', 'three', 'four', 'five'] as const;

export type LevelHeard =
  | { readonly what: 'begin'; readonly atMs: number }
  | { readonly what: 'end'; readonly atMs: number }
  | { readonly what: 'partial' | 'final'; readonly text: string; readonly atMs: number };

/** One word as sound: 8 kHz, 16 bit. A word that is not in the list is a cough: sound without words. */
export function spoken(word: string, ms = 200): Int16Array {
  const at = WORDS.indexOf(word as (typeof WORDS)[number]);
  const amplitude = at < 0 ? LEVEL * (WORDS.length + 2) : LEVEL * (at + 1);
  return Int16Array.from({ length: ms * SAMPLES_PER_MS }, (_, i) => (i & 4 ? amplitude : -amplitude));
}

export function silence(ms: number): Int16Array {
  return new Int16Array(ms * SAMPLES_PER_MS);
}

/**
 * A recogniser for stand-in servers: it understands each word by its loudness, and nothing else. So what it answers depends
 * on the sound that really arrived, and a piece that is lost, doubled or garbled on the way shows in the text.
 */
export function hearLevels(endMs = END_MS): { accept(samples: Int16Array): LevelHeard[]; finish(): LevelHeard[] } {
  let samples = 0;
  let level = 0;
  let lasted = 0;
  let speaking = false;
  let words: string[] = [];

  function sample(value: number, heard: LevelHeard[]): void {
    samples++;
    const next = Math.round(Math.abs(value) / LEVEL);
    lasted = next === level ? lasted + 1 : 1;
    level = next;
    const atMs = samples / SAMPLES_PER_MS;
    if (level > 0 && lasted === WORD_MS * SAMPLES_PER_MS) {
      if (!speaking) heard.push({ what: 'begin', atMs });
      speaking = true;
      const word = WORDS[level - 1];
      if (word === undefined) return;
      words.push(word);
      heard.push({ what: 'partial', text: words.join(' '), atMs });
    }
    if (level === 0 && speaking && lasted === endMs * SAMPLES_PER_MS) close(heard, atMs);
  }

  function close(heard: LevelHeard[], atMs: number): void {
    speaking = false;
    heard.push({ what: 'end', atMs });
    if (words.length > 0) heard.push({ what: 'final', text: words.join(' '), atMs });
    words = [];
  }

  return {
    accept(chunk) {
      const heard: LevelHeard[] = [];
      for (const value of chunk) sample(value, heard);
      return heard;
    },
    /** The sound is over: what was begun is final. */
    finish() {
      const heard: LevelHeard[] = [];
      if (speaking) close(heard, samples / SAMPLES_PER_MS);
      return heard;
    },
  };
}
