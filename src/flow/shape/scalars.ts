import { isScalar } from 'yaml';
import { durationMs, oneOf, wholeNumber as readWholeNumber, spokenDuration } from '../values.ts';
import type { Shape } from './shape.ts';

/** Letters are taken as they stand in the file, so an editor must take numbers for texts, too. */
const TEXT_TYPES = ['string', 'number', 'boolean'];

/** A text; `pattern` is what it must look like, `asked` the same in words. */
export function text(rule?: { readonly pattern: RegExp; readonly asked: string }): Shape<string> {
  return {
    read: (source, node, what) => {
      const found = source.text(node, what);
      if (found === undefined || !rule || rule.pattern.test(found)) return found;
      source.problem('value.type', node, `${what} cannot be "${found}": ${rule.asked}.`);
      return undefined;
    },
    schema: () => ({ type: TEXT_TYPES, ...(rule ? { pattern: rule.pattern.source } : {}) }),
  };
}

/** A length of time in ms, written such as `500ms`, `5s`, `2m`, `1h`, `7d`, or as a number of seconds. */
export function duration(limits: { readonly minMs: number; readonly maxMs: number }): Shape<number> {
  const [min, max] = [spokenDuration(limits.minMs), spokenDuration(limits.maxMs)];
  return {
    read: (source, node, what) => durationMs(source, node, what, limits),
    schema: () => ({
      anyOf: [
        { type: 'string', pattern: '^\\s*[0-9]+(\\.[0-9]+)?\\s*(ms|s|m|h|d)?\\s*$' },
        { type: 'number', minimum: limits.minMs / 1000, maximum: limits.maxMs / 1000 },
      ],
      description: `${min} to ${max}.`,
    }),
    written: spokenDuration,
  };
}

export function wholeNumber(limits: { readonly min: number; readonly max: number }): Shape<number> {
  return {
    read: (source, node, what) => readWholeNumber(source, node, what, limits),
    schema: () => ({
      type: ['integer', 'string'],
      minimum: limits.min,
      maximum: limits.max,
      pattern: '^[+-]?[0-9]+$',
    }),
  };
}

/** One of some words. */
export function choice<C extends string>(words: readonly C[]): Shape<C> {
  return {
    read: (source, node, what) => oneOf(source, node, what, words),
    schema: () => ({ enum: [...words] }),
  };
}

/** One of some words, or what the other shape takes. */
export function wordOr<C extends string, T>(words: readonly C[], other: Shape<T>): Shape<C | T> {
  return {
    read: (source, node, what) => {
      const word = isScalar(node) ? words.find((known) => known === node.value) : undefined;
      return word ?? other.read(source, node, what);
    },
    schema: (definitions) => ({ anyOf: [{ enum: [...words] }, other.schema(definitions)] }),
    written: (value) => {
      if (words.some((word) => word === value)) return value as C;
      return other.written ? other.written(value as T) : (value as string);
    },
  };
}

/** `true`, and nothing else: a condition that is either named or not. */
export const yes: Shape<true> = {
  read: (source, node, what) => {
    if (isScalar(node) && node.value === true) return true;
    source.problem('value.choice', node, `${what} can only be true; leave it out when it is not meant.`);
    return undefined;
  },
  schema: () => ({ const: true }),
};
