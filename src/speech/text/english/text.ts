import type { Reader } from '../reader.ts';
import { readDate } from '../written/date.ts';
import { inWords } from '../written/in-words.ts';
import { MONEY, moneyOf } from '../written/money.ts';
import { MONTHS, yearInWords } from './times.ts';

/** A row of figures without separators that is longer than this is a name and no count: an account, an order. */
const COUNT_DIGITS_MAX = 6;

const MONTH = MONTHS.map((name) => `${name}|${name.slice(0, 3)}\\.?${name === 'September' ? '|Sept\\.?' : ''}`).join(
  '|',
);
const BEFORE = String.raw`(?<![\p{L}\d.,:/-])`;
const AFTER = String.raw`(?![\p{L}\d]|[.,:/-]\d)`;
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\b\.?)?|\d{1,2}\s?(?:[AaPp]\.[Mm]\.|[AaPp][Mm])`;

const rule = (source: string) => new RegExp(BEFORE + source + AFTER, 'gu');

const MOMENT = rule(String.raw`(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?`);
const FIGURE_DATE = rule(
  String.raw`(\d{4}([/.-])\d{1,2}\2\d{1,2}|\d{1,2}([/.-])\d{1,2}\3\d{4}|\d{1,2}\/\d{1,2}\/\d{2})`,
);
const MONTH_DAY = rule(String.raw`(${MONTH}) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?`);
const DAY_MONTH = rule(String.raw`(\d{1,2})(?:st|nd|rd|th)? (of )?(${MONTH})(?:,? (\d{4}))?`);
const MONTH_YEAR = rule(String.raw`(${MONTH}),? (\d{4})`);
const YEAR = rule(String.raw`((?:in|since|until|by|of|from|year) )((?:1[5-9]|20)\d{2})`);
const TIMES = rule(String.raw`(?:(${CLOCK})\s?[-–]\s?)?(${CLOCK})`);
const TELEPHONE = new RegExp(
  String.raw`${BEFORE}(?:\+\d(?:[ ()./-]{0,2}\d){6,14}|\(\d{2,5}\) ?\d{2,5}(?:[ -]?\d{2,5}){1,3}` +
    String.raw`|(?:1-)?\d{3}-\d{3}-\d{4}|0\d{1,4}[ /-]\d{2,8}(?:[ -]\d{1,5}){0,4})(?!\d)`,
  'gu',
);
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?`;
const PERCENT = new RegExp(String.raw`(?<![\d.,])([+-]?${NUMBER})\s?%`, 'g');
const RANGE = new RegExp(String.raw`(?<![\d.,])(${NUMBER})\s?–\s?(?=\d)`, 'g');
const ORDINAL = /(?<![\d.,])(\d{1,15})(?:st|nd|rd|th)\b/g;
const DOTTED = /(?<![\d.,])\d{1,9}(?:\.\d{1,9}){2,9}(?!\d)/g;
const FIGURES = new RegExp(String.raw`(?<![\d.,])(-(?=\d))?(${NUMBER})(?![\d]|,\d|\.\d)`, 'g');
/** What none of the others understood is still no row of figures for an engine. */
const REST = /\d+/g;

/**
 * English text with everything in figures as words. Each pattern looks for one thing and leaves no figure behind, so none
 * meets what another one made; the more special ones come first.
 */
export function englishText(text: string, reader: Reader, and: boolean): string {
  if (!/\d/.test(text)) return text;
  const { date, time, number } = inWords(reader);
  const monthDate = (month: string, day: string | undefined, year: string | undefined) => {
    const at = MONTHS.findIndex((name) => name.slice(0, 3) === month.slice(0, 3));
    const found = readDate(
      [year, at + 1, day].filter(Boolean).join('-'),
      `${year ? 'y' : ''}m${day ? 'd' : ''}`,
      'mdy',
    );
    return found && reader.date(found);
  };
  return text
    .replace(MOMENT, (all, day, hour) => both(date(day), time(hour), ' at ') ?? all)
    .replace(FIGURE_DATE, (all) => date(all) ?? all)
    .replace(MONTH_DAY, (all, month, day, year) => monthDate(month, day, year) ?? all)
    .replace(DAY_MONTH, (all, day, of, month, year) => {
      const found = monthDate(month, day, year);
      if (found === undefined || of === undefined) return found ?? all;
      // "the 3rd of May" stays in its order.
      return `${reader.ordinal(day)} of ${monthDate(month, undefined, year)}`;
    })
    .replace(MONTH_YEAR, (all, month, year) => monthDate(month, undefined, year) ?? all)
    .replace(YEAR, (_, before, year) => `${before}${yearInWords(Number(year), and)}`)
    .replace(TIMES, (all, from, to) => (from === undefined ? time(to) : both(time(from), time(to), ' to ')) ?? all)
    .replace(MONEY, (...match) => {
      const money = moneyOf(match.at(-1), reader.yen);
      return money ? apart(reader.money(money)) : match[0];
    })
    .replace(TELEPHONE, (all) => reader.telephone(all))
    .replace(PERCENT, (_, figures) => apart(`${number(figures)} percent`))
    .replace(RANGE, (_, figures) => `${number(figures)} to `)
    .replace(ORDINAL, (_, figures) => reader.ordinal(figures))
    .replace(DOTTED, (all) => all.split('.').map(number).join(' point '))
    .replace(FIGURES, (_, minus = '', figures: string, at: number, whole: string) => {
      // A dash after a letter joins, as in COVID-19.
      const joins = minus !== '' && /[\p{L}\d]/u.test(whole[at - 1] ?? '');
      const isName = /^0\d+$/.test(figures) || (/^\d+$/.test(figures) && figures.length > COUNT_DIGITS_MAX);
      return apart(isName ? reader.digits(figures) : number(`${joins ? '' : minus}${figures}`));
    })
    .replace(REST, (all) => apart(reader.digits(all)));
}

function both(first: string | undefined, second: string | undefined, between: string): string | undefined {
  return first === undefined || second === undefined ? undefined : `${first}${between}${second}`;
}

/** Words may not grow together with the letters that stood beside the figures; blanks too many are taken out later. */
function apart(words: string): string {
  return ` ${words} `;
}
