import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { ValueType } from '../../expression/value-type.ts';
import type { FlowValue } from '../../model/event.ts';
import type { Value } from '../../model/value.ts';
import type { Destination } from '../note.ts';
import type { Source } from '../source.ts';
import { mapOf } from './map-of.ts';
import type { Shape } from './shape.ts';
import { VALUE } from './value.ts';

/**
 * Any value, in whose texts every `${{ expression }}` is replaced when the step is entered. A text that is one expression
 * alone becomes the value of that expression, of whatever type.
 */
export function writtenValue(goes: Destination): Shape<Value> {
  return {
    ...VALUE,
    read: (source, node, what) => {
      const value = VALUE.read(source, node, what);
      if (value !== undefined) noteTemplates(source, node ?? null, goes);
      return value;
    },
  };
}

function noteTemplates(source: Source, node: Node | null, goes: Destination): void {
  if (isScalar(node) && typeof node.value === 'string' && node.value.includes('${{')) {
    source.note({ what: 'template', text: node.value, node, goes });
  }
  if (isSeq(node)) for (const item of node.items as Node[]) noteTemplates(source, item, goes);
  if (isMap(node)) for (const { value } of node.items) noteTemplates(source, value as Node | null, goes);
}

/** Values by name of a variable, or of what else has such names. */
export function writtenValues(entry: string, goes: Destination, max: number): Shape<Readonly<Record<string, Value>>> {
  return mapOf(
    {
      pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
      asked: 'a name has letters, digits and _, no digit first, and at most 64 of them',
      entry: (key) => `${entry} ${key}`,
      max,
    },
    writtenValue(goes),
  );
}

/** What replaces the expressions of a text and keeps the type of one alone. */
type Filler = { value(text: string): Value };

/** The value with all of its expressions worked out. */
export function workedOut(written: Value, filler: Filler): Value {
  if (typeof written === 'string') return filler.value(written);
  if (written === null || typeof written !== 'object') return written;
  if (isList(written)) return written.map((one) => workedOut(one, filler));
  return workedOutEach(written, filler);
}

export function workedOutEach(written: Readonly<Record<string, Value>>, filler: Filler): Record<string, Value> {
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, workedOut(value, filler)]));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** For places that know single values only: lists and maps as JSON, nothing as an empty text. */
export function singleValue(value: Value): FlowValue {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

const ONE_EXPRESSION = /^\s*\$\{\{[\s\S]*\}\}\s*$/;

/** Of which type a written value is going to be; `any` where that shows when it is worked out. */
export function writtenType(written: Value): ValueType {
  switch (typeof written) {
    case 'string':
      return ONE_EXPRESSION.test(written) ? 'any' : 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes_no';
    default:
      if (written === null) return 'any';
      return Array.isArray(written) ? 'list' : 'map';
  }
}
