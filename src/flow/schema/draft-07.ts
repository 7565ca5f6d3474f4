import type { Definitions, JsonSchema } from '../shape/shape.ts';

/** A whole schema of draft-07, the newest one that all editors know (yaml-language-server reads no later one). */
export function draft07(title: string, root: (definitions: Definitions) => JsonSchema): JsonSchema {
  const definitions: Definitions = new Map();
  const found = root(definitions);
  const sorted = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...found,
    ...(sorted.length === 0 ? {} : { definitions: Object.fromEntries(sorted) }),
  };
}
