/** A currency (ISO 4217) with its names: English singular and plural, and Mandarin; `minor` is the hundredth or thousandth part. */
export type Currency = {
  readonly minorDigits: 0 | 2 | 3;
  readonly major: readonly [one: string, many: string, mandarin: string];
  readonly minor?: readonly [one: string, many: string, mandarin: string];
};

const CENT = (mandarin: string) => ['cent', 'cents', mandarin] as const;

export const CURRENCIES: Readonly<Record<string, Currency>> = {
  AED: { minorDigits: 2, major: ['dirham', 'dirhams', '迪拉姆'], minor: ['fils', 'fils', '费尔'] },
  AUD: { minorDigits: 2, major: ['Australian dollar', 'Australian dollars', '澳元'], minor: CENT('澳分') },
  BRL: { minorDigits: 2, major: ['real', 'reais', '雷亚尔'], minor: ['centavo', 'centavos', '分'] },
  CAD: { minorDigits: 2, major: ['Canadian dollar', 'Canadian dollars', '加元'], minor: CENT('加分') },
  CHF: { minorDigits: 2, major: ['Swiss franc', 'Swiss francs', '瑞士法郎'], minor: ['centime', 'centimes', '生丁'] },
  CNY: { minorDigits: 2, major: ['yuan', 'yuan', '元'], minor: ['fen', 'fen', '分'] },
  CZK: { minorDigits: 2, major: ['Czech crown', 'Czech crowns', '捷克克朗'], minor: ['heller', 'hellers', '赫勒'] },
  DKK: { minorDigits: 2, major: ['Danish crown', 'Danish crowns', '丹麦克朗'], minor: ['ore', 'ore', '欧尔'] },
  EUR: { minorDigits: 2, major: ['euro', 'euros', '欧元'], minor: CENT('欧分') },
  GBP: { minorDigits: 2, major: ['pound', 'pounds', '英镑'], minor: ['penny', 'pence', '便士'] },
  HKD: { minorDigits: 2, major: ['Hong Kong dollar', 'Hong Kong dollars', '港元'], minor: CENT('港分') },
  HUF: { minorDigits: 0, major: ['forint', 'forints', '福林'] },
  INR: { minorDigits: 2, major: ['rupee', 'rupees', '卢比'], minor: ['paisa', 'paise', '派士'] },
  JPY: { minorDigits: 0, major: ['yen', 'yen', '日元'] },
  KRW: { minorDigits: 0, major: ['won', 'won', '韩元'] },
  KWD: { minorDigits: 3, major: ['Kuwaiti dinar', 'Kuwaiti dinars', '科威特第纳尔'], minor: ['fils', 'fils', '费尔'] },
  MXN: { minorDigits: 2, major: ['Mexican peso', 'Mexican pesos', '墨西哥比索'], minor: ['centavo', 'centavos', '分'] },
  MYR: { minorDigits: 2, major: ['ringgit', 'ringgit', '林吉特'], minor: ['sen', 'sen', '仙'] },
  NOK: { minorDigits: 2, major: ['Norwegian crown', 'Norwegian crowns', '挪威克朗'], minor: ['ore', 'ore', '欧尔'] },
  NZD: { minorDigits: 2, major: ['New Zealand dollar', 'New Zealand dollars', '新西兰元'], minor: CENT('分') },
  PLN: { minorDigits: 2, major: ['zloty', 'zlotys', '兹罗提'], minor: ['grosz', 'groszy', '格罗希'] },
  RUB: { minorDigits: 2, major: ['ruble', 'rubles', '卢布'], minor: ['kopeck', 'kopecks', '戈比'] },
  SEK: { minorDigits: 2, major: ['Swedish crown', 'Swedish crowns', '瑞典克朗'], minor: ['ore', 'ore', '欧尔'] },
  SGD: { minorDigits: 2, major: ['Singapore dollar', 'Singapore dollars', '新加坡元'], minor: CENT('分') },
  THB: { minorDigits: 2, major: ['baht', 'baht', '泰铢'], minor: ['satang', 'satang', '萨当'] },
  TRY: { minorDigits: 2, major: ['lira', 'lira', '里拉'], minor: ['kurus', 'kurus', '库鲁什'] },
  TWD: { minorDigits: 2, major: ['Taiwan dollar', 'Taiwan dollars', '新台币'], minor: CENT('分') },
  USD: { minorDigits: 2, major: ['dollar', 'dollars', '美元'], minor: CENT('美分') },
  ZAR: { minorDigits: 2, major: ['rand', 'rand', '兰特'], minor: CENT('分') },
};

/** Signs, the longer before those that they end with. `¥` is one sign for two: see `currencyOf`. */
export const SIGNS: Readonly<Record<string, string>> = {
  US$: 'USD',
  CA$: 'CAD',
  A$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  NT$: 'TWD',
  S$: 'SGD',
  R$: 'BRL',
  'CN¥': 'CNY',
  'JP¥': 'JPY',
  RMB: 'CNY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': '¥',
  '₩': 'KRW',
  '₹': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '฿': 'THB',
};

/** A code of ISO 4217 that is known here, for a code or a sign; `¥` is what `yen` says. */
export function currencyOf(written: string, yen: 'CNY' | 'JPY'): string | undefined {
  const sign = written.replaceAll('￥', '¥').replaceAll('＄', '$').toUpperCase();
  const code = Object.hasOwn(SIGNS, sign) ? SIGNS[sign]! : sign;
  if (code === '¥') return yen;
  return Object.hasOwn(CURRENCIES, code) ? code : undefined;
}
