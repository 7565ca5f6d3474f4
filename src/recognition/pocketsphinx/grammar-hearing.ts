import type { GrammarText } from '../grammar/grammar.ts';
import type { GrammarWord } from '../grammar/words.ts';
import { type Decoded, type Decoder, PHONE_LOOP, type Segment } from './decoder.ts';
import type { Pronunciations } from './pronunciation.ts';
import type { FromChild } from './protocol.ts';
import { telephoneVariants } from './telephone-variants.ts';
import { forTheModel } from './utterance-sound.ts';

/** Most grammars that are kept ready; the one that was used longest ago goes. */
const GRAMMARS_MAX = 64;
const LOOP = 'loop';
/** A word of so few phones is lost when one of them is: without its S a "yes" was none. */
const SHORT_PHONES = 3;

export type Scored = Omit<Extract<FromChild, { what: 'heard' }>, 'what' | 'job'>;
const NOTHING: Scored = { text: '', acoustic: 0, likelihoodRatio: 0, frames: 0 };

export type GrammarHearing = {
  /** False when a word cannot be pronounced, or the library refuses the grammar. */
  prepare(grammar: GrammarText): boolean;
  /** `samples`: 8 kHz. Undefined where `prepare` is false. */
  hear(grammar: GrammarText, samples: Int16Array): Scored | undefined;
  /** How many words the library has taken up; it can forget none. */
  words(): number;
};

/** Throws when the library refuses the loop of phones. */
export function openGrammarHearing(decoder: Decoder, pronunciations: Pronunciations): GrammarHearing {
  if (!decoder.setGrammar(LOOP, PHONE_LOOP)) throw new Error('the loop of phones is refused');
  const added = new Set<string>();
  /** In the order of their last use. */
  const ready = new Set<string>();
  function add({ token, word, telephone }: GrammarWord): boolean {
    if (added.has(token)) return true;
    const usual = pronunciations.of(word);
    const varies = (phones: string): boolean => telephone || phones.split(' ').length <= SHORT_PHONES;
    const all = [...new Set(usual.flatMap((phones) => (varies(phones) ? telephoneVariants(phones) : [phones])))];
    const taken = all.filter((phones, at) => decoder.addWord(at === 0 ? token : `${token}(${at + 1})`, phones));
    if (taken.length > 0) added.add(token);
    return taken.length > 0;
  }
  function prepare({ key, jsgf, words }: GrammarText): boolean {
    if (!ready.delete(key)) {
      if (!words.every(add)) return false;
      const [oldest] = ready;
      if (oldest !== undefined && ready.size >= GRAMMARS_MAX) {
        ready.delete(oldest);
        decoder.removeGrammar(oldest);
      }
      if (!decoder.setGrammar(key, jsgf)) return false;
    }
    ready.add(key);
    return true;
  }
  return {
    prepare,
    hear(grammar, samples) {
      if (!prepare(grammar)) return undefined;
      const sound = forTheModel(samples);
      const fitting = decoder.decode(grammar.key, sound);
      return fitting ? scoredOf(fitting, decoder.decode(LOOP, sound)) : NOTHING;
    },
    words: () => added.size,
  };
}

/**
 * The library's own posterior says nothing (research: as good as a coin). Two scores do: how well the sound fits the words,
 * and how much better it fits them than it fits any phones in any order, both a frame of the words.
 */
function scoredOf(fitting: Decoded, loop: Decoded | undefined): Scored {
  const words = fitting.segments.filter(({ word }) => !isFiller(word));
  const frames = sum(words, ({ frames }) => frames);
  if (frames === 0) return NOTHING;
  const difference = score(fitting.segments) - score(loop?.segments ?? []);
  return {
    text: words.map(({ word }) => word.replace(/\(\d+\)$/, '')).join(' '),
    acoustic: score(words) / frames,
    likelihoodRatio: difference / frames,
    frames,
  };
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
