import type { Node } from 'yaml';
import type { ProblemCode } from '../problem.ts';
import type { Path, Source } from '../source.ts';

/**
 * What may stand in one place of a file, described once as data. It reads the place into a typed value, telling each
 * problem with line and column, and it gives the JSON Schema (draft-07) by which editors complete and check the same place.
 */
export type Shape<T> = {
  /** Undefined when what stands there cannot be used; the source has been told why. `what` names the place in sentences. */
  read(source: Source, node: Node | null | undefined, what: string): T | undefined;
  schema(definitions: Definitions): JsonSchema;
  /** The value as people write it; where it is missing, the value itself is what is written. */
  written?(value: T): Json;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonSchema = { readonly [key: string]: Json };
/** Schemas that stand in several places, by name. */
export type Definitions = Map<string, JsonSchema>;

/** Tells a problem at a path below the place that is being read; an empty path is the place itself. */
export type Tell = (code: ProblemCode, path: Path, message: string) => void;

/** The same place with another type. */
export function mapped<A, B>(shape: Shape<A>, to: (value: A) => B): Shape<B> {
  return {
    read: (source, node, what) => {
      const value = shape.read(source, node, what);
      return value === undefined ? undefined : to(value);
    },
    schema: (definitions) => shape.schema(definitions),
  };
}

/** The same place with a further check, for what a schema cannot say. */
export function checked<T>(shape: Shape<T>, check: (value: T, tell: Tell, what: string) => void): Shape<T> {
  return {
    ...shape,
    read: (source, node, what) => {
      const value = shape.read(source, node, what);
      if (value === undefined) return undefined;
      check(value, (code, path, message) => source.problem(code, source.nodeAt(path, node), message), what);
      return value;
    },
  };
}

/** A shape that stands once among the schema's definitions, however often it is used. */
export function named<T>(name: string, shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    schema: (definitions) => {
      if (!definitions.has(name)) {
        definitions.set(name, {});
        definitions.set(name, shape.schema(definitions));
      }
      return { $ref: `#/definitions/${name}` };
    },
  };
}
