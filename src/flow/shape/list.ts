import { isSeq, type Node } from 'yaml';
import type { Json, Shape } from './shape.ts';

/** Most entries of a list that names nothing else. */
export const LIST_MAX = 1000;

/** A list; entries that cannot be used are left out, having been told. */
export function list<T>(entry: Shape<T>, max: number = LIST_MAX): Shape<readonly T[]> {
  return {
    read: (source, node, what) => {
      const items = source.list(node, what);
      if (!isSeq(node)) return undefined;
      if (items.length > max) source.problem('value.range', node, `${what} has more than ${max} entries.`);
      return items.slice(0, max).flatMap((item: Node) => {
        const value = entry.read(source, item, `Each of ${what}`);
        return value === undefined ? [] : [value];
      });
    },
    schema: (definitions) => ({ type: 'array', items: entry.schema(definitions), maxItems: max }),
    written: (values) => values.map((value) => (entry.written ? entry.written(value) : (value as Json))),
  };
}

/** A list, or one entry alone, which is a list of one. */
export function listOrOne<T>(entry: Shape<T>, max: number = LIST_MAX): Shape<readonly T[]> {
  const many = list(entry, max);
  return {
    ...many,
    read: (source, node, what) => {
      if (isSeq(node)) return many.read(source, node, what);
      const one = entry.read(source, node, what);
      return one === undefined ? undefined : [one];
    },
    schema: (definitions) => ({ anyOf: [entry.schema(definitions), many.schema(definitions)] }),
  };
}
