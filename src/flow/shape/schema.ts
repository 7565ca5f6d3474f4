import type { Definitions, JsonSchema, Shape } from './shape.ts';

/** The whole JSON Schema (draft-07) of a file. */
export function schemaOf(shape: Shape<unknown>, title: string): JsonSchema {
  const definitions: Definitions = new Map();
  const root = shape.schema(definitions);
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...root,
    definitions: Object.fromEntries(sorted),
  };
}
