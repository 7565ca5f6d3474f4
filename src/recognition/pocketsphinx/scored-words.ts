import type { Decoded, Segment } from './decoder.ts';
import { phonesApart } from './heard-phones.ts';
import { phoneOfLoop } from './phone-loop.ts';
import type { FromChild } from './protocol.ts';

export type Scored = Omit<Extract<FromChild, { what: 'heard' }>, 'what' | 'job'>;
export const NOTHING: Scored = {
  text: '',
  acoustic: 0,
  likelihoodRatio: 0,
  frames: 0,
  misheard: 0,
  outside: 0,
};

/** A word with its place, in frames from the beginning of the sound; `end` is the frame after it. */
type Placed = Segment & { readonly from: number; readonly end: number };

/** The ways in which a token of the grammar may be heard, each as its phones, the usual one first. */
export type WaysOf = (token: string) => readonly (readonly string[])[];

/**
 * The library's own posterior says nothing (research: as good as a coin). What does: how well the sound fits the words, how much
 * better it fits them than any phones in any order, how far those phones are from the words', and how much of the sound lies
 * before and after the words (a pause between them is none of it).
 */
export function scoredOf(fitting: Decoded, loop: Decoded | undefined, waysOf: WaysOf): Scored {
  const all = placed(fitting.segments);
  const words = all.filter(({ word }) => !isFiller(word));
  const frames = sum(words, (word) => word.frames);
  if (frames === 0) return NOTHING;
  const heard = placed(loop?.segments ?? []);
  return {
    text: words.map(({ word }) => tokenOf(word)).join(' '),
    acoustic: score(words) / frames,
    likelihoodRatio: (score(all) - score(heard)) / frames,
    frames,
    misheard: misheard(words, heard, waysOf),
    outside: 1 - (words.at(-1)!.end - words[0]!.from) / all.at(-1)!.end,
  };
}

/** Divided by the number of phones and this: in a short word, a single phone that was heard as another one says less. */
const PHONES_MORE = 1;

/** How far the phones of the loop are from those of the words in whose time they were heard, for each phone of the words. */
function misheard(words: readonly Placed[], heard: readonly Placed[], waysOf: WaysOf): number {
  const apart = sum(words, ({ word, from, end }) => {
    const within = heard.filter((one) => from <= middle(one) && middle(one) < end);
    const phones = within.flatMap((one) => phoneOfLoop(one.word) ?? []);
    return Math.min(...waysOf(tokenOf(word)).map((way) => phonesApart(way, phones)));
  });
  return apart / (PHONES_MORE + sum(words, ({ word }) => waysOf(tokenOf(word))[0]!.length));
}

/** The decoder names the second way to say `yes` `yes(2)`. */
function tokenOf(word: string): string {
  return word.replace(/\(\d+\)$/, '');
}

function placed(segments: readonly Segment[]): Placed[] {
  let end = 0;
  return segments.map((segment) => {
    const from = end;
    end += segment.frames;
    return { ...segment, from, end };
  });
}

function middle({ from, end }: Placed): number {
  return (from + end) / 2;
}

function isFiller(word: string): boolean {
  return /^[<[(]/.test(word);
}

function score(segments: readonly Segment[]): number {
  return sum(segments, (segment) => segment.score);
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
