import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSound } from './voices.ts';

/** Debian's asterisk-core-sounds-en-wav: one woman, recorded. */
const DIR = '/usr/share/asterisk/sounds/en_US_f_Allison';

export const HUMAN_PACKAGE = 'asterisk-core-sounds-en-wav';

/** Whether the recorded prompts are installed. */
export const humanIsThere = existsSync(join(DIR, 'digits', 'day-0.wav'));

/** What is said in a file, by its name without `.wav`: 16 bit, 8 kHz. */
export function humanWords(name: string): Int16Array {
  return readSound(join(DIR, `${name}.wav`));
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** Words, and the files in which they are said. */
export const HUMAN_DAYS: readonly (readonly [string, string])[] = DAYS.map((day, at) => [day, `digits/day-${at}`]);
export const HUMAN_MONTHS: readonly (readonly [string, string])[] = MONTHS.map((month, at) => [
  month,
  `digits/mon-${at}`,
]);
/** Words that are neither days nor months, yes nor no. */
export const HUMAN_OTHERS = [
  'activated',
  'cancelled',
  'calling',
  'disabled',
  'extension',
  'goodbye',
  'hello',
  'hours',
  'invalid',
  'location',
  'lowercase',
  'minutes',
  'removed',
  'telephone-number',
  'transfer',
  'uppercase',
  'digits/billion',
  'digits/dollars',
  'digits/pound',
  'digits/star',
] as const;
