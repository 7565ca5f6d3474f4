import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayAs, words } from './planned.ts';

/** What is written, and what is heard. */
const HEARD: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  numbers: [
    ['10', '十'],
    ['110', '一百一十'],
    ['10010', '一万零一十'],
    ['105', '一百零五'],
    ['200', '二百'],
    ['2000', '两千'],
    ['22000', '两万二千'],
    ['100,010,001', '一亿零一万零一'],
    ['2.5', '二点五'],
    ['-5', '负五'],
    ['5%', '百分之五'],
    ['１２３', '一百二十三'],
    ['编号 10002335', '编号一零零零二三三五'],
    ['共 10000000 人', '共一千万人'],
    ['第2位', '第二位'],
    ['3-5天', '三到五天'],
  ],
  'counted things': [
    ['2个人', '两个人'],
    ['12个人', '十二个人'],
    ['前面还有2位', '前面还有两位'],
    ['2号楼', '二号楼'],
    ['按2键', '按二键'],
    ['2小时2分钟', '两小时两分钟'],
  ],
  dates: [
    ['2026年11月21日', '二零二六年十一月二十一日'],
    ['2026-11-21', '二零二六年十一月二十一日'],
    ['2024/3/12', '二零二四年三月十二日'],
    ['2月2日', '二月二日'],
    ['2年', '两年'],
    ['2026-11-21T08:00:00Z', '二零二六年十一月二十一日八点整'],
  ],
  times: [
    ['14:30', '十四点三十分'],
    ['8:05', '八点零五分'],
    ['2:00', '两点整'],
    ['02:00:05', '两点零分零五秒'],
    ['9:00-12:00', '九点整到十二点整'],
    ['下午2点', '下午两点'],
  ],
  money: [
    ['¥1,234.56', '一千二百三十四元五角六分'],
    ['您的余额是1234.5元。', '您的余额是一千二百三十四元五角。'],
    ['￥2', '两元'],
    ['¥0.05', '五分'],
    ['¥1.05', '一元零五分'],
    ['¥100.20', '一百元两角'],
    ['$45.50', '四十五美元五十美分'],
    ['€1,200', '一千二百欧元'],
    ['3.5万元', '三点五万元'],
    ['余额$1.5 million', '余额一点五百万美元'],
  ],
  telephone: [
    ['13812345678', '幺三八，幺二三四，五六七八'],
    ['+86 138 1234 5678', '加八六，幺三八，幺二三四，五六七八'],
    ['010-62345678', '零幺零，六二三四，五六七八'],
    ['请拨打400-810-1122。', '请拨打四零零，八幺零，幺幺二二。'],
  ],
};

for (const [what, examples] of Object.entries(HEARD)) {
  test(`${what} of a running text are words in Mandarin`, () => {
    for (const [written, heard] of examples) assert.equal(words(written, 'zh-CN'), heard);
  });
}

test('one is yao in telephone numbers of the mainland only, and never in other figures', () => {
  assert.equal(sayAs('telephone', '110', 'zh-CN'), '幺幺零');
  assert.equal(sayAs('telephone', '110', 'zh-TW'), '一一零');
  assert.equal(sayAs('digits', '110#', 'zh-CN'), '一一零井号');
});

test('say-as reads as it is told', () => {
  assert.equal(sayAs('date', '12/03/2024', 'zh', 'mdy'), '二零二四年十二月三日');
  assert.equal(sayAs('time', '2:30pm', 'zh'), '下午两点三十分');
  assert.equal(sayAs('time', '20:00', 'zh', 'hms12'), '晚上八点整');
  assert.equal(sayAs('currency', 'USD2.02', 'zh'), '两美元两美分');
  assert.equal(sayAs('ordinal', '2000', 'zh'), '第二千');
  assert.equal(sayAs('characters', 'a1*', 'zh'), 'A，一，星号');
});

test('numbers and moments as a flow writes them are read, too', () => {
  const moment = Date.UTC(2026, 10, 21, 14, 5);
  const written = (language: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(moment);
  assert.equal(words(written('zh-CN'), 'zh-CN'), '二零二六年十一月二十一日十四点零五分');
  assert.equal(words(written('en'), 'en'), 'November twenty first, twenty twenty six at two oh five P M');
  assert.equal(words(written('en-GB'), 'en-GB'), 'the twenty first of November, twenty twenty six at two oh five P M');
  assert.equal(words(new Intl.NumberFormat('zh').format(-20_001.5), 'zh'), '负两万零一点五');
});

test('Cantonese is left to its engine, figure by figure where that is asked for', () => {
  for (const language of ['yue', 'zh-HK', 'zh-yue']) {
    assert.equal(words('你有2個訊息', language), '你有2個訊息');
    assert.equal(sayAs('digits', '4711', language), '4 7 1 1');
  }
});
