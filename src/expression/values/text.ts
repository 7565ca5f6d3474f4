import type { Duration } from './duration.ts';
import { kindOf } from './kind.ts';
import { type Time, timeText } from './time.ts';

/** Digits after the point in a text; more are the rounding of binary fractions (0.1 + 0.2). */
const SIGNIFICANT_DIGITS = 15;

/** A number as people write it: 3, 2.5, never 3.0 or 1e-7. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value + 0) : String(value);
  const shortest = String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
  return shortest.includes('e-') ? value.toFixed(SIGNIFICANT_DIGITS).replace(/\.?0+$/, '') : shortest;
}

/** A single value as text; nothing is the empty text. Undefined for lists, maps and what has no text. */
export function valueText(value: unknown): string | undefined {
  switch (kindOf(value)) {
    case 'text':
      return value as string;
    case 'number':
      return numberText(value as number);
    case 'yes_no':
      return String(value);
    case 'nothing':
      return '';
    case 'duration':
      return (value as Duration).toString();
    case 'time':
      return timeText(value as Time);
    default:
      return undefined;
  }
}
