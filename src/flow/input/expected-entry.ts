import { dayOf } from '../../model/local-time.ts';
import type { Expected } from '../../model/speech/listening.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { StepContext } from '../step-kind.ts';
import type { Collecting } from './collect.ts';
import type { EntryKind } from './entry.ts';
import { expectedPhrases } from './listen-order.ts';
import { PHONE_DIGITS } from './number-entry.ts';
import { USUAL_ANSWERS, yesAndNo } from './yes-no.ts';

/** What narrows an entry down: how many digits it has, and what alone it may be. */
type Narrowed = Pick<Collecting, 'min' | 'max'> & {
  readonly lengths?: readonly number[];
  readonly oneOf?: readonly string[];
};

/** What a recogniser has to expect where an entry of that kind is asked for. */
export function expectedEntry(kind: EntryKind, narrowed: Narrowed, language: string): Expected {
  const { min, max, lengths = [], oneOf = [] } = narrowed;
  if (oneOf.length > 0 && (kind === 'text' || kind === 'digits')) return expectedPhrases(oneOf);
  switch (kind) {
    case 'digits': {
      const fitting = lengths.filter((length) => length >= min && length <= max);
      return fitting.length === 0 ? { kind, min, max } : { kind, min: Math.min(...fitting), max: Math.max(...fitting) };
    }
    case 'phone':
      return { kind: 'digits', ...PHONE_DIGITS };
    case 'yes_no':
      return expectedPhrases(yesAndNo(USUAL_ANSWERS, language).flatMap(({ say }) => say));
    case 'text':
      return { kind: 'free' };
    default:
      return { kind };
  }
}

/** The day by the clock of the site, in days since 1970: a date without a year is the next one from then on. */
export function todayOf({ atMs, site }: StepContext): number {
  return dayOf(atMs + (timeZoneNamed(site.timeZone)?.offsetMsAt(atMs) ?? 0));
}
