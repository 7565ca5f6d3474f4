import type { Node } from 'yaml';
import { suggestion } from './nearest.ts';
import type { Source } from './source.ts';

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `500ms`, `5s`, `2m`, `1h`, `7d`, or a plain number of seconds; in ms. */
export function durationMs(
  source: Source,
  node: Node | null | undefined,
  what: string,
  limits: { minMs: number; maxMs: number },
): number | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const ms = durationIn(text);
  if (ms === undefined) {
    source.problem('value.type', node, `${what} must be a duration such as 5s, 500ms or 2m, not "${text}".`);
    return undefined;
  }
  if (ms < limits.minMs || ms > limits.maxMs) {
    const range = `between ${spokenDuration(limits.minMs)} and ${spokenDuration(limits.maxMs)}`;
    source.problem('value.range', node, `${what} must lie ${range}, not ${text}.`);
    return undefined;
  }
  return ms;
}

/** A duration in ms; undefined when the text is none. */
export function durationIn(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?$/.exec(text.trim());
  return found ? Math.round(Number(found[1]) * UNITS[found[2] ?? 's']!) : undefined;
}

/** A duration as people write it, in the largest unit that fits; days only from two on, for a day is mostly said as 24h. */
export function spokenDuration(ms: number): string {
  if (ms % 86_400_000 === 0 && ms > 86_400_000) return `${ms / 86_400_000}d`;
  if (ms % 3_600_000 === 0 && ms > 0) return `${ms / 3_600_000}h`;
  if (ms % 60_000 === 0 && ms > 0) return `${ms / 60_000}m`;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

export function wholeNumber(
  source: Source,
  node: Node | null | undefined,
  what: string,
  limits: { min: number; max: number },
): number | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^[+-]?\d+$/.test(text)) {
    source.problem('value.type', node, `${what} must be a whole number, not "${text}".`);
    return undefined;
  }
  if (number < limits.min || number > limits.max) {
    source.problem('value.range', node, `${what} must lie between ${limits.min} and ${limits.max}, not ${text}.`);
    return undefined;
  }
  return number;
}

export function oneOf<C extends string>(
  source: Source,
  node: Node | null | undefined,
  what: string,
  choices: readonly C[],
): C | undefined {
  const text = source.text(node, what);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text);
  if (choice === undefined) {
    source.problem('value.choice', node, `${what} cannot be "${text}". ${suggestion(text, choices)}`);
  }
  return choice;
}

/** A list of texts; one text alone is a list of one. */
export function texts(source: Source, node: Node | null | undefined, what: string): string[] {
  if (node && 'items' in node) {
    return source.list(node, what).flatMap((item) => source.text(item, `Each of ${what}`) ?? []);
  }
  const one = source.text(node, what);
  return one === undefined ? [] : [one];
}

const KEY_NAMES: Record<string, string> = { star: '*', hash: '#', pound: '#' };

/** A key of a telephone: 0-9, star (or "*"), hash or pound (or "#"). */
export function phoneKey(written: string): string | undefined {
  const key = KEY_NAMES[written] ?? written;
  return /^[0-9*#]$/.test(key) ? key : undefined;
}
