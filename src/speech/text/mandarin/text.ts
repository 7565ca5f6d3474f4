import type { Reader } from '../reader.ts';
import { inWords } from '../written/in-words.ts';
import { MONEY, moneyOf } from '../written/money.ts';
import { readNumber, type WrittenNumber } from '../written/number.ts';
import { counted } from './numbers.ts';

/** A row of figures without separators that is longer than this is a name and no count, unless a measure follows. */
const COUNT_DIGITS_MAX = 6;

/** Words before which a number counts things, so that 2 is 两. Not 月, 日, 号, 楼 and 分: 二月, 二号, 二楼. */
const MEASURES = [
  '个',
  '位',
  '次',
  '天',
  '年',
  '周',
  '星期',
  '小时',
  '分钟',
  '秒',
  '点',
  '人',
  '名',
  '件',
  '条',
  '张',
  '本',
  '种',
  '家',
  '台',
  '部',
  '通',
  '遍',
  '份',
  '项',
  '倍',
  '岁',
  '层',
  '元',
  '块',
  '角',
  '毛',
  '万',
  '亿',
  '千',
  '公里',
  '公斤',
  '米',
].join('|');

const BEFORE = String.raw`(?<![A-Za-z\d.,:/-])`;
const AFTER = String.raw`(?![A-Za-z\d]|[.,:/-]\d)`;
const rule = (source: string) => new RegExp(BEFORE + source + AFTER, 'gu');
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?`;

const MOMENT = rule(String.raw`(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})?`);
const FIGURE_DATE = rule(String.raw`(\d{4}([/.-])\d{1,2}\2\d{1,2}|\d{1,2}([/.-])\d{1,2}\3\d{4})`);
const YEAR = rule(String.raw`(\d{4})\s?(?=年)`);
const TIMES = rule(
  String.raw`(\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)(?:\s?[-–—~～到至]\s?(\d{1,2}[:：]\d{2}(?:[:：]\d{2})?))?`,
);
const YUAN = new RegExp(String.raw`(?<![\d.,])([+-]?)(${NUMBER})\s?(?:元|块)(?![\d])`, 'g');
const TELEPHONE = new RegExp(
  String.raw`${BEFORE}(?:\+\d(?:[ ()./-]{0,2}\d){6,14}|1[3-9]\d(?:[ -]?\d{4}){2}|[48]00-?\d{3,4}-?\d{3,4}` +
    String.raw`|\(?0\d{2,3}\)?[ -]\d{3,4}[ -]?\d{3,5})(?!\d)`,
  'g',
);
const PERCENT = new RegExp(String.raw`(?<![\d.,])([+-]?${NUMBER})\s?%`, 'g');
const RANGE = new RegExp(
  String.raw`(?<![\d.,-])(${NUMBER})\s?[-–—~～]\s?(?=${NUMBER}\s?(?:${MEASURES}|月|日|号|分))`,
  'g',
);
const ORDINAL = /第\s?(\d{1,15})(?![\d.,])/g;
const COUNT = new RegExp(String.raw`(?<![\d.,])(-?)(${NUMBER})\s?(?=${MEASURES})`, 'g');
const FIGURES = new RegExp(String.raw`(?<![\d.,])(-(?=\d))?(${NUMBER})(?![\d]|,\d|\.\d)`, 'g');
const REST = /\d+/g;

/**
 * Mandarin text with everything in figures as words. Each pattern looks for one thing and leaves no figure behind, so none
 * meets what another one made; the more special ones come first.
 */
export function mandarinText(text: string, reader: Reader): string {
  const narrow = text.replace(/[０-９％＄￥＋－]/g, (sign) => NARROW[sign] ?? sign.normalize('NFKC'));
  if (!/\d/.test(narrow)) return text;
  const { date, time, number } = inWords(reader);
  const count = (minus: string, figures: string) => {
    const found = readNumber(figures);
    return found
      ? `${minus === '' ? '' : '负'}${isWhole(found) ? counted(found.whole) : reader.number(found)}`
      : undefined;
  };
  return narrow
    .replace(MOMENT, (all, day, hour) => joined(date(day), '', time(hour)) ?? all)
    .replace(FIGURE_DATE, (all) => date(all) ?? all)
    .replace(YEAR, (_, year) => reader.digits(year))
    .replace(TIMES, (all, from, to) => (to === undefined ? time(from) : joined(time(from), '到', time(to))) ?? all)
    .replace(MONEY, (...match) => {
      const money = moneyOf(match.at(-1), reader.yen);
      return money ? reader.money(money) : match[0];
    })
    .replace(TELEPHONE, (all) => reader.telephone(all))
    .replace(YUAN, (all, sign, figures) => {
      const found = readNumber(sign + figures);
      return found ? reader.money({ number: found, currency: 'CNY' }) : all;
    })
    .replace(PERCENT, (_, figures) =>
      figures.startsWith('-') ? `负百分之${number(figures.slice(1))}` : `百分之${number(figures)}`,
    )
    .replace(RANGE, (_, figures) => `${count('', figures) ?? number(figures)}到`)
    .replace(ORDINAL, (_, figures) => reader.ordinal(figures))
    .replace(COUNT, (all, minus, figures) => count(minus, figures) ?? all)
    .replace(FIGURES, (_, minus = '', figures: string) => {
      const isName = /^0\d+$/.test(figures) || (/^\d+$/.test(figures) && figures.length > COUNT_DIGITS_MAX);
      return isName ? reader.digits(figures) : number(`${minus}${figures}`);
    })
    .replace(REST, (all) => reader.digits(all));
}

/** Wide signs that Unicode would make into other ones than those that are looked for. */
const NARROW: Readonly<Record<string, string>> = { '￥': '¥' };

function isWhole({ fraction }: WrittenNumber): boolean {
  return fraction === '';
}

function joined(first: string | undefined, between: string, second: string | undefined): string | undefined {
  return first === undefined || second === undefined ? undefined : `${first}${between}${second}`;
}
