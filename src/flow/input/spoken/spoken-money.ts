import { spokenWords } from '../phrases.ts';
import { chineseNumber } from './chinese-number.ts';
import { englishGroups, englishNumber } from './english-number.ts';
import { isMandarin, unspaced } from './spoken-number.ts';

/** An amount that was said in words, "twelve dollars and fifty cents", "十二块五"; undefined when it is none. */
export function spokenMoney(text: string, language: string): number | undefined {
  // The sign of a number in figures would be lost with the other signs.
  if (/^\s*[+-]/.test(text)) return undefined;
  if (isMandarin(language)) return chineseMoney(unspaced(text));
  if (!/^en(-|$)/i.test(language)) return undefined;
  if (/[0-9]/.test(text)) return undefined;
  return englishMoney(spokenWords(text).replace(/ please$/, ''));
}

const UNIT = '(?:dollars?|euros?|pounds?|francs?|yuan)';

function englishMoney(said: string): number | undefined {
  const cents = /^(.+) (?:cents?|pence)$/.exec(said);
  const both = new RegExp(`^(.+?) ${UNIT}(?: (?:and )?(.+?)(?: (?:cents?|pence))?)?$`).exec(said);
  if (both) return sum(number(both[1]!), both[2] === undefined ? 0 : number(both[2]));
  if (cents) return sum(0, number(cents[1]!));
  const whole = number(said);
  if (whole !== undefined) return whole;
  // "Twelve fifty", as prices are said.
  const groups = englishGroups(said.split(' '));
  return groups?.length === 2 && groups[1]! >= 10 && groups[1]! < 100 ? sum(groups[0], groups[1]) : undefined;
}

function number(said: string): number | undefined {
  return englishNumber(said.split(' '));
}

function sum(whole: number | undefined, cents: number | undefined): number | undefined {
  if (whole === undefined || cents === undefined || cents < 0 || cents > 99 || !Number.isInteger(cents))
    return undefined;
  return (Math.round(whole * 100) + cents) / 100;
}

/** 元 and 块 are whole, 角 and 毛 a tenth, 分 a hundredth; the last tenth is often said alone: 三块五. */
const CHINESE = /^(?:(.+?)[元块塊])?(?:零?(.)[角毛])?(?:零?(.)分|(.))?$/u;

function chineseMoney(text: string): number | undefined {
  if (!/[元块塊角毛分]/.test(text)) return chineseNumber(text);
  const [, whole, tenths, hundredths, last] = CHINESE.exec(text.replace(/[钱整]$/, '')) ?? [];
  // What is said after the tenths is a hundredth, else a tenth.
  const [jiao, fen] = tenths === undefined ? [last, hundredths] : [tenths, hundredths ?? last];
  if (whole === undefined && tenths === undefined && hundredths === undefined) return undefined;
  const [yuan = Number.NaN, tenth = Number.NaN, hundredth = Number.NaN] = [whole, jiao, fen].map((one) =>
    one === undefined ? 0 : chineseNumber(one),
  );
  const amount = Math.round(yuan * 100) + tenth * 10 + hundredth;
  return tenth <= 9 && hundredth <= 9 && Number.isFinite(amount) ? amount / 100 : undefined;
}
