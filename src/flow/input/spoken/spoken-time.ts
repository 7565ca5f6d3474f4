import { spokenWords } from '../phrases.ts';
import { chineseNumber } from './chinese-number.ts';
import { englishGroups } from './english-number.ts';
import { isMandarin, unspaced } from './spoken-number.ts';

export type SaidTime = { readonly hour: number; readonly minute: number };

/** What time of the day was said in words; undefined when it is none. Twelve hours are told apart by what is said beside. */
export function spokenTime(text: string, language: string): SaidTime | undefined {
  if (isMandarin(language)) return chineseTime(unspaced(text));
  // Bare figures are read as they are typed.
  if (!/^en(-|$)/i.test(language) || /^[\d\s:.]*$/.test(text)) return undefined;
  return englishTime(spokenWords(text));
}

const HALF_WORDS: readonly (readonly [RegExp, 'am' | 'pm'])[] = [
  [/ (?:a m|am|in the morning)$/, 'am'],
  [/ (?:p m|pm|in the (?:afternoon|evening)|at night)$/, 'pm'],
];

function englishTime(words: string): SaidTime | undefined {
  const said = words.replace(/^at /, '').replace(/ please$/, '');
  if (said === 'noon' || said === 'midday') return { hour: 12, minute: 0 };
  if (said === 'midnight') return { hour: 0, minute: 0 };
  const half = HALF_WORDS.find(([pattern]) => pattern.test(said));
  const bare = half ? said.replace(half[0], '') : said;
  const time = relative(bare) ?? plain(bare);
  return time && inHalf(time, half?.[1]);
}

/** "half past nine", "quarter to five", "ten minutes past two". */
function relative(said: string): SaidTime | undefined {
  const [, before, way, after] = /^(?:a )?(.+?)(?: minutes?)? (past|after|to) (.+?)(?: oclock)?$/.exec(said) ?? [];
  if (before === undefined) return undefined;
  const minute = before === 'half' ? 30 : before === 'quarter' ? 15 : only(before);
  const hour = only(after ?? '');
  if (minute === undefined || hour === undefined || minute > 59 || hour > 23) return undefined;
  return way === 'to' ? { hour: (hour + 23) % 24, minute: 60 - minute } : { hour, minute };
}

/** "nine", "nine oclock", "nine thirty", "nine oh five", "fifteen hundred hours". */
function plain(said: string): SaidTime | undefined {
  const bare = said.replace(/ (?:oclock|hours?)$/, '').replace(/ hundred$/, '');
  const [hour, ...rest] = englishGroups(bare.split(' ')) ?? [];
  const [first = 0, second] = rest;
  if (hour === undefined || rest.length > 2 || (second !== undefined && (first !== 0 || second > 9))) return undefined;
  return { hour, minute: second ?? first };
}

function only(said: string): number | undefined {
  const groups = englishGroups(said.split(' '));
  return groups?.length === 1 ? groups[0] : undefined;
}

function inHalf({ hour, minute }: SaidTime, half: 'am' | 'pm' | undefined): SaidTime | undefined {
  if (hour > 23 || minute > 59 || minute < 0) return undefined;
  if (half === undefined) return { hour, minute };
  if (hour > 12) return undefined;
  return { hour: (hour % 12) + (half === 'pm' ? 12 : 0), minute };
}

function chineseTime(text: string): SaidTime | undefined {
  if (text === '中午' || text === '正午') return { hour: 12, minute: 0 };
  const pattern =
    /^(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)?(.{1,3})[点點时時](?:钟|鐘|整|(半)|([一三])刻|零?(.{1,3}?)分?)?$/u;
  const [, part, hours, half, quarters, minutes] = pattern.exec(text) ?? [];
  const hour = chineseNumber(hours ?? '');
  if (hour === undefined) return undefined;
  const quarter = quarters === '一' ? 15 : 45;
  const minute = half ? 30 : quarters ? quarter : minutes === undefined ? 0 : chineseNumber(minutes);
  if (minute === undefined) return undefined;
  return inHalf({ hour, minute }, halfOf(part, hour));
}

/** 中午 is the middle of the day: eleven and twelve stay as they are, one and two come after it. */
function halfOf(part: string | undefined, hour: number): 'am' | 'pm' | undefined {
  if (part === undefined) return undefined;
  if (part === '中午') return hour >= 11 ? undefined : 'pm';
  return /下午|傍晚|晚上|夜里/.test(part) ? 'pm' : 'am';
}
