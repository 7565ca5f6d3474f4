import { text } from '../../flow/shape/scalars.ts';
import type { Shape } from '../../flow/shape/shape.ts';

/** A text that something is compared with: part of it, whatever its capitals and blanks, or a pattern between slashes. */
export type Matcher = { readonly written: string; matches(text: string): boolean };

/** A text, or `/pattern/`. */
export const MATCHER: Shape<Matcher> = {
  schema: (definitions) => text().schema(definitions),
  read: (source, node, what) => {
    const written = text().read(source, node, what);
    if (written === undefined) return undefined;
    const matcher = matcherOf(written);
    if (matcher) return matcher;
    source.problem('pattern.invalid', node, `${what} "${written}" is no regular expression of JavaScript.`);
    return undefined;
  },
};

/** Undefined when what stands between the slashes is no pattern. */
export function matcherOf(written: string): Matcher | undefined {
  const pattern = /^\/(.+)\/$/s.exec(written)?.[1];
  if (pattern === undefined) {
    const wanted = plain(written);
    return { written, matches: (told) => plain(told).includes(wanted) };
  }
  try {
    // Who writes a pattern that takes for ever lets nobody wait but himself: tests run on the author's machine.
    const expression = new RegExp(pattern, 'isu');
    return { written, matches: (told) => expression.test(told) };
  } catch {
    return undefined;
  }
}

function plain(words: string): string {
  return words.replace(/\s+/gu, ' ').trim().toLowerCase();
}
