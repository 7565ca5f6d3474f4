import { isMap, isSeq } from 'yaml';
import type { Json, Shape } from './shape.ts';

const SAID = { scalar: 'one value', list: 'a list, such as [a, b]', map: 'a map, such as {a: b}' };

/** Alternatives that are told apart by what stands there: one value, a list or a map. */
export function byKind<S = never, L = never, M = never>(kinds: {
  readonly scalar?: Shape<S>;
  readonly list?: Shape<L>;
  readonly map?: Shape<M>;
}): Shape<S | L | M> {
  const said = (['scalar', 'list', 'map'] as const).filter((kind) => kinds[kind]).map((kind) => SAID[kind]);
  return {
    read: (source, node, what): S | L | M | undefined => {
      const shape: Shape<S | L | M> | undefined = isSeq(node) ? kinds.list : isMap(node) ? kinds.map : kinds.scalar;
      if (shape) return shape.read(source, node, what);
      source.problem('value.type', node, `${what} must be ${said.join(', or ')}.`);
      return undefined;
    },
    schema: (definitions) => ({
      anyOf: [kinds.scalar, kinds.list, kinds.map].flatMap((shape): Json[] =>
        shape ? [shape.schema(definitions)] : [],
      ),
    }),
  };
}
