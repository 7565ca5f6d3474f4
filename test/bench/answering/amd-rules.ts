/** What Asterisk's own detector says of an answer, and when. */
export type AmdVerdict = { readonly verdict: 'human' | 'machine' | 'unknown'; readonly atMs: number };

// The rules of app_amd as its documentation tells them, with the figures of asterisk-config/extensions.conf. A frame is silent whose mean
// amplitude lies below the threshold.
const INITIAL_SILENCE_MS = 2_500;
const GREETING_MS = 1_500;
const AFTER_GREETING_SILENCE_MS = 800;
const TOTAL_MS = 5_000;
const WORD_MIN_MS = 100;
const BETWEEN_WORDS_MS = 50;
const WORDS_MAX = 3;
const THRESHOLD = 256;

const FRAME = 160;
const FRAME_MS = 20;

/** A model of app_amd, for comparing: 16 bit, 8 kHz from the answer on. */
export function amdVerdict(sound: Int16Array): AmdVerdict {
  let [silenceMs, wordMs, voiceMs, words] = [0, 0, 0, 0];
  let inWord = true;
  let greeted = false;
  for (let atMs = FRAME_MS; atMs < TOTAL_MS; atMs += FRAME_MS) {
    const from = (atMs / FRAME_MS - 1) * FRAME;
    const frame = sound.subarray(from, from + FRAME);
    if (frame.reduce((sum, sample) => sum + Math.abs(sample), 0) / FRAME < THRESHOLD) {
      silenceMs += FRAME_MS;
      if (silenceMs >= BETWEEN_WORDS_MS) [inWord, wordMs] = [false, 0];
      if (!greeted && silenceMs >= INITIAL_SILENCE_MS) return { verdict: 'machine', atMs };
      if (greeted && silenceMs >= AFTER_GREETING_SILENCE_MS) return { verdict: 'human', atMs };
      continue;
    }
    silenceMs = 0;
    wordMs += FRAME_MS;
    voiceMs += FRAME_MS;
    if (wordMs >= WORD_MIN_MS && !inWord) {
      words += 1;
      inWord = true;
    }
    if (words > WORDS_MAX || (greeted && voiceMs >= GREETING_MS)) return { verdict: 'machine', atMs };
    greeted ||= voiceMs >= WORD_MIN_MS;
  }
  return { verdict: 'unknown', atMs: TOTAL_MS };
}
