import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { suggestion } from './nearest.ts';
import type { Problem, ProblemCode } from './problem.ts';

/** Largest file that is read; a flow of 1,000 steps is about a tenth of it. */
export const FILE_BYTES_MAX = 1024 * 1024;

/** One YAML file while it is being read: its root node, and where to put what is wrong with it. */
export class Source {
  readonly file: string;
  readonly root: Node | null;
  readonly #lines = new LineCounter();
  readonly #problems: Problem[];

  constructor(file: string, text: string, problems: Problem[]) {
    this.file = file;
    this.#problems = problems;
    if (text.length > FILE_BYTES_MAX) {
      this.root = null;
      this.#add('folder.too_large', 1, 1, `The file has more than ${FILE_BYTES_MAX} characters. Split it.`);
      return;
    }
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, strict: true });
    for (const error of document.errors) {
      const code = error.code === 'DUPLICATE_KEY' ? 'yaml.duplicate' : 'yaml.syntax';
      const at = this.#lines.linePos(error.pos[0]);
      this.#add(code, at.line, at.col, `${sentence(error.message)} ${hintFor(error.code)}`.trim());
    }
    this.root = document.errors.length > 0 ? null : document.contents;
  }

  problem(code: ProblemCode, node: Node | null | undefined, message: string): void {
    const at = this.place(node);
    this.#add(code, at.line, at.column, message);
  }

  place(node: Node | null | undefined): { line: number; column: number } {
    const at = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, at.line), column: Math.max(1, at.col) };
  }

  #add(code: ProblemCode, line: number, column: number, message: string): void {
    this.#problems.push({ code, file: this.file, line, column, message });
  }

  /** The pairs of a map in the order of the file; anything else is a problem and gives none. */
  entries(node: Node | null | undefined, what: string): { key: string; keyNode: Node; value: Node | null }[] {
    if (isAlias(node)) {
      this.problem('value.type', node, `${what} must be written out here; references (*name) are not used in flows.`);
      return [];
    }
    if (!isMap(node)) {
      this.problem('value.type', node, `${what} must be a map of "key: value" lines.`);
      return [];
    }
    return (node as YAMLMap<Node, Node | null>).items.map((pair) => ({
      key: scalarText(pair.key) ?? '',
      keyNode: pair.key,
      value: pair.value,
    }));
  }

  /** A map whose keys are known beforehand; an unknown key is a problem with the nearest known one as a hint. */
  fields(node: Node | null | undefined, what: string, known: readonly string[]): Map<string, Node | null> {
    const found = new Map<string, Node | null>();
    for (const { key, keyNode, value } of this.entries(node, what)) {
      if (known.includes(key)) found.set(key, value);
      else this.problem('key.unknown', keyNode, `${what} has no key "${key}". ${suggestion(key, known)}`);
    }
    return found;
  }

  list(node: Node | null | undefined, what: string): Node[] {
    if (isSeq(node)) return node.items as Node[];
    this.problem('value.type', node, `${what} must be a list, such as [a, b].`);
    return [];
  }

  /**
   * A text field. The letters are taken as they stand in the file, so that 0800 keeps its zero and +49 its plus
   * although YAML reads them as numbers.
   */
  text(node: Node | null | undefined, what: string): string | undefined {
    if (isMap(node) && node.flow) {
      this.problem(
        'yaml.template',
        node,
        `${what} looks like an expression: write \${{ name }}, with the dollar sign.`,
      );
      return undefined;
    }
    const text = scalarText(node);
    if (text === undefined) this.problem('value.type', node, `${what} must be a text.`);
    return text;
  }
}

function scalarText(node: Node | null | undefined): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  if (typeof node.value === 'string') return node.value;
  return node.source ?? String(node.value);
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function hintFor(code: string): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'If this is a text with a colon in it, put it in quotes.';
    case 'BAD_ALIAS':
      return 'To write the star key, put it in quotes ("*") or write star.';
    case 'TAB_AS_INDENT':
      return 'Indent with spaces.';
    case 'DUPLICATE_KEY':
      return 'Give one of them another name or remove it.';
    default:
      return '';
  }
}
