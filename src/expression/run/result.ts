import type { Value } from '../../model/value.ts';
import { RESULT_CHARACTERS_MAX, RESULT_DEPTH_MAX, RESULT_ENTRIES_MAX } from '../limits.ts';
import { kindOf } from '../values/kind.ts';
import { valueText } from '../values/text.ts';
import { stop } from './work.ts';

/** How much a result is already. */
type Size = { entries: number; characters: number };

/** What an expression gave, as it leaves the room: times are texts, and what is not there is null. */
export function resultOf(value: unknown): Value {
  switch (typeof value) {
    case 'string':
      if (value.length > RESULT_CHARACTERS_MAX) return tooLarge();
      return value;
    case 'number':
      return finite(value);
    case 'boolean':
      return value;
    default:
      return copied(value, { entries: 0, characters: 0 }, 0);
  }
}

function copied(value: unknown, size: Size, depth: number): Value {
  size.entries += 1;
  if (depth > RESULT_DEPTH_MAX || size.entries > RESULT_ENTRIES_MAX) return tooLarge();
  switch (kindOf(value)) {
    case 'nothing':
      return null;
    case 'yes_no':
      return value as boolean;
    case 'number':
      return finite(value as number);
    case 'list':
      return (value as readonly unknown[]).map((entry) => copied(entry, size, depth + 1));
    case 'map':
      return copiedMap(value as object, size, depth);
    default:
      return counted(valueText(value) ?? stop('The expression gave something that cannot be kept.'), size);
  }
}

function copiedMap(value: object, size: Size, depth: number): Value {
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, entry]) => [counted(key, size), copied(entry, size, depth + 1)]));
}

function counted(text: string, size: Size): string {
  size.characters += text.length;
  return size.characters > RESULT_CHARACTERS_MAX ? tooLarge() : text;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : stop('The expression gave something that is no number.');
}

function tooLarge(): never {
  return stop('What the expression gives is too large.');
}
