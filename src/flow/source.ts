import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type YAMLMap } from 'yaml';
import { NESTING_MAX, readYaml } from './checks/yaml-document.ts';
import { commentedKeys, yamlErrors } from './checks/yaml-traps.ts';
import { suggestion } from './nearest.ts';
import type { Note } from './note.ts';
import { type Problem, type ProblemCode, WARNINGS } from './problem.ts';

/** Largest file that is read; a flow of 1,000 steps is about a tenth of it. */
export const FILE_BYTES_MAX = 1024 * 1024;
/** Largest site.yaml; 10,000 agents and 5,000 queues are about a quarter of it. */
export const SITE_BYTES_MAX = 8 * FILE_BYTES_MAX;

/** Keys and places in lists that lead from one node to another. */
export type Path = readonly (string | number)[];

/** Keys of earlier releases, and a sentence on where they stand now. */
export type Moved = Readonly<Record<string, string>>;

/** One YAML file while it is being read: its root node, and where to put what is wrong with it. */
export class Source {
  readonly file: string;
  readonly root: Node | null;
  /** What was named on the way, to be looked at when all is known; shapes add to it in the order of reading. */
  readonly notes: Note[] = [];
  readonly #lines = new LineCounter();
  readonly #problems: Problem[];

  constructor(file: string, text: string, problems: Problem[], bytesMax: number = FILE_BYTES_MAX) {
    this.file = file;
    this.#problems = problems;
    if (text.length > bytesMax) {
      this.root = null;
      this.#add('folder.too_large', 1, 1, `The file has more than ${bytesMax} characters. Split it.`);
      return;
    }
    const read = readYaml(text, this.#lines);
    if ('deepAt' in read) {
      this.root = null;
      const { line, col } = this.#lines.linePos(read.deepAt);
      this.#add('yaml.syntax', line, col, `Lists and maps stand in each other deeper than ${NESTING_MAX} here.`);
      return;
    }
    const { document, secondAt } = read;
    if (secondAt !== undefined) {
      const { line, col } = this.#lines.linePos(secondAt);
      this.#add('yaml.syntax', line, col, 'A second document begins here (after ---). Put it into a file of its own.');
    }
    const broken = new Set<number>();
    for (const { at, message } of yamlErrors(document, text)) {
      const { line, col } = this.#lines.linePos(at);
      // The library stumbles on over the same words; what it says first is what helps.
      if (!broken.has(line)) this.#add('yaml.syntax', line, col, message);
      broken.add(line);
    }
    const twice = duplicateKeys(document.contents);
    for (const key of twice) {
      const message = `The key "${scalarText(key)}" stands twice in this map. Give one of them another name or remove it.`;
      this.problem('yaml.duplicate', key, message);
    }
    this.root = document.errors.length + twice.length > 0 || secondAt !== undefined ? null : document.contents;
    for (const { at, message } of commentedKeys(text, document.contents)) {
      const { line, col } = this.#lines.linePos(at);
      this.#add('yaml.comment', line, col, message);
    }
  }

  problem(code: ProblemCode, node: Node | null | undefined, message: string): void {
    const at = this.place(node);
    this.#add(code, at.line, at.column, message);
  }

  /** How many problems were told so far, of this file and those before it. */
  get told(): number {
    return this.#problems.length;
  }

  note(note: Note): void {
    this.notes.push(note);
  }

  /** A problem inside a text, so many characters after its beginning; texts of several lines are pointed at as a whole. */
  problemIn(code: ProblemCode, node: Node | null | undefined, offset: number, message: string): void {
    const inside =
      isScalar(node) && (node.type === 'PLAIN' || node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const [begin, end] = node?.range ?? [0, 0];
    const quote = inside && node.type !== 'PLAIN' ? 1 : 0;
    const position = inside ? Math.min(begin + quote + offset, Math.max(begin, end - 1)) : begin;
    const at = this.#lines.linePos(position);
    this.#add(code, Math.max(1, at.line), Math.max(1, at.col), message);
  }

  place(node: Node | null | undefined): { line: number; column: number } {
    const at = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, at.line), column: Math.max(1, at.col) };
  }

  /**
   * Where a path leads from a node (the root, where none is named). Parts of the path that are not there are passed over,
   * because much can be written in a short form: `required, german` finds the entry of `[german]`, too. A map or list of
   * several lines is pointed at by its key.
   */
  nodeAt(path: Path, from: Node | null | undefined = this.root): Node | null {
    let node = from ?? null;
    let key: Node | null = null;
    for (const part of path) {
      const found = stepInto(node, part);
      if (found) ({ node, key } = found);
    }
    return key && (node === null || ((isMap(node) || isSeq(node)) && !node.flow)) ? key : node;
  }

  /** The key itself, where a path ends at one; else where `nodeAt` leads. */
  keyAt(path: Path, from: Node | null | undefined = this.root): Node | null {
    let node = from ?? null;
    let key: Node | null = null;
    for (const part of path) {
      const found = stepInto(node, part);
      if (!found) return key ?? node;
      ({ node, key } = found);
    }
    return key ?? node;
  }

  /** What stands at the end of a path; null when the path does not lead anywhere. */
  nodeIn(path: Path, from: Node | null = this.root): Node | null {
    return path.reduce<Node | null>((node, part) => stepInto(node, part)?.node ?? null, from);
  }

  /** The text at the end of a path; undefined when the path does not lead to one. Tells no problem. */
  textAt(path: Path, from: Node | null): { readonly text: string; readonly node: Node } | undefined {
    const node = this.nodeIn(path, from);
    const text = scalarText(node);
    return node && text !== undefined ? { text, node } : undefined;
  }

  isMap(node: Node | null | undefined): boolean {
    return isMap(node);
  }

  has(node: Node | null | undefined, key: string): boolean {
    return isMap(node) && node.has(key);
  }

  #add(code: ProblemCode, line: number, column: number, message: string): void {
    const severity = WARNINGS.has(code) ? { severity: 'warning' as const } : {};
    this.#problems.push({ code, file: this.file, line, column, message: message.trim(), ...severity });
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

  /**
   * A map whose keys are known beforehand; an unknown key is a problem with the nearest known one as a hint. `moved` says
   * of keys of earlier releases where they stand now.
   */
  fields(
    node: Node | null | undefined,
    what: string,
    known: readonly string[],
    moved: Moved = {},
  ): Map<string, Node | null> {
    const found = new Map<string, Node | null>();
    for (const { key, keyNode, value } of this.entries(node, what)) {
      if (known.includes(key)) found.set(key, value);
      else {
        const hint = Object.hasOwn(moved, key) ? moved[key]! : suggestion(key, known);
        this.problem('key.unknown', keyNode, `${what} has no key "${key}". ${hint}`);
      }
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

function stepInto(node: Node | null, part: string | number): { node: Node | null; key: Node | null } | undefined {
  if (isMap(node)) {
    const pair = (node as YAMLMap<Node, Node | null>).items.find((one) => scalarText(one.key) === String(part));
    return pair && { node: pair.value, key: pair.key };
  }
  if (!isSeq(node)) return undefined;
  const items = node.items as Node[];
  const item = typeof part === 'number' ? items[part] : items.find((one) => scalarText(one) === part);
  return item && { node: item, key: null };
}

/** Keys that another one of the same map equals, in the order of the file; `1` and `"1"` are the same. */
function duplicateKeys(node: Node | null, found: Node[] = []): Node[] {
  if (isSeq(node)) for (const item of node.items) duplicateKeys(item as Node, found);
  if (!isMap(node)) return found;
  const { items } = node as YAMLMap<Node, Node | null>;
  const seen = items.length > 1 ? new Set<string>() : undefined;
  for (const { key, value } of items) {
    const name = seen && scalarText(key);
    if (name !== undefined && seen?.has(name)) found.push(key);
    if (name !== undefined) seen?.add(name);
    if (!isScalar(value)) duplicateKeys(value, found);
  }
  return found;
}

function scalarText(node: Node | null | undefined): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  if (typeof node.value === 'string') return node.value;
  return node.source ?? String(node.value);
}
