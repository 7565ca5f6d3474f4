import { isScalar, type Node } from 'yaml';
import type { Moved } from '../source.ts';
import type { Json, JsonSchema, Shape } from './shape.ts';

/** One key of an object. */
export type Field<T> = {
  readonly shape: Shape<T>;
  readonly description: string;
  readonly required: boolean;
  /** What is read when the key is missing, or when what stands there cannot be used. */
  readonly otherwise: T;
  /** The default as people write it; undefined when there is none to speak of. */
  readonly shown: Json | undefined;
};
export type Fields = Readonly<Record<string, Field<unknown>>>;
export type ObjectOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** A key that must be there. `instead` is read on with after its problem has been told. */
export function required<T>(shape: Shape<T>, description: string, instead: T): Field<T> {
  return { shape, description, required: true, otherwise: instead, shown: undefined };
}

export function optional<T>(shape: Shape<T>, description: string): Field<T | undefined> {
  return { shape, description, required: false, otherwise: undefined, shown: undefined };
}

/** A key with a default; `shown` is how that is written where the shape cannot tell. */
export function defaulted<T>(shape: Shape<T>, otherwise: T, description: string, shown?: Json): Field<T> {
  const written = shown ?? (shape.written ? shape.written(otherwise) : (otherwise as Json));
  return { shape, description, required: false, otherwise, shown: written };
}

/** A map whose keys are known beforehand. Where none of them must be there, nothing at all is an empty one. */
export function object<F extends Fields>(fields: F, moved: Moved = {}): Shape<ObjectOf<F>> {
  const keys = Object.keys(fields);
  const needed = keys.filter((key) => fields[key]!.required);
  const nothingWritten = emptyOf(fields);
  return {
    read: (source, node, what) => {
      const nothing = needed.length === 0 && (!node || (isScalar(node) && node.value === null));
      const found = nothing ? new Map<string, Node | null>() : source.fields(node, what, keys, moved);
      if (!nothing && found.size === 0 && !source.isMap(node)) return undefined;
      for (const key of needed) {
        if (!found.has(key)) source.problem('key.missing', node, `${what} needs "${key}".`);
      }
      const values: Record<string, unknown> = { ...nothingWritten };
      for (const [key, value] of found) {
        const field = fields[key]!;
        values[key] = field.shape.read(source, value, key) ?? field.otherwise;
      }
      return values as ObjectOf<F>;
    },
    schema: (definitions) => ({
      type: needed.length === 0 ? ['object', 'null'] : 'object',
      properties: Object.fromEntries(
        keys.map((key) => [key, described(fields[key]!.shape.schema(definitions), fields[key]!)]),
      ),
      ...(needed.length === 0 ? {} : { required: needed }),
      additionalProperties: false,
    }),
  };
}

/** Draft-07 passes over everything that stands beside a `$ref`, so the reference goes one level down. */
function described(schema: JsonSchema, field: Field<unknown>): JsonSchema {
  const { description: limits, ...rest } = schema;
  const description = limits === undefined ? field.description : `${field.description} ${limits}`;
  const about = { description, ...(field.shown === undefined ? {} : { default: field.shown }) };
  return '$ref' in schema ? { ...about, allOf: [schema] } : { ...about, ...rest };
}

/** What an object is read as when nothing stands there; all of its keys have defaults or are optional. */
export function emptyOf<F extends Fields>(fields: F): ObjectOf<F> {
  return Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.otherwise])) as ObjectOf<F>;
}
