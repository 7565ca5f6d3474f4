/** A day, or the parts of one that are written. `month` is 1 to 12. */
export type WrittenDate = { readonly year?: number; readonly month?: number; readonly day?: number };

type Part = 'y' | 'm' | 'd';

/** Most days of each month. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a date in figures. `format` names the order of its parts by letters, such as `dmy`, `md`, `yyyymmdd`; without
 * one, a date that begins with four figures is ISO 8601, one with points is day, month, year, and for others `order` says
 * whether the day or the month comes first, unless only the other can be. Undefined when there is no such day.
 */
export function readDate(text: string, format: string, order: 'mdy' | 'dmy'): WrittenDate | undefined {
  const trimmed = text.trim();
  const parts = partsOf(format);
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(trimmed) ?? /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(trimmed);
  if (iso && parts?.[0] !== 'd' && parts?.[0] !== 'm') return dateOf(['y', 'm', 'd'], iso.slice(1, 4));
  if (parts === undefined) return format === '' ? guessed(trimmed, order) : undefined;
  const figures =
    /^\d+$/.test(trimmed) && parts.length > 1 ? cut(trimmed, parts) : trimmed.split(/[^\d]+/).filter(Boolean);
  return figures.length === parts.length ? dateOf(parts, figures) : undefined;
}

function guessed(text: string, order: 'mdy' | 'dmy'): WrittenDate | undefined {
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (!found) return undefined;
  const figures = [found[1]!, found[3]!, found[4]!];
  const orders: readonly Part[][] = [
    ['d', 'm', 'y'],
    ['m', 'd', 'y'],
  ];
  const [first, second] = found[2] === '.' || order === 'dmy' ? orders : [orders[1]!, orders[0]!];
  return dateOf(first!, figures) ?? dateOf(second!, figures);
}

/** `yyyymmdd` and `ymd` name the same parts. Undefined for anything else than y, m and d, each at one place. */
function partsOf(format: string): Part[] | undefined {
  const letters = [...format.toLowerCase().replace(/[^a-z]/g, '')].filter((one, at, all) => one !== all[at - 1]);
  const known = letters.length > 0 && letters.length === new Set(letters).size;
  return known && letters.every((one) => 'ymd'.includes(one)) ? (letters as Part[]) : undefined;
}

/** Figures without separators: the year has what month and day leave, two or four. */
function cut(figures: string, parts: readonly Part[]): string[] {
  const yearLength = figures.length - 2 * parts.filter((one) => one !== 'y').length;
  if (parts.includes('y') ? yearLength !== 4 && yearLength !== 2 : yearLength !== 0) return [];
  let at = 0;
  return parts.map((part) => {
    const from = at;
    at += part === 'y' ? yearLength : 2;
    return figures.slice(from, at);
  });
}

function dateOf(parts: readonly Part[], figures: readonly string[]): WrittenDate | undefined {
  const value = (part: Part) => {
    const at = parts.indexOf(part);
    return at < 0 ? undefined : Number(figures[at]);
  };
  const [month, day] = [value('m'), value('d')];
  const year = fullYear(value('y'));
  if (year !== undefined && (year < 1 || year > 9999)) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysIn(year, month))) return undefined;
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

function daysIn(year: number | undefined, month: number | undefined): number {
  if (month === undefined) return 31;
  const short = month === 2 && year !== undefined && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  return short ? 28 : DAYS[month - 1]!;
}

/** Two figures: POSIX strptime's %y, 69 to 99 are of the last century. */
function fullYear(year: number | undefined): number | undefined {
  if (year === undefined || year >= 100) return year;
  return year + (year >= 69 ? 1900 : 2000);
}
