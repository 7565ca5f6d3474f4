import type { Shape } from '../../flow/shape/shape.ts';

/** Something with the place in its file where it stands, so that a test that fails can point at it. */
export type Placed<T> = { readonly value: T; readonly line: number; readonly column: number };

export function placed<T>(shape: Shape<T>): Shape<Placed<T>> {
  return {
    read: (source, node, what) => {
      const value = shape.read(source, node, what);
      return value === undefined ? undefined : { value, ...source.place(node) };
    },
    schema: (definitions) => shape.schema(definitions),
  };
}
