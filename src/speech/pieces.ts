/** A part of a text that is spoken by itself, and the pause after it. */
export type Piece = { readonly words: string; readonly pauseMs: number };

/** What follows each other as sentences and clauses do; the silence that an engine leaves at the edges is cut off. */
const SENTENCE_PAUSE_MS = 350;
const CLAUSE_PAUSE_MS = 150;

/** The first piece may be so long, in characters: flite needs about 25 ms for it. */
const FIRST_CHARS_MAX = 60;
/** Every other one: it is made while the one before it is heard. */
const PIECE_CHARS_MAX = 300;
/** Less than this is not worth a piece of its own: a single word has not the melody of a sentence. */
const PIECE_CHARS_MIN = 12;

/** The end of a sentence: its sign, what closes it, and a space; the signs of Chinese and Japanese need none. */
const SENTENCE_END = /[.!?…]+["'”’)]*\s+|[。！？]+["'”’」』）]*\s*/gu;
const CLAUSE_END = /[,;:–—]\s+|[，；：、]\s*/gu;
/** Words whose full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|no|nr|vs|inc|ltd|co|dept|ext|approx|e\.g|i\.e|a\.m|p\.m|z\.b|[\p{L}])\.\s+$/iu;

/**
 * Cuts plain words at the ends of sentences, and where one is long, of clauses: so that the first piece can be heard while
 * the next is made. The same words always give the same pieces.
 */
export function piecesOf(words: string): Piece[] {
  const pieces: Piece[] = [];
  for (const sentence of cut(words, SENTENCE_END, isSentenceEnd)) {
    const charsMax = pieces.length === 0 ? FIRST_CHARS_MAX : PIECE_CHARS_MAX;
    pieces.push(...clauses(sentence, charsMax));
  }
  return pieces;
}

function clauses(sentence: string, firstCharsMax: number): Piece[] {
  const parts: string[] = [];
  let charsMax = firstCharsMax;
  for (const clause of sentence.length > charsMax ? cut(sentence, CLAUSE_END, () => true) : [sentence]) {
    const last = parts.at(-1);
    const fits = last !== undefined && (last.length + clause.length <= charsMax || clause.length < PIECE_CHARS_MIN);
    if (last !== undefined && (fits || last.length < PIECE_CHARS_MIN)) parts[parts.length - 1] = last + clause;
    else parts.push(...atSpaces(clause));
    if (parts.length > 1) charsMax = PIECE_CHARS_MAX;
  }
  return parts.map((part, at) => ({
    words: part.trim(),
    pauseMs: at === parts.length - 1 ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS,
  }));
}

/** What has no clause for a long while is cut between words. */
function atSpaces(clause: string): string[] {
  const parts: string[] = [];
  let left = clause;
  while (left.length > PIECE_CHARS_MAX) {
    const space = left.lastIndexOf(' ', PIECE_CHARS_MAX);
    const end = space > 0 ? space + 1 : PIECE_CHARS_MAX;
    parts.push(left.slice(0, end));
    left = left.slice(end);
  }
  return left === '' ? parts : [...parts, left];
}

function cut(words: string, ends: RegExp, isEnd: (before: string, after: string) => boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of words.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (end === words.length || !isEnd(words.slice(from, end), words.slice(end, end + 1))) continue;
    if (!/[\p{L}\p{N}]/u.test(words.slice(from, end))) continue;
    parts.push(words.slice(from, end));
    from = end;
  }
  const last = words.slice(from);
  if (parts.length > 0 && !/[\p{L}\p{N}]/u.test(last)) parts[parts.length - 1] += last;
  else parts.push(last);
  return parts;
}

/** A small letter goes on with the sentence, whatever stood before it. */
function isSentenceEnd(before: string, after: string): boolean {
  return !ABBREVIATION.test(before) && !/\p{Ll}/u.test(after);
}
