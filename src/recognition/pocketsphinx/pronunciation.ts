import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How long the program may take for one word. */
const PRONOUNCER_MS_MAX = 500;
/** Most words whose pronunciation is remembered. */
const WORDS_MAX = 20_000;
/** Most ways to pronounce one word that are taken. */
const VARIANTS_MAX = 4;

export type Pronunciations = {
  /** Ways to pronounce a word in phones of the model, the usual one first; empty when there is none. */
  of(word: string): readonly string[];
};

/** The dictionary first; what it does not have is read by flite's letter-to-sound rules. Runs in the child, where it may block. */
export function openPronunciations(dictionary: string, pronouncer: string): Pronunciations {
  const bytes = readFileSync(dictionary);
  const known = new Map<string, readonly string[]>();
  return {
    of(word) {
      const before = known.get(word);
      if (before) return before;
      const listed = fromDictionary(bytes, word);
      const found = listed.length > 0 ? listed : fromSpelling(pronouncer, word);
      if (known.size >= WORDS_MAX) known.clear();
      known.set(word, found);
      return found;
    },
  };
}

/** Lines are `word PHONES` and `word(2) PHONES`, sorted so that variants follow each other. */
function fromDictionary(bytes: Buffer, word: string): string[] {
  const found: string[] = [];
  for (let number = 1; number <= VARIANTS_MAX; number++) {
    const head = number === 1 ? `${word} ` : `${word}(${number}) `;
    const from = bytes.subarray(0, head.length).toString() === head ? 0 : bytes.indexOf(`\n${head}`) + 1;
    if (from === 0 && number > 1) break;
    if (from === 0 && bytes.subarray(0, head.length).toString() !== head) break;
    const end = bytes.indexOf('\n', from);
    found.push(bytes.toString('latin1', from + head.length, end < 0 ? bytes.length : end).trim());
  }
  return found;
}

/** flite prints `pau k aw ax l ch ih k pau`; its `ax` is the model's AH, and pauses are left out. */
function fromSpelling(program: string, word: string): string[] {
  const { stdout, status } = spawnSync(program, ['-voice', 'kal16', '-ps', '-t', word, '-o', 'none'], {
    timeout: PRONOUNCER_MS_MAX,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) return [];
  const phones = stdout
    .trim()
    .split(/\s+/)
    .filter((phone) => phone !== 'pau' && phone !== '')
    .map((phone) => (phone === 'ax' ? 'AH' : phone.toUpperCase()));
  return phones.length === 0 ? [] : [phones.join(' ')];
}
