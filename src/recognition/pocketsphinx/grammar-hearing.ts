import type { GrammarText } from '../grammar/grammar.ts';
import type { GrammarWord } from '../grammar/words.ts';
import type { Decoder } from './decoder.ts';
import { PHONE_LOOP } from './phone-loop.ts';
import type { Pronunciations } from './pronunciation.ts';
import { NOTHING, type Scored, scoredOf } from './scored-words.ts';
import { spokenVariants } from './spoken-variants.ts';
import { forTheModel } from './utterance-sound.ts';

/** Most grammars that are kept ready; the one that was used longest ago goes. */
const GRAMMARS_MAX = 64;
const LOOP = 'loop';

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
  /** What the library has taken up: by token, each way to say it as its phones. */
  const added = new Map<string, readonly (readonly string[])[]>();
  /** In the order of their last use. */
  const ready = new Set<string>();
  function add({ token, word, telephone }: GrammarWord): boolean {
    if (added.has(token)) return true;
    const ways: string[][] = [];
    for (const phones of spokenVariants(pronunciations.of(word), telephone)) {
      const name = ways.length === 0 ? token : `${token}(${ways.length + 1})`;
      if (decoder.addWord(name, phones)) ways.push(phones.split(' '));
    }
    if (ways.length > 0) added.set(token, ways);
    return ways.length > 0;
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
      return fitting ? scoredOf(fitting, decoder.decode(LOOP, sound), (token) => added.get(token)!) : NOTHING;
    },
    words: () => added.size,
  };
}
