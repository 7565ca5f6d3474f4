import type { WrittenDate } from '../written/date.ts';
import { hourOfDay, type WrittenTime } from '../written/time.ts';
import { cardinal, counted, digitByDigit } from './numbers.ts';

/** 二零二六年十一月二十一日: the year figure by figure. */
export function dateInWords({ year, month, day }: WrittenDate): string {
  const parts = [
    year === undefined ? '' : `${digitByDigit(String(year), '一')}年`,
    month === undefined ? '' : `${cardinal(String(month))}月`,
    day === undefined ? '' : `${cardinal(String(day))}日`,
  ];
  return parts.join('');
}

/** 十四点三十分, 八点零五分, 两点整. With twelve hours, the part of the day comes first: 下午两点三十分. */
export function timeInWords(time: WrittenTime, hours: 12 | 24 | undefined): string {
  const { minute, second } = time;
  const hour = hourOfDay(time);
  const twelve = time.half !== undefined || hours === 12;
  const before = twelve ? partOfDay(hour) : '';
  const shown = twelve ? (hour % 12 === 0 ? 12 : hour % 12) : hour;
  const onTheHour = minute === 0 && !second;
  const minutes = onTheHour ? '整' : `${minute < 10 ? '零' : ''}${minute === 0 ? '' : cardinal(String(minute))}分`;
  const seconds = second ? `${second < 10 ? '零' : ''}${cardinal(String(second))}秒` : '';
  return `${before}${counted(String(shown))}点${minute === 0 && second ? '零分' : minutes}${seconds}`;
}

/** As the hours are called: 凌晨 to 5, 早上 to 8, 上午, 中午, 下午 to 18, 晚上. */
function partOfDay(hour: number): string {
  if (hour < 5) return '凌晨';
  if (hour < 8) return '早上';
  if (hour < 12) return '上午';
  if (hour < 13) return '中午';
  return hour < 18 ? '下午' : '晚上';
}
