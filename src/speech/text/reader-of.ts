import { english } from './english/english.ts';
import { mandarin } from './mandarin/mandarin.ts';
import { plain } from './plain.ts';
import type { Reader } from './reader.ts';

/** Regions whose English says "one hundred one" and writes the month before the day. English of no region is theirs, too. */
const AMERICAN = new Set(['us', 'ca', 'ph', 'pr']);
/** Regions where `zh` is understood as Cantonese: their words are left to the engine. */
const CANTONESE = new Set(['hk', 'mo']);

/** Who reads figures in this language (BCP 47). Languages without a reader are read by their engine as they stand. */
export function readerOf(language: string): Reader {
  const [stem, ...subtags] = language.toLowerCase().split('-');
  const region = subtags.find((one) => /^[a-z]{2}$/.test(one)) ?? '';
  if (stem === 'en') return region === '' || AMERICAN.has(region) ? US_ENGLISH : ENGLISH;
  if (stem === 'cmn' || (stem === 'zh' && !CANTONESE.has(region) && !subtags.includes('yue'))) {
    return region === 'tw' ? TAIWANESE : MANDARIN;
  }
  return plain;
}

const US_ENGLISH = english({ and: false, monthFirst: true });
const ENGLISH = english({ and: true, monthFirst: false });
const MANDARIN = mandarin({ oneOnTelephone: '幺' });
const TAIWANESE = mandarin({ oneOnTelephone: '一' });
