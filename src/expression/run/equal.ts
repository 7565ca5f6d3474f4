import { RESULT_DEPTH_MAX } from '../limits.ts';
import type { Duration } from '../values/duration.ts';
import { KIND_WORDS, kindOf } from '../values/kind.ts';
import { atMsOf, type Time } from '../values/time.ts';
import { keysOf, spend, spendOnTexts, stop, type Work } from './work.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether two values are the same. Nothing is the same as nothing, and as the empty value of any other kind. Values of
 * two kinds are never quietly different: text beside a number is a mistake that would otherwise hide for months.
 */
export function equal(left: unknown, right: unknown, work: Work, depth: number = 0): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    spendOnTexts(work, left, right);
    return left === right;
  }
  if (left === right) return true;
  const kind = kindOf(left);
  const other = kindOf(right);
  if (kind === 'nothing' || other === 'nothing') return isEmpty(left, work) && isEmpty(right, work);
  if (kind !== other) return stop(`This compares ${KIND_WORDS[kind]} with ${KIND_WORDS[other]}.`);
  switch (kind) {
    case 'time':
      return atMsOf(left as Time) === atMsOf(right as Time);
    case 'duration':
      return (left as Duration).ms === (right as Duration).ms;
    case 'list':
      return equalLists(left as readonly unknown[], right as readonly unknown[], work, depth + 1);
    case 'map':
      return equalMaps(left as Json, right as Json, work, depth + 1);
    default:
      return false;
  }
}

function isEmpty(value: unknown, work: Work): boolean {
  switch (kindOf(value)) {
    case 'list':
      return (value as readonly unknown[]).length === 0;
    case 'map':
      return keysOf(value as object, work).length === 0;
    case 'time':
    case 'duration':
      return false;
    default:
      return value === '' || value === 0 || value === false || value === null || value === undefined;
  }
}

function equalLists(left: readonly unknown[], right: readonly unknown[], work: Work, depth: number): boolean {
  if (depth > RESULT_DEPTH_MAX) return stop('This compares lists that are nested too deep.');
  if (left.length !== right.length) return false;
  return left.every((entry, i) => {
    spend(work, 1);
    return equal(entry, right[i], work, depth);
  });
}

function equalMaps(left: Json, right: Json, work: Work, depth: number): boolean {
  if (depth > RESULT_DEPTH_MAX) return stop('This compares maps that are nested too deep.');
  const keys = keysOf(left, work);
  if (keys.length !== keysOf(right, work).length) return false;
  return keys.every((key) => {
    spend(work, 1);
    return Object.hasOwn(right, key) && equal(left[key], right[key], work, depth);
  });
}

/** CEL's `in`: whether a list has such an entry, or a map such a key. */
export function isIn(value: unknown, among: unknown, work: Work): boolean {
  switch (kindOf(among)) {
    case 'nothing':
      return false;
    case 'list':
      return (among as readonly unknown[]).some((entry) => {
        spend(work, 1);
        return equal(value, entry, work);
      });
    case 'map':
      return typeof value === 'string' && Object.hasOwn(among as object, value);
    default:
      return stop(`"in" looks into a list or a map, not into ${KIND_WORDS[kindOf(among)]}.`);
  }
}
