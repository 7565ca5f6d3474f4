import type { Outgoing, OutgoingRule } from './trunk.ts';

/** E.164 allows 15 digits; fewer than 3 are no number of the public network. */
const DIGITS_MAX = 15;
const DIGITS_MIN = 3;
/** What people write between digits. */
const PUNCTUATION = /[\s().\-/]/g;

/**
 * A number as people write it, in the form in which rules of `outgoing` are compared and trunks are given it: digits, with a
 * plus in front where it is international (E.164). `00` in front is the plus, one `0` the site's own country. Undefined when
 * it is no number.
 */
export function dialledNumber(written: string, country: string): string | undefined {
  const plain = written.replace(PUNCTUATION, '');
  const number = international(plain, country);
  const digits = number.startsWith('+') ? number.slice(1) : number;
  if (!/^\d+$/.test(digits) || digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return undefined;
  return number;
}

function international(plain: string, country: string): string {
  if (plain.startsWith('00')) return `+${plain.slice(2)}`;
  if (plain.startsWith('0') && country !== '') return `${country}${plain.slice(1)}`;
  return plain;
}

/**
 * The rule of a number in its dialled form: the longest prefix that fits; undefined when none does. A short number, which
 * has no international form, must be named as a whole.
 */
export function outgoingRule(outgoing: Outgoing, number: string): OutgoingRule | undefined {
  if (!number.startsWith('+')) return outgoing.rules.find(({ prefix }) => prefix === number);
  let best: OutgoingRule | undefined;
  for (const rule of outgoing.rules) {
    if (number.startsWith(rule.prefix) && rule.prefix.length > (best?.prefix.length ?? -1)) best = rule;
  }
  return best;
}

/** Emergency and service numbers, such as 112: people dial them, and no limit is to stop that. */
export function isShort({ prefix }: OutgoingRule): boolean {
  return !prefix.startsWith('+');
}

/** Whether the site lets a number in its dialled form be dialled at all. */
export function mayBeDialled(outgoing: Outgoing, number: string): boolean {
  return (outgoingRule(outgoing, number)?.trunks.length ?? 0) > 0;
}

/** Whether it may be called without anybody's dialling it in that moment: never a short number, behind which nobody asked for it. */
export function mayBeOrdered(outgoing: Outgoing, number: string): boolean {
  return number.startsWith('+') && mayBeDialled(outgoing, number);
}
