import { holds } from '../../expression/evaluate.ts';
import { patternOf } from '../../expression/patterns/pattern.ts';
import { decimal } from '../shape/decimal.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, emptyOf, type ObjectOf, object, optional } from '../shape/object.ts';
import { choice, text, wholeNumber } from '../shape/scalars.ts';
import { mapped, type Shape, type Tell } from '../shape/shape.ts';
import { CONDITION } from '../shape/template.ts';
import { YES_NO } from '../shape/yes-no.ts';
import type { StepContext } from '../step-kind.ts';
import { type Collecting, DIGITS_MAX } from './collect.ts';
import { DATE_FORMATS, type DateFormat } from './date-entry.ts';
import { ENTRY_KINDS, type EntryKind, type EntryValue } from './entry.ts';
import { canMatch } from './pattern-lengths.ts';
import { spokenWords } from './phrases.ts';

/** What an entry must be. */
export type Validate = {
  readonly kind: EntryKind;
  readonly format: DateFormat | null;
  /** Matches the whole of it. */
  readonly pattern: string | null;
  /** Empty: any. */
  readonly lengths: readonly number[];
  readonly luhn: boolean;
  readonly range: { readonly min: number | null; readonly max: number | null } | null;
  /** Empty: any. */
  readonly oneOf: readonly string[];
  /** An expression about `result.value`. */
  readonly expression: string | null;
};

const LARGEST = { min: -1e12, max: 1e12 };
const ENTRIES_MAX = 500;
const NUMBERS: ReadonlySet<EntryKind> = new Set<EntryKind>(['digits', 'number', 'currency']);

const FIELDS = {
  kind: defaulted(choice(ENTRY_KINDS), 'digits', 'What it is; anything else is a no_match.'),
  format: optional(choice(DATE_FORMATS), 'For a date: in which order it is typed; DDMMYYYY when left out.'),
  pattern: optional(text(), 'A regular expression (RE2) that the whole of it must match.'),
  lengths: defaulted(listOrOne(wholeNumber({ min: 1, max: 1000 }), ENTRIES_MAX), [], 'How long it may be.', []),
  luhn: defaulted(YES_NO, false, 'Whether its last digit must be the right check digit (Luhn), as on payment cards.'),
  range: optional(
    object({
      min: optional(decimal(LARGEST), 'The least number.'),
      max: optional(decimal(LARGEST), 'The greatest number.'),
    }),
    'Between which numbers, `min` and `max`, it must lie; one of them may be left out.',
  ),
  one_of: defaulted(listOrOne(text(), ENTRIES_MAX), [], 'What it may be; small and capital letters are the same.', []),
  expression: optional(CONDITION, 'What must hold; `result.value` is what was entered.'),
};

export const VALIDATE: Shape<Validate> = mapped(object(FIELDS), validateOf);
export const ANY_DIGITS: Validate = validateOf(emptyOf(FIELDS));

function validateOf(written: ObjectOf<typeof FIELDS>): Validate {
  const { range } = written;
  return {
    kind: written.kind,
    format: written.format ?? null,
    pattern: written.pattern ?? null,
    lengths: written.lengths,
    luhn: written.luhn,
    range: range ? { min: range.min ?? null, max: range.max ?? null } : null,
    oneOf: written.one_of,
    expression: written.expression ?? null,
  };
}

/** Whether a value passes every check. `result` must be among the names of the context already. */
export function isValid(validate: Validate, value: EntryValue, context: StepContext): boolean {
  const { pattern, lengths, luhn, range, oneOf, expression } = validate;
  const written = String(value);
  const number = Number(value);
  const allowed =
    oneOf.length === 0 || oneOf.some((one) => one === written || spokenWords(one) === spokenWords(written));
  return (
    (lengths.length === 0 || lengths.includes(written.length)) &&
    (pattern === null || matchesWhole(pattern, written)) &&
    (!luhn || isLuhn(written)) &&
    (range === null || (number >= (range.min ?? -Infinity) && number <= (range.max ?? Infinity))) &&
    allowed &&
    (expression === null || context.holds(expression))
  );
}

function isLuhn(digits: string): boolean {
  const found = holds('luhn(result.value)', { result: { value: digits } });
  return found.ok && found.value;
}

function matchesWhole(pattern: string, value: string): boolean {
  const made = patternOf(whole(pattern));
  return made.ok && made.pattern.matches(value);
}

/** A pattern finds its place anywhere in a text; this one takes all of it. */
function whole(pattern: string): string {
  const folded = pattern.startsWith('(?i)');
  return `${folded ? '(?i)' : ''}^(?:${folded ? pattern.slice(4) : pattern})$`;
}

/** Tells what can never be entered, or means nothing for this kind; `path` leads to what was written. */
export function checkValidate(
  validate: Validate,
  { min, max }: Pick<Collecting, 'min' | 'max'>,
  path: readonly string[],
  tell: Tell,
): void {
  const { kind, format, pattern, lengths, luhn, range } = validate;
  const conflict = (key: string, needs: string): void =>
    tell(
      'key.conflict',
      [...path, key],
      `${key} is for kind ${needs}; the kind here is ${kind}. Leave one of them out.`,
    );
  if (format !== null && kind !== 'date') conflict('format', 'date');
  if (luhn && kind !== 'digits') conflict('luhn', 'digits');
  if (range && !NUMBERS.has(kind)) conflict('range', 'digits, number or currency');
  if (range?.min != null && range.max != null && range.min > range.max) {
    tell(
      'value.range',
      [...path, 'range'],
      `No number lies between ${range.min} and ${range.max}: min is the greater one.`,
    );
  }
  const counted = kind === 'digits' && min <= max;
  if (counted && lengths.length > 0 && !lengths.some((length) => length >= min && length <= max)) {
    const message = `None of these lengths lies between min (${min}) and max (${max}), so nothing can be entered.`;
    tell('value.range', [...path, 'lengths'], message);
  }
  if (pattern !== null) checkPattern(pattern, counted ? { min, max } : undefined, [...path, 'pattern'], tell);
}

function checkPattern(
  pattern: string,
  digits: { min: number; max: number } | undefined,
  path: readonly string[],
  tell: Tell,
): void {
  const made = patternOf(whole(pattern));
  if (!made.ok) return tell('pattern.invalid', path, made.message);
  if (!digits || canMatch(pattern, '0123456789*#', digits.min, Math.min(digits.max, DIGITS_MAX))) return;
  const message = `No input of ${digits.min} to ${digits.max} digits can match this pattern. Correct it, or min and max.`;
  tell('pattern.never_matches', path, message);
}
