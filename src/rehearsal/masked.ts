import type { Value } from '../model/value.ts';

/** What stands in the place of something that is not to be seen. */
export const MASK = '***';

/** A value in whose texts nothing of what is secret can be read any more. */
export function masked(value: Value, secrets: readonly Value[]): Value {
  const words = secrets.flatMap((secret) => {
    const word = typeof secret === 'object' ? '' : String(secret);
    return word === '' ? [] : [word];
  });
  return words.length === 0 ? value : without(value, words);
}

function without(value: Value, words: readonly string[]): Value {
  if (typeof value === 'string') return words.reduce((text, word) => text.split(word).join(MASK), value);
  if (typeof value === 'number') return words.includes(String(value)) ? MASK : value;
  if (value === null || typeof value === 'boolean') return value;
  if (isList(value)) return value.map((one) => without(one, words));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one, words)]));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
