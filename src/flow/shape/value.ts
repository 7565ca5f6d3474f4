import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { VALUE_CHARACTERS_MAX, type Value } from '../../model/value.ts';
import type { Source } from '../source.ts';
import type { Shape } from './shape.ts';

/** Any YAML value without references: a text, a number, yes or no, a list, a map. Quoted numbers are texts. */
export const VALUE: Shape<Value> = {
  read: (source, node, what) => {
    const value = valueAt(source, node ?? null, what, 0);
    if (value !== undefined && JSON.stringify(value).length > VALUE_CHARACTERS_MAX) {
      source.problem('value.range', node, `${what} is longer than ${VALUE_CHARACTERS_MAX} characters.`);
      return undefined;
    }
    return value;
  },
  schema: () => ({}),
};

const DEPTH_MAX = 10;

function valueAt(source: Source, node: Node | null, what: string, depth: number): Value | undefined {
  if (depth > DEPTH_MAX) {
    source.problem('value.range', node, `${what} is nested deeper than ${DEPTH_MAX}.`);
    return undefined;
  }
  if (isSeq(node)) {
    return (node.items as Node[]).flatMap((item) => valueAt(source, item, what, depth + 1) ?? []);
  }
  if (isMap(node)) {
    const entries = source.entries(node, what).flatMap(({ key, value }): [string, Value][] => {
      const read = valueAt(source, value, `${what} ${key}`, depth + 1);
      return read === undefined ? [] : [[key, read]];
    });
    return Object.fromEntries(entries);
  }
  if (isScalar(node)) return scalarAt(source, node, what);
  source.text(node, what);
  return undefined;
}

/** A number that is written in another way than it is read, such as 0800 or +49, is meant as a text. */
function scalarAt(source: Source, node: Node & { value?: unknown; source?: string }, what: string): Value | undefined {
  const { value } = node;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && String(value) === node.source) return value;
  return source.text(node, what);
}
