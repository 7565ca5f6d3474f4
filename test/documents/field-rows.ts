import { stringify } from 'yaml';
import { PHONE_KEY } from '../../src/flow/shape/keys.ts';
import { type Fields, object } from '../../src/flow/shape/object.ts';
import type { JsonSchema } from '../../src/flow/shape/shape.ts';

/** One row of a table of keys, as its cells are written. */
export type Row = readonly [name: string, byDefault: string, limits: string, meaning: string];

/**
 * The rows that a guide must have for some keys, in their order. A key inside another is `outer.inner`, one in each entry
 * of a list `list[].inner`, one below names of the ops engineer's own `map.*.inner`.
 */
export function fieldRows(fields: Fields): Row[] {
  return schemaRows(object(fields).schema(new Map()));
}

/** The same of a map that a JSON Schema describes. */
export function schemaRows(schema: JsonSchema): Row[] {
  return rowsOf('', schema);
}

export function rowLine(row: Row): string {
  return `| ${row.join(' | ')} |`.replace(/\|(?: {2,}\|)+/g, (empty) => empty.replace(/ {2,}/g, ' '));
}

function rowsOf(prefix: string, schema: JsonSchema): Row[] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const needed = (schema['required'] ?? []) as string[];
  return Object.entries(properties).flatMap(([key, one]): Row[] => {
    const name = `${prefix}${key}`;
    const { limits, spoken } = limitsOf(one);
    const description = String(one['description'] ?? '');
    // The limits of a duration stand at the end of its description, for editors.
    const meaning = spoken ? description.slice(0, -`${limits}.`.length).trim() : description;
    const byDefault = needed.includes(key) ? 'required' : shown(one['default']);
    return [[`\`${name}\``, byDefault, limits, meaning], ...inner(name, one)];
  });
}

/** Keys of a map that is known beforehand, also as the entry of a list or as one of several ways to write the same. */
function inner(name: string, schema: JsonSchema): Row[] {
  const items = schema['items'] === undefined ? [] : inner(`${name}[]`, schema['items'] as JsonSchema);
  const named = schema['additionalProperties'];
  const entries = typeof named === 'object' && named !== null ? inner(`${name}.*`, named as JsonSchema) : [];
  const ways = ((schema['anyOf'] ?? []) as JsonSchema[]).flatMap((one) => inner(name, one));
  const rows = [...rowsOf(`${name}.`, schema), ...items, ...entries, ...ways];
  // One entry alone, which is a list of one, is written as the entries of the list.
  const inLists = new Set(rows.filter(([one]) => one.includes('[]')).map(([one]) => one.replace('[]', '')));
  return rows.filter(([one]) => !inLists.has(one));
}

function limitsOf(schema: JsonSchema): { readonly limits: string; readonly spoken: boolean } {
  const words = wordsOf(schema);
  if (words.length > 0) return { limits: words.map((word) => `\`${word}\``).join(', '), spoken: false };
  const ways = [schema, ...((schema['anyOf'] ?? []) as JsonSchema[])];
  if (ways.some(({ pattern }) => pattern === PHONE_KEY.schema(new Map())['pattern'])) {
    return { limits: 'a key', spoken: false };
  }
  if (ways.some(({ pattern }) => String(pattern).includes('(ms|s|m|h|d)'))) {
    return { limits: /(\S+ to \S+)\.$/.exec(String(schema['description']))?.[1] ?? '', spoken: true };
  }
  const numbers = ways.find(({ minimum, maximum }) => minimum !== undefined && maximum !== undefined);
  return { limits: numbers ? `${numbers['minimum']} to ${numbers['maximum']}` : '', spoken: false };
}

function wordsOf({ enum: words, anyOf = [] }: JsonSchema): string[] {
  if (words !== undefined) return (words as unknown[]).map(String);
  return (anyOf as JsonSchema[]).map(wordsOf).find((found) => found.length > 0) ?? [];
}

function shown(value: unknown): string {
  if (value === undefined || value === '') return '';
  if (typeof value === 'string') return `\`${value}\``;
  return `\`${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim()}\``;
}
