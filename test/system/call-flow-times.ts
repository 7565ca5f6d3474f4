import type { Event } from '../../src/model/event.ts';

/** How long something took that always takes the same time: a prompt that nobody stopped, or a wait. */
export type Times = { readonly what: 'prompt' | 'wait'; readonly atMs: number; readonly ms: number };

/** From the journal, of all contacts: prompts that were heard to their end, of the steps that only play; and waits. */
export function timesOf(contacts: readonly (readonly Event[])[]): Times[] {
  return contacts.flatMap((events) => {
    const found: Times[] = [];
    let step: { atMs: number; type: string } | undefined;
    let promptAtMs: number | undefined;
    for (const event of events) {
      if (event.kind === 'step.entered') step = event;
      if (event.kind === 'prompt.started') promptAtMs = event.atMs;
      if (event.kind === 'prompt.finished' && step?.type === 'play' && promptAtMs !== undefined) {
        found.push({ what: 'prompt', atMs: promptAtMs, ms: event.atMs - promptAtMs });
      }
      if (event.kind === 'step.left' && step?.type === 'wait') {
        found.push({ what: 'wait', atMs: step.atMs, ms: event.atMs - step.atMs });
      }
    }
    return found;
  });
}

const RATE_HZ = 8_000;
const WINDOW_MS = 5;
/** Root of the mean square below which nobody hears anything; a tone has some thousands. */
const SILENT_BELOW = 100;

/** The longest silence in a sound (16 bit, 8 kHz). */
export function longestSilenceMs(pcm: Int16Array): number {
  const window = (RATE_HZ * WINDOW_MS) / 1000;
  let longest = 0;
  let silent = 0;
  for (let from = 0; from + window <= pcm.length; from += window) {
    const piece = pcm.subarray(from, from + window);
    const loudness = Math.sqrt(piece.reduce((sum, one) => sum + one * one, 0) / window);
    silent = loudness < SILENT_BELOW ? silent + WINDOW_MS : 0;
    longest = Math.max(longest, silent);
  }
  return longest;
}
