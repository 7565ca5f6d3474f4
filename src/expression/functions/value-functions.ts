import { LIST_ENTRIES_MAX } from '../limits.ts';
import { bounded, keysOf, stop, type Work } from '../run/work.ts';
import { durationOf } from '../values/duration.ts';
import { valueText } from '../values/text.ts';
import { atMsOf, type Time, timeOf } from '../values/time.ts';
import { type ExpressionFunction, NUMBER, TEXT } from './function.ts';

const TRUE_TEXTS = ['true', 'True', 'TRUE', 't', '1'];
const FALSE_TEXTS = ['false', 'False', 'FALSE', 'f', '0', ''];

/** Conversions, and what lists and maps are asked. */
export const VALUE_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'string',
    signature: 'string(value) -> text',
    description: 'A number, true or false, a time or a length of time as text.',
    takes: [['text', 'number', 'yes_no', 'time', 'duration']],
    gives: 'text',
    run: ([value]) => valueText(value) ?? stop('string() was given a time that does not exist.'),
  },
  {
    name: 'double',
    signature: 'double(value) -> number',
    description: 'A text such as "4711" or "2.5" as a number.',
    takes: [['number', 'text', 'yes_no']],
    gives: 'number',
    run: ([value]) => numberOf(value, 'double'),
  },
  {
    name: 'int',
    signature: 'int(value) -> number',
    description:
      'A whole number: of a text such as "4711", or of a number without what comes after its point. Of a time: seconds since 1970.',
    takes: [['number', 'text', 'time', 'yes_no']],
    gives: 'number',
    run: ([value]) => whole(value),
  },
  {
    name: 'bool',
    signature: 'bool(value) -> true/false',
    description: 'The texts "true" and "false", also written "1" and "0", as true and false.',
    takes: [['yes_no', 'text']],
    gives: 'yes_no',
    run: ([value]) => yesNo(value),
  },
  {
    name: 'round',
    signature: 'round(number) or round(number, digits) -> number',
    description: 'The nearest whole number, or the nearest with so many digits after the point.',
    takes: [NUMBER, NUMBER],
    needs: 1,
    gives: 'number',
    run: ([value, places]) => round(value as number, (places as number | undefined) ?? 0),
  },
  {
    name: 'size',
    signature: 'size(value) -> number',
    description: 'How many characters a text has, or how many entries a list or map.',
    takes: [['text', 'list', 'map']],
    gives: 'number',
    run: ([value], work) => size(value, work),
  },
  {
    name: 'join',
    signature: 'list.join(separator) -> text',
    description: 'The entries of a list as one text.',
    takes: [['list'], TEXT],
    needs: 1,
    gives: 'text',
    run: ([list, separator]) => join(list as readonly unknown[], (separator as string | undefined) ?? ''),
  },
  {
    name: 'timestamp',
    signature: 'timestamp(text) -> time',
    description: 'A moment such as "2026-12-24T18:00:00+01:00" (RFC 3339).',
    takes: [['text', 'time']],
    gives: 'time',
    literal: { argument: 0, must: false, wrong: (text) => (timeOf(text) ? undefined : notATime(text)) },
    run: ([value]) =>
      typeof value === 'string' ? (timeOf(value) ?? stop('timestamp() was given a text that is no time.')) : value,
  },
  {
    name: 'duration',
    signature: 'duration(text) -> length of time',
    description: 'A length of time such as "90s", "15m" or "1h30m".',
    takes: [['text', 'duration']],
    gives: 'duration',
    literal: { argument: 0, must: false, wrong: (text) => (durationOf(text) ? undefined : notADuration(text)) },
    run: ([value]) =>
      typeof value === 'string'
        ? (durationOf(value) ?? stop('duration() was given a text that is no length of time.'))
        : value,
  },
];

function notATime(text: string): string {
  return `"${text.slice(0, 40)}" is no time such as "2026-12-24T18:00:00+01:00".`;
}

function notADuration(text: string): string {
  return `"${text.slice(0, 40)}" is no length of time such as "90s" or "1h30m".`;
}

function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = (value as string).trim();
  // The text is not repeated: it may be what a caller entered.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text))
    return stop(`${name}() was given a text that is no number.`);
  return Number(text);
}

function whole(value: unknown): number {
  if (typeof value === 'object') return Math.floor(atMsOf(value as Time) / 1_000);
  return Math.trunc(numberOf(value, 'int'));
}

function yesNo(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (TRUE_TEXTS.includes(value as string)) return true;
  return FALSE_TEXTS.includes(value as string)
    ? false
    : stop('bool() was given a text that is neither true nor false.');
}

/** Halves go away from zero, as people round amounts; the epsilon makes up for 1.005 being stored as a little less. */
function round(value: number, places: number): number {
  if (!(Number.isInteger(places) && places >= 0 && places <= 10)) return stop('round() takes 0 to 10 digits.');
  const scale = 10 ** places;
  const rounded = Math.round(Math.abs(value) * scale * (1 + Number.EPSILON)) / scale;
  return value < 0 ? -rounded : rounded;
}

function size(value: unknown, work: Work): number {
  if (typeof value === 'string') return [...value].length;
  return Array.isArray(value) ? value.length : keysOf(value as object, work).length;
}

function join(list: readonly unknown[], separator: string): string {
  if (list.length > LIST_ENTRIES_MAX) return stop(`join() was given more than ${LIST_ENTRIES_MAX} entries.`);
  let text = '';
  for (const [i, entry] of list.entries()) {
    const part = valueText(entry) ?? stop('join() was given a list with lists or maps in it.');
    text = bounded(i === 0 ? part : text + separator + part);
  }
  return text;
}
