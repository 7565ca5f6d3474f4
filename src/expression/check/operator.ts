import type { ASTNode } from '@marcbachmann/cel-js';
import { faulty } from '../fault.ts';
import type { BinaryOperator } from '../run/operators.ts';
import { KIND_WORDS, type Kind } from '../values/kind.ts';

/** One side of an operator: what kind it is of, and how it is written. */
export type Side = { readonly kind: Kind; readonly written: string; readonly tree: ASTNode };

const SIZED: readonly Kind[] = ['number', 'text', 'time', 'duration'];
/** Kinds of which string() makes text. */
const HAS_TEXT: readonly Kind[] = ['number', 'yes_no', 'time', 'duration'];
/** What `+` and `-` take, and what comes of it; `any` is a side of which nothing is known before the flow runs. */
const SUMS: Readonly<Record<string, Kind>> = {
  'number + number': 'number',
  'number - number': 'number',
  'text + text': 'text',
  'list + list': 'list',
  'duration + duration': 'duration',
  'time + duration': 'time',
  'duration + time': 'time',
  'time - time': 'duration',
  'time - duration': 'time',
  'duration - duration': 'duration',
  'any + any': 'any',
  'any - any': 'any',
  'any + number': 'number',
  'any - number': 'number',
  'number - any': 'number',
  'any + text': 'text',
  'any + list': 'list',
  'any + time': 'time',
  'any + duration': 'any',
  'any - time': 'duration',
  'time - any': 'any',
  'any - duration': 'any',
  'duration - any': 'duration',
};

/** What kind an operator gives, or a fault that says what to write instead. */
export function checkOperator(operator: BinaryOperator, at: number, left: Side, right: Side): Kind {
  switch (operator) {
    case '==':
    case '!=':
      return comparable(operator, at, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sized(operator, at, left, right);
    case 'in':
      return among(at, left, right);
    case '+':
    case '-':
      return sum(operator, at, left, right);
    default:
      return product(operator, left, right);
  }
}

function isOpen({ kind }: Side): boolean {
  return kind === 'any' || kind === 'nothing';
}

function comparable(operator: string, at: number, left: Side, right: Side): Kind {
  if (isOpen(left) || isOpen(right) || left.kind === right.kind) return 'yes_no';
  return mismatch(operator, at, left, right);
}

function sized(operator: string, at: number, left: Side, right: Side): Kind {
  for (const side of [left, right]) {
    if (isOpen(side) || SIZED.includes(side.kind)) continue;
    const message = `"${operator}" compares numbers, texts and times; ${side.written} is ${KIND_WORDS[side.kind]}.`;
    faulty('expression.type', side.tree.start, message);
  }
  return comparable(operator, at, left, right);
}

function mismatch(operator: string, at: number, left: Side, right: Side): never {
  const found = `"${operator}" compares ${described(left)} with ${described(right)}.`;
  return faulty('expression.type', at, `${found}${conversion(operator, left, right)}`);
}

function described({ written, kind }: Side): string {
  return `${written} (${KIND_WORDS[kind]})`;
}

/** What to write where text is compared with a number, as with digits that a caller entered. */
function conversion(operator: string, left: Side, right: Side): string {
  const text = [left, right].find((side) => side.kind === 'text');
  const number = [left, right].find((side) => side.kind === 'number');
  if (!text || !number) return '';
  if (isLiteral(text)) return ` Write a number without quotes, or string(${number.written}).`;
  const byNumber = `double(${text.written}) to compare as numbers.`;
  if (operator !== '==' && operator !== '!=') return ` Write ${byNumber}`;
  if (isLiteral(number)) return ` Put the number into quotes ("${number.written}"), or write ${byNumber}`;
  return ` Write string(${number.written}) to compare as texts, or ${byNumber}`;
}

function isLiteral({ tree }: Side): boolean {
  return tree.op === 'value';
}

function among(at: number, left: Side, right: Side): Kind {
  if (right.kind === 'text') {
    return faulty(
      'expression.type',
      at,
      `"in" looks into lists and maps. For a part of a text write ${right.written}.contains(${left.written}).`,
    );
  }
  if (isOpen(right) || right.kind === 'list' || right.kind === 'map') return 'yes_no';
  return faulty(
    'expression.type',
    right.tree.start,
    `"in" looks into lists and maps; ${right.written} is ${KIND_WORDS[right.kind]}.`,
  );
}

function sum(operator: '+' | '-', at: number, left: Side, right: Side): Kind {
  const [a, b] = [isOpen(left) ? 'any' : left.kind, isOpen(right) ? 'any' : right.kind];
  const found = SUMS[`${a} ${operator} ${b}`] ?? (operator === '+' ? SUMS[`${b} + ${a}`] : undefined);
  if (found) return found;
  const hint = operator === '+' ? joining(left, right) : subtracting(left, right);
  const message = `"${operator}" cannot put together ${described(left)} and ${described(right)}.${hint}`;
  return faulty('expression.type', at, message);
}

/** What to write where text and something else are to become one text, or a sum. */
function joining(left: Side, right: Side): string {
  const text = [left, right].find((side) => side.kind === 'text');
  const other = [left, right].find((side) => HAS_TEXT.includes(side.kind));
  if (!text || !other) return '';
  const sum = other.kind === 'number' && !isLiteral(text) ? `, or double(${text.written}) to calculate` : '';
  return ` Write string(${other.written}) to join texts${sum}.`;
}

function subtracting(left: Side, right: Side): string {
  const text = [left, right].find((side) => side.kind === 'text');
  return text ? ` Write double(${text.written}) to calculate.` : '';
}

function product(operator: string, left: Side, right: Side): Kind {
  for (const side of [left, right]) {
    if (isOpen(side) || side.kind === 'number') continue;
    const hint = side.kind === 'text' ? ` Write double(${side.written}).` : '';
    faulty(
      'expression.type',
      side.tree.start,
      `"${operator}" needs numbers; ${side.written} is ${KIND_WORDS[side.kind]}.${hint}`,
    );
  }
  return 'number';
}
