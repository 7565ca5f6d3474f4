import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/** Deepest nesting of lists and maps that is read; the deepest that any file needs is about ten. */
export const NESTING_MAX = 100;

/** A document, with where a second one begins; or where lists and maps stand deeper in each other than is read. */
export type ReadYaml =
  | { readonly document: Document.Parsed; readonly secondAt: number | undefined }
  | { readonly deepAt: number };

/**
 * Reads the first document of a text, as the library's `parseDocument` does it, but stops where it is nested too deep:
 * the library goes through what is nested by recursion, and a file of 100,000 brackets ended the whole program.
 */
export function readYaml(text: string, lines: LineCounter): ReadYaml {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let deepAt: number | undefined;
  const tokens = function* () {
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length <= NESTING_MAX) continue;
      deepAt = parser.offset;
      return;
    }
    yield* parser.end();
  };
  // The library's own search for keys that stand twice compares each key with every other one.
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens(), true, text.length)];
  return deepAt === undefined ? { document: document!, secondAt: second?.range[0] } : { deepAt };
}
