import { isMap, isScalar, type Node } from 'yaml';
import type { Value, Values } from '../model/value.ts';
import type { Problem } from './problem.ts';
import { VALUE } from './shape/value.ts';
import { Source } from './source.ts';

export const TABLE_ROWS_MAX = 10_000;
const COLUMNS_MAX = 100;
const KEY_CHARACTERS_MAX = 200;
const TABLE_FILE = /(?:^|\/)([^/]+)\.table\.ya?ml$/;
const TABLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** A table that was read, with where it stands. */
export type ReadTable = { readonly name: string; readonly rows: Values; readonly source: Source };

/** Whether a file is a table for `lookup` steps, by its name: `plans.table.yaml` is the table plans. */
export function isTableFile(path: string): boolean {
  return TABLE_FILE.test(path);
}

/**
 * Reads a table: a map of keys, each with one value, or with a map of columns and their values. Problems are added to the
 * list; undefined when there is no table to speak of.
 */
export function readTable(
  file: { readonly path: string; readonly text: string },
  problems: Problem[],
): ReadTable | undefined {
  const source = new Source(file.path, file.text, problems);
  const name = TABLE_FILE.exec(file.path)?.[1] ?? '';
  if (!TABLE_NAME.test(name)) {
    source.problem('value.type', source.root, `"${name}" cannot be a table's name: letters, digits, - and _ only.`);
  }
  if (!source.root) {
    const told = problems.some((problem) => problem.file === source.file);
    if (!told) source.problem('key.missing', null, 'The file is empty. A table needs lines of "key: value".');
    return undefined;
  }
  const entries = source.entries(source.root, 'A table');
  if (entries.length > TABLE_ROWS_MAX) {
    const message = `A table has at most ${TABLE_ROWS_MAX} rows. Ask another system with an http step instead.`;
    source.problem('value.range', entries[TABLE_ROWS_MAX]!.keyNode, message);
  }
  const rows = entries.slice(0, TABLE_ROWS_MAX).flatMap(({ key, keyNode, value }): [string, Value][] => {
    if (key === '' || key.length > KEY_CHARACTERS_MAX) {
      source.problem('value.range', keyNode, `A key of a table has 1 to ${KEY_CHARACTERS_MAX} characters.`);
    }
    const row = readRow(source, value, `Row ${key}`);
    return row === undefined ? [] : [[key, row]];
  });
  return { name, rows: Object.fromEntries(rows), source };
}

function readRow(source: Source, node: Node | null, what: string): Value | undefined {
  if (!isMap(node)) return readCell(source, node, what);
  const cells = source.entries(node, what);
  if (cells.length > COLUMNS_MAX) source.problem('value.range', node, `${what} has more than ${COLUMNS_MAX} columns.`);
  const read = cells.slice(0, COLUMNS_MAX).flatMap(({ key, value }): [string, Value][] => {
    const cell = readCell(source, value, `${what}, column ${key}`);
    return cell === undefined ? [] : [[key, cell]];
  });
  return Object.fromEntries(read);
}

function readCell(source: Source, node: Node | null, what: string): Value | undefined {
  if (isScalar(node)) return VALUE.read(source, node, what);
  source.problem('value.type', node, `${what} must be one value.`);
  return undefined;
}
