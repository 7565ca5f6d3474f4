/** A time of day; `hour` is 0 to 24 as it is written, 1 to 12 beside a `half`. */
export type WrittenTime = {
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly half?: 'am' | 'pm';
};

const TIME = /^(\d{1,2})(?:[:：.](\d{2})(?:[:：.](\d{2}))?)?\s*(?:([ap])\.?\s?m\.?)?$/i;

/** Reads `14:30`, `2:30pm`, `8 a.m.`, `08:00:15`. Undefined for what is no time of a day, and for an hour alone. */
export function readTime(text: string): WrittenTime | undefined {
  const found = TIME.exec(text.trim());
  if (!found) return undefined;
  const [, hours, minutes, seconds, letter] = found;
  if (minutes === undefined && letter === undefined) return undefined;
  const [hour, minute, second] = [Number(hours), Number(minutes ?? 0), Number(seconds ?? 0)];
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined;
  // 14:30 pm is written at times, and means what it says without the letters.
  const half = hour < 1 || hour > 12 ? undefined : letter?.toLowerCase();
  return {
    hour,
    minute,
    ...(seconds === undefined ? {} : { second }),
    ...(half === undefined ? {} : { half: half === 'a' ? 'am' : 'pm' }),
  };
}

/** The hour of the day, 0 to 23. */
export function hourOfDay({ hour, half }: WrittenTime): number {
  if (half === undefined) return hour % 24;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}
