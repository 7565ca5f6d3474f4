import type { Reader } from '../reader.ts';
import { readDate } from './date.ts';
import { readNumber } from './number.ts';
import { readTime } from './time.ts';

/** What is written in figures, in the words of a language; undefined: it is no such date or time. */
export type InWords = Record<'date' | 'time', (written: string) => string | undefined> & {
  number(written: string): string;
};

export function inWords(reader: Reader): InWords {
  return {
    date(written) {
      const found = readDate(written, '', reader.dateOrder);
      return found && reader.date(found);
    },
    time(written) {
      const found = readTime(written);
      return found && reader.time(found, undefined);
    },
    number(written) {
      const found = readNumber(written);
      return found ? reader.number(found) : reader.digits(written);
    },
  };
}
