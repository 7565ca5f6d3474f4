import { LIST_ENTRIES_MAX } from '../limits.ts';
import { type Duration, durationMs } from '../values/duration.ts';
import { emptyOf, KIND_WORDS, type Kind, kindOf } from '../values/kind.ts';
import { atMsOf, type Time, timeAt } from '../values/time.ts';
import { equal, isIn } from './equal.ts';
import { bounded, costOf, spend, spendOnTexts, stop, type Work } from './work.ts';

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';
type Operation = (left: unknown, right: unknown, work: Work) => unknown;

/** What each operator does with two values. There is one kind of number: 7 / 2 is 3.5. */
export const OPERATIONS: Readonly<Record<BinaryOperator, Operation>> = {
  '==': equal,
  '!=': (left, right, work) => !equal(left, right, work),
  '<': (left, right, work) => compare(left, right, work) < 0,
  '<=': (left, right, work) => compare(left, right, work) <= 0,
  '>': (left, right, work) => compare(left, right, work) > 0,
  '>=': (left, right, work) => compare(left, right, work) >= 0,
  in: isIn,
  '+': add,
  '-': subtract,
  '*': (left, right) => number(asNumber(left, '*') * asNumber(right, '*')),
  '/': (left, right) => number(asNumber(left, '/') / divisor(right, '/')),
  '%': (left, right) => number(asNumber(left, '%') % divisor(right, '%')),
};

/** A number that was just worked out, unless it is so large that its last digits would be wrong. */
export function number(value: number): number {
  // Adding 0 makes a plain zero of the negative one.
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value + 0;
  return stop(`The number is beyond ${Number.MAX_SAFE_INTEGER}, so it could not be exact.`);
}

export function asNumber(value: unknown, operator: string): number {
  if (typeof value === 'number') return value;
  const kind = kindOf(value);
  return kind === 'nothing' ? 0 : stop(`"${operator}" needs numbers, not ${KIND_WORDS[kind]}.`);
}

function divisor(value: unknown, operator: string): number {
  return asNumber(value, operator) || stop('This divides by zero.');
}

/** Below 0, 0 or above 0, as the left value is smaller, the same or greater. Texts compare by their characters' codes. */
function compare(left: unknown, right: unknown, work: Work): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const kind = sharedKind(left, right, 'compares');
  const [a, b] = [left ?? emptyOf(kind), right ?? emptyOf(kind)];
  switch (kind) {
    case 'number':
      return (a as number) - (b as number);
    case 'text':
      spendOnTexts(work, a as string, b as string);
      return (a as string) < (b as string) ? -1 : Number(a !== b);
    case 'time':
      return moment(a) - moment(b);
    case 'duration':
      return (a as Duration).ms - (b as Duration).ms;
    default:
      return stop(`This compares ${KIND_WORDS[kind]} by size; numbers, texts and times have one.`);
  }
}

/** The kind that both are of; nothing takes the kind of what it stands beside, and two nothings are texts. */
function sharedKind(left: unknown, right: unknown, does: string): Kind {
  const kind = kindOf(left);
  const other = kindOf(right);
  if (kind === other) return kind === 'nothing' ? 'text' : kind;
  const shared = kind === 'nothing' ? other : kind;
  if ((kind !== 'nothing' && other !== 'nothing') || emptyOf(shared) === undefined) {
    return stop(`This ${does} ${KIND_WORDS[kind]} and ${KIND_WORDS[other]}.`);
  }
  return shared;
}

function moment(value: unknown): number {
  const atMs = atMsOf(value as Time);
  return Number.isNaN(atMs) ? stop('The time does not exist.') : atMs;
}

function add(left: unknown, right: unknown, work: Work): unknown {
  if (typeof left === 'number' && typeof right === 'number') return number(left + right);
  const [kind, other] = [kindOf(left), kindOf(right)];
  if (kind === 'nothing' && other === 'nothing') return null;
  if (kind === 'time' && other === 'duration') return later(left as Time, (right as Duration).ms);
  if (kind === 'duration' && other === 'time') return later(right as Time, (left as Duration).ms);
  const shared = sharedKind(left, right, 'adds');
  const [a, b] = [left ?? emptyOf(shared), right ?? emptyOf(shared)];
  spend(work, costOf(a) + costOf(b));
  switch (shared) {
    case 'number':
      return number((a as number) + (b as number));
    case 'text':
      return bounded((a as string) + (b as string));
    case 'list':
      return joined(a as readonly unknown[], b as readonly unknown[]);
    case 'duration':
      return length((a as Duration).ms + (b as Duration).ms);
    default:
      return stop(`"+" cannot add ${KIND_WORDS[kind]} and ${KIND_WORDS[other]}.`);
  }
}

function joined(left: readonly unknown[], right: readonly unknown[]): readonly unknown[] {
  if (left.length + right.length > LIST_ENTRIES_MAX) return stop(`The list has more than ${LIST_ENTRIES_MAX} entries.`);
  return [...left, ...right];
}

function subtract(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return number(left - right);
  const [kind, other] = [kindOf(left), kindOf(right)];
  if (kind === 'time' && other === 'time') return length(moment(left) - moment(right));
  if (kind === 'time' && other === 'duration') return later(left as Time, -(right as Duration).ms);
  if (kind === 'duration' && other === 'duration') return length((left as Duration).ms - (right as Duration).ms);
  return number(asNumber(left, '-') - asNumber(right, '-'));
}

function later(time: Time, ms: number): Time {
  return timeAt(atMsOf(time) + ms) ?? stop('The time lies outside of the years 1 to 9999.');
}

function length(ms: number): Duration {
  return durationMs(ms) ?? stop('The length of time is too long.');
}
