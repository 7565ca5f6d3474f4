import type { ValueType } from '../value-type.ts';
import { Duration } from './duration.ts';
import { isTime } from './time.ts';

/** What a value is while an expression is worked out. `nothing` is a name that has no value yet, and null. */
export type Kind = ValueType | 'duration' | 'nothing';

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  text: 'text',
  number: 'a number',
  yes_no: 'true or false',
  list: 'a list',
  map: 'a map',
  time: 'a time',
  duration: 'a length of time',
  nothing: 'nothing',
  any: 'anything',
};

/** `any` stands for what no expression can work with, such as a function. */
export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes_no';
    case 'undefined':
      return 'nothing';
    case 'object':
      if (value === null) return 'nothing';
      if (Array.isArray(value)) return 'list';
      if (isTime(value)) return 'time';
      return value instanceof Duration ? 'duration' : 'map';
    default:
      return 'any';
  }
}

/** What nothing counts as beside a value of a kind; undefined where there is no such value. */
export function emptyOf(kind: Kind): unknown {
  switch (kind) {
    case 'text':
      return '';
    case 'number':
      return 0;
    case 'yes_no':
      return false;
    case 'list':
      return [];
    case 'map':
      return {};
    default:
      return undefined;
  }
}
