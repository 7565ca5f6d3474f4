import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type EntryKind, entryValue } from '../../../src/flow/input/entry.ts';

/** 21 November 2026, in days since 1970. */
const TODAY = 20_778;

type Meanings = Readonly<Record<string, string | number | boolean | undefined>>;

const IN_ENGLISH: Readonly<Partial<Record<EntryKind, Meanings>>> = {
  digits: {
    'four seven double one': '4711',
    'forty seven eleven': '4711',
    'nineteen eighty four': '1984',
    'oh one two three': '0123',
    'two hundred and five': '205',
    'one eight hundred': '1800',
    'four apples': undefined,
  },
  number: {
    'twenty five': 25,
    'minus three point five': -3.5,
    'twelve hundred': 1200,
    'one million two hundred thousand and six': 1_200_006,
    'hundred and': undefined,
    'twenty thousand thousand': undefined,
  },
  date: {
    'the third of May': '2027-05-03',
    'May third twenty twenty six': '2026-05-03',
    'third of May nineteen eighty four': '1984-05-03',
    'Monday the twenty first of June two thousand and seven': '2007-06-21',
    'December twenty fifth': '2026-12-25',
    'February twenty ninth': '2028-02-29',
    tomorrow: '2026-11-22',
    'the thirty first of April': undefined,
    'May the force': undefined,
  },
  time: {
    'half past nine': '09:30',
    'quarter to five p.m.': '16:45',
    "nine o'clock": '09:00',
    'nine oh five': '09:05',
    'twenty past two in the afternoon': '14:20',
    midnight: '00:00',
    'nine seventy': undefined,
  },
  currency: {
    'twelve dollars and fifty cents': 12.5,
    'twelve fifty': 12.5,
    'fifty cents': 0.5,
    'one hundred and five euros': 105,
    'a lot': undefined,
  },
};

const IN_MANDARIN: Readonly<Partial<Record<EntryKind, Meanings>>> = {
  digits: { 四七幺幺: '4711', '4 7 1 1': '4711', 二十五: '25', 苹果: undefined },
  number: {
    二十五: 25,
    一百零五: 105,
    两百五: 250,
    三万二: 32_000,
    一万二千点五: 12_000.5,
    负十二: -12,
    百: undefined,
  },
  date: { 五月三号: '2027-05-03', 二零二六年五月三日: '2026-05-03', 明天: '2026-11-22', 十三月一号: undefined },
  time: { 下午三点半: '15:30', 九点三十分: '09:30', 十点一刻: '10:15', 晚上八点零五分: '20:05', 中午一点: '13:00' },
  currency: { 二十五元五角: 25.5, 三百块五: 300.5, 十二块五毛三: 12.53, 五毛: 0.5, 二十五块钱: 25, 很多钱: undefined },
  yes_no: { 是的: true, 不是: false, 不对: false, 好: true, 苹果: undefined },
  phone: { 一三八零零一三八零零零: '13800138000' },
};

for (const [language, all] of [
  ['en-GB', IN_ENGLISH],
  ['zh-CN', IN_MANDARIN],
  ['cmn', { number: IN_MANDARIN.number! }],
] as const) {
  describe(`what is said in ${language}`, () => {
    for (const [kind, meanings] of Object.entries(all)) {
      test(`is understood as ${kind}`, () => {
        for (const [text, value] of Object.entries(meanings)) {
          const entered = { text, how: 'speech', confidence: 1 } as const;
          const about = { language, format: 'DDMMYYYY', today: TODAY } as const;
          assert.equal(entryValue(kind as EntryKind, entered, { min: 1, max: 64 }, about), value, text);
        }
      });
    }
  });
}
