import type { Ears, Heard } from '../../../src/recognition/ears.ts';
import { openEars } from '../../../src/recognition/open-ears.ts';
import { phrasesOrder } from '../../spoken/listen-order.ts';
import { silence } from '../../spoken/phone-line.ts';
import { MENU } from './corpus.ts';

const FRAME = 160;
const FRAME_MS = 20;
const BEFORE_MS = 600;
const AFTER_MS = 1_500;
const ANSWER_MS_MAX = 20_000;

export const MENU_ORDER = phrasesOrder('en', Object.values(MENU).flat());

/** What came of one turn at the ears, without calls and flows. */
export type AloneTurn = { readonly text: string | undefined; readonly afterVoiceMs: number };

/** The ears with an engine that is warm. */
export async function warmEars(words: Int16Array): Promise<Ears> {
  const ears = openEars();
  const until = performance.now() + 60_000;
  while ((await turnAlone(ears, words, 'at once')).text === undefined) {
    if (performance.now() > until) throw new Error('the engine did not begin to hear within a minute');
    await new Promise((done) => setTimeout(done, 500));
  }
  return ears;
}

/** `pace`: as a call gives it, 20 ms a frame, or everything at once. Times are from the end of the words. */
export function turnAlone(ears: Ears, words: Int16Array, pace: 'as a call' | 'at once'): Promise<AloneTurn> {
  const frames = framesOf(words);
  const lastVoiced = (BEFORE_MS + words.length / 8) / FRAME_MS;
  return new Promise((done) => {
    let voiceEndedMs = performance.now();
    let pacing: NodeJS.Timeout | undefined;
    const finish = (text: string | undefined): void => {
      clearTimeout(late);
      clearInterval(pacing);
      listener.stop();
      done({ text, afterVoiceMs: performance.now() - voiceEndedMs });
    };
    const late = setTimeout(() => finish(undefined), ANSWER_MS_MAX);
    const listener = ears.listen(MENU_ORDER, (heard: Heard) => {
      if (heard.what === 'final') finish(heard.text);
      else if (heard.what === 'failed') finish(undefined);
    });
    const write = (at: number): void => {
      if (at <= lastVoiced) voiceEndedMs = performance.now();
      listener.write(frames[at]!);
    };
    if (pace === 'at once') return frames.forEach((_, at) => void write(at));
    const beganMs = performance.now();
    let next = 0;
    // Timers come late on a busy machine: what is due by then is written, so that the pace holds.
    pacing = setInterval(() => {
      while (next < frames.length && beganMs + next * FRAME_MS <= performance.now()) write(next++);
    }, FRAME_MS);
  });
}

function framesOf(words: Int16Array): Int16Array[] {
  const whole = [...silence(BEFORE_MS), ...words, ...silence(AFTER_MS)];
  const frames: Int16Array[] = [];
  for (let at = 0; at + FRAME <= whole.length; at += FRAME) frames.push(Int16Array.from(whole.slice(at, at + FRAME)));
  return frames;
}
