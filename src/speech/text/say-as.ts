import type { Reader } from './reader.ts';
import { readerOf } from './reader-of.ts';
import { readDate } from './written/date.ts';
import { readMoney } from './written/money.ts';
import { readNumber } from './written/number.ts';
import { readTime } from './written/time.ts';

type Reading = (reader: Reader, text: string, format: string) => string | undefined;

/** The ways of reading that an `interpret-as` can ask for, by the names that are in use for them. */
const READINGS: Readonly<Record<string, Reading>> = {
  digits: (reader, text) => reader.digits(text),
  characters: (reader, text) => reader.characters(text),
  'spell-out': (reader, text) => reader.characters(text),
  verbatim: (reader, text) => reader.characters(text),
  telephone: (reader, text) => reader.telephone(text),
  cardinal: number,
  number,
  ordinal: (reader, text) => {
    const digits = /^\s*#?(\d{1,15})(st|nd|rd|th|\.)?\s*$/i.exec(text)?.[1];
    return digits && reader.ordinal(digits);
  },
  date: (reader, text, format) => {
    const date = readDate(text, format, reader.dateOrder);
    return date && reader.date(date);
  },
  time: (reader, text, format) => {
    const time = readTime(text);
    return time && reader.time(time, format === 'hms12' ? 12 : format === 'hms24' ? 24 : undefined);
  },
  currency: (reader, text) => {
    const money = readMoney(text, reader.yen);
    return money && reader.money(money);
  },
};

/** The words for a text that is to be read in a way of its own. What cannot be read so is read as it stands. */
export function sayAs(text: string, interpretAs: string, format: string, language: string): string {
  const reader = readerOf(language);
  const reading = Object.hasOwn(READINGS, interpretAs) ? READINGS[interpretAs] : undefined;
  return reading?.(reader, text, format.toLowerCase()) || reader.text(text);
}

function number(reader: Reader, text: string): string | undefined {
  const found = readNumber(text);
  return found && reader.number(found);
}
