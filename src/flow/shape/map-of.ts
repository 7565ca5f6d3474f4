import { isScalar } from 'yaml';
import type { Shape } from './shape.ts';

/** What the keys of a map may be: the pattern, the same in words, and what one entry is called in sentences. */
export type KeyRule = {
  readonly pattern: RegExp;
  readonly asked: string;
  readonly entry: (key: string) => string;
  readonly max: number;
};

/** A map whose keys are names of the ops engineer's own. Entries that cannot be used are left out, having been told. */
export function mapOf<T>(rule: KeyRule, entry: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    read: (source, node, what) => {
      if (isScalar(node) && node.value === null) return {};
      const pairs = source.entries(node, what);
      if (!source.isMap(node)) return undefined;
      if (pairs.length > rule.max) source.problem('value.range', node, `${what} has more than ${rule.max} entries.`);
      const values = pairs.slice(0, rule.max).flatMap(({ key, keyNode, value }): [string, T][] => {
        if (key.startsWith('@')) {
          const message = `"${key}" cannot be used: names that begin with @ are those of the agents' own queues.`;
          source.problem('id.reserved', keyNode, message);
        } else if (!rule.pattern.test(key)) {
          source.problem('value.type', keyNode, `"${key}" cannot stand here: ${rule.asked}.`);
        }
        const read = entry.read(source, value, rule.entry(key));
        return read === undefined ? [] : [[key, read]];
      });
      return Object.fromEntries(values);
    },
    schema: (definitions) => ({
      type: ['object', 'null'],
      propertyNames: { pattern: rule.pattern.source },
      additionalProperties: entry.schema(definitions),
      maxProperties: rule.max,
    }),
  };
}
