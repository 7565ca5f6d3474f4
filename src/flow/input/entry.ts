import type { ValueType } from '../../expression/value-type.ts';
import type { Collecting, Entered } from './collect.ts';
import { type DateFormat, dateEntry, saidDate, timeEntry, timeWritten } from './date-entry.ts';
import { amountOf, currencyEntry, digitsEntry, keyedNumber, numberEntry, phoneEntry } from './number-entry.ts';
import { chosenByReply, chosenBySpeech } from './options.ts';
import { spokenDigits } from './spelled.ts';
import { spokenDay } from './spoken/spoken-date.ts';
import { spokenMoney } from './spoken/spoken-money.ts';
import { spokenTime } from './spoken/spoken-time.ts';
import { USUAL_ANSWERS, yesAndNo } from './yes-no.ts';

/** What is asked for, after the built-in types of VoiceXML 2.0 (appendix P). */
export const ENTRY_KINDS = ['digits', 'number', 'date', 'time', 'phone', 'currency', 'yes_no', 'text'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What an entry is in an expression. */
export const ENTRY_TYPES: Readonly<Record<EntryKind, ValueType>> = {
  digits: 'text',
  number: 'number',
  date: 'text',
  time: 'text',
  phone: 'text',
  currency: 'number',
  yes_no: 'yes_no',
  text: 'text',
};

/** Kinds in which a star or a hash means nothing. */
const DIGITS_ALONE: ReadonlySet<EntryKind> = new Set<EntryKind>(['date', 'time', 'phone', 'yes_no']);
/** Most keys that a kind can need, so that nobody has to wait after the last one. */
const KEYS_MAX: Readonly<Partial<Record<EntryKind, number>>> = { date: 8, time: 4, yes_no: 1 };

export function mostKeys(kind: EntryKind, max: number): number {
  return Math.min(max, KEYS_MAX[kind] ?? max);
}

export type EntryValue = string | number | boolean;

/** `today`: in days since 1970, by the clock of the site; without it no day is named by less than its year. */
export type EntryAbout = { readonly language: string; readonly format: DateFormat; readonly today?: number };

/**
 * What was entered as a value in its usual form (a date as `2026-12-24`, a time as `09:30`); undefined when it is none of
 * that kind, or has fewer digits than `min` or more than `max`.
 */
export function entryValue(
  kind: EntryKind,
  { text, how }: Entered,
  { min, max }: Pick<Collecting, 'min' | 'max'>,
  { language, format, today }: EntryAbout,
): EntryValue | undefined {
  if (how === 'keys' && (text.length < min || (DIGITS_ALONE.has(kind) && !/^[0-9]+$/.test(text)))) return undefined;
  switch (kind) {
    case 'digits': {
      const digits = how === 'keys' ? text : digitsEntry(text, language);
      return digits !== undefined && digits.length >= min && digits.length <= max ? digits : undefined;
    }
    case 'number':
      return how === 'keys' ? keyedNumber(text) : numberEntry(text, language);
    case 'currency':
      if (how === 'keys') return amountOf(keyedNumber(text));
      return amountOf(spokenMoney(text, language)) ?? currencyEntry(text, language);
    case 'phone':
      return phoneEntry(text, language);
    case 'date':
      return (
        dateEntry(text, format) ??
        dateInWords(text, language, today) ??
        dateEntry(spokenDigits(text, language) ?? '', format)
      );
    case 'time': {
      const said = how === 'keys' ? undefined : spokenTime(text, language);
      return timeEntry(text) ?? (said ? timeWritten(said) : timeEntry(spokenDigits(text, language) ?? ''));
    }
    case 'yes_no': {
      const options = yesAndNo(USUAL_ANSWERS, language);
      const chosen =
        how === 'speech' ? chosenBySpeech(options, text, language) : chosenByReply(options, text, language);
      return chosen && chosen === options[0];
    }
    case 'text':
      return text.trim() === '' ? undefined : text.trim();
  }
}

function dateInWords(text: string, language: string, today: number | undefined): string | undefined {
  const said = spokenDay(text, language);
  if (said === undefined) return undefined;
  if (today === undefined && ('inDays' in said || said.year === null)) return undefined;
  return saidDate(said, today ?? 0);
}
