/** These are written without spaces between words. */
const WITHOUT_SPACES = /^(?:zh|cmn|yue|ja|th|lo|km|my)(?:-|$)/i;

/** Pieces of what was said, one after the other, as the language writes them. */
export function joinWords(pieces: readonly string[], language: string): string {
  const space = WITHOUT_SPACES.test(language) ? '' : ' ';
  return pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .join(space);
}

type Words = { readonly text: string; readonly confidence: number };

/** Several finals as one, as sure as the least sure of them; undefined: there is none. */
export function joinFinals(finals: readonly Words[], language: string): Words | undefined {
  if (finals.length === 0) return undefined;
  const text = joinWords(
    finals.map((final) => final.text),
    language,
  );
  return { text, confidence: Math.min(...finals.map(({ confidence }) => confidence)) };
}
