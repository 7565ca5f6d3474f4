import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library, Pointer } from './library.ts';
import { PHONE_DICTIONARY } from './phone-loop.ts';

/** One word of what was recognised, or silence or noise, and how long it took in frames of 10 ms. They follow each other. */
export type Segment = { readonly word: string; readonly frames: number; readonly score: number };
export type Decoded = { readonly text: string; readonly segments: readonly Segment[] };

/**
 * Measured: with the usual narrow beams such a word penalty prunes everything. `compallsen` costs three
 * times the work, and without it scores of two grammars cannot be compared. Silence is made less likely than it is to the
 * library, because a voice is all that is left of the sound; less likely still, and a pause between words is found no more.
 */
const SETTINGS = `-wip 1e-3
-beam 1e-80
-pbeam 1e-80
-wbeam 1e-60
-silprob 1e-5
-remove_silence no
-compallsen yes
`;

export type Decoder = {
  /** False when the word has a phone that the model does not know. */
  addWord(word: string, phones: string): boolean;
  /** False when the library refuses the grammar, for instance for a word without phones. */
  setGrammar(name: string, jsgf: string): boolean;
  removeGrammar(name: string): void;
  /** A whole utterance, 16 kHz. Undefined: nothing fits at all. */
  decode(grammar: string, samples: Int16Array): Decoded | undefined;
};

/** Throws when the model cannot be read. */
export function openDecoder(library: Library, acousticModel: string): Decoder {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-ears-'));
  let made: Pointer | null;
  try {
    const dictionary = join(dir, 'phones.dict');
    const settings = join(dir, 'settings');
    writeFileSync(dictionary, PHONE_DICTIONARY);
    writeFileSync(settings, `-hmm ${acousticModel}\n-dict ${dictionary}\n${SETTINGS}`);
    const config = library.parseArguments(null, library.definitions(), settings, 1);
    made = config && library.init(config);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  if (!made) throw new Error('the acoustic model cannot be read');
  const decoder = made;
  return {
    addWord: (word, phones) => library.addWord(decoder, word, phones, 1) >= 0,
    setGrammar: (name, jsgf) => library.setGrammar(decoder, name, jsgf) === 0,
    removeGrammar: (name) => void library.removeSearch(decoder, name),
    decode(grammar, samples) {
      if (library.setSearch(decoder, grammar) !== 0) return undefined;
      library.startStream(decoder);
      library.start(decoder);
      // The whole utterance at once: the mean that is taken off is its own, and nothing is carried over to the next one.
      library.process(decoder, samples, samples.length, 0, 1);
      library.end(decoder);
      const text = library.hypothesis(decoder, [0]);
      return text === null || text === '' ? undefined : { text, segments: segmentsOf(library, decoder) };
    },
  };
}

/** The library names a joint of the grammar so, and gives it a frame that the words beside it have, too. */
const JOINT = '(NULL)';

function segmentsOf(library: Library, decoder: Pointer): Segment[] {
  const found: Segment[] = [];
  for (let at = library.segments(decoder); at; at = library.nextSegment(at)) {
    const word = library.word(at) ?? JOINT;
    if (word === JOINT) continue;
    const [from, to, acoustic]: [number][] = [[0], [0], [0]];
    library.frames(at, from!, to!);
    library.scores(at, acoustic!, [0], [0]);
    found.push({ word, frames: to![0] - from![0] + 1, score: acoustic![0] });
  }
  return found;
}
