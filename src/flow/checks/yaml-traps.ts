import { type Document, type Node, visit } from 'yaml';

/** Something in a file that YAML cannot read, or reads in another way than people mean it; `at` counts characters. */
export type Trap = { readonly at: number; readonly message: string };

const STAR = 'A star begins a reference in YAML. To write the star key, put it in quotes ("*") or write star.';
const HASH =
  'YAML reads this line as a comment, because it begins with #. To write the hash key, put it in quotes ("#") or write hash.';

/** The errors of the YAML library in words that say what to do. */
export function yamlErrors({ errors }: Document, text: string): Trap[] {
  return errors.map(({ pos: [at], code, message }) => ({ at, message: inWords(code, message, text, at) }));
}

function inWords(code: string, message: string, text: string, at: number): string {
  if (/^\*\s*:/.test(text.slice(at, at + 10)) || /\*:\s*$/.test(text.slice(Math.max(0, at - 10), at))) return STAR;
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A colon followed by a blank makes a key of what stands before it. If this is a text, put it in quotes.';
    case 'BAD_ALIAS':
      return STAR;
    case 'TAB_AS_INDENT':
      return 'This line is indented with a tab. Indent with spaces.';
    case 'BAD_SCALAR_START':
      return `${sentence(message)} Put the text in quotes.`;
    case 'UNEXPECTED_TOKEN':
      return /at node end/.test(message)
        ? 'Something follows where the value was at its end already. If it belongs to the text, put all of it in quotes, and use the other kind of quotes inside.'
        : sentence(message);
    default:
      return sentence(message);
  }
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Lines such as `#: sales`, which were meant as the hash key; inside a text of several lines they are text. */
export function commentedKeys(text: string, root: Node | null): Trap[] {
  const found = [...text.matchAll(/^[ \t]*(?:[{,][ \t]*)?#:[ \t]+\S/gm)].map(
    (match) => match.index + match[0].indexOf('#'),
  );
  if (found.length === 0) return [];
  const texts: [number, number][] = [];
  visit(root, {
    Scalar: (_, { range }) => {
      if (range) texts.push([range[0], range[1]]);
    },
  });
  const comments = found.filter((at) => !texts.some(([from, to]) => at >= from && at < to));
  return comments.map((at) => ({ at, message: HASH }));
}
