import { spokenWords } from '../phrases.ts';
import { chineseNumber } from './chinese-number.ts';
import { englishNumber } from './english-number.ts';

/** Whether a language is Mandarin: `zh`, `zh-CN`, or `cmn` as linguists call it. */
export function isMandarin(language: string): boolean {
  return /^(zh|cmn)(-|$)/i.test(language);
}

/** The words of an utterance without the blanks in which Mandarin is compared. */
export function unspaced(text: string): string {
  return text.normalize('NFKC').replace(/[\s,，。！!？?]+/g, '');
}

/** A number that was said in words; undefined when it is none, or the language is not one of those that are known here. */
export function spokenNumber(text: string, language: string): number | undefined {
  if (isMandarin(language)) return chineseNumber(unspaced(text).replace(/[个個号號]$/, ''));
  if (/^en(-|$)/i.test(language))
    return englishNumber(
      spokenWords(text)
        .split(' ')
        .filter((word) => word !== 'please'),
    );
  return undefined;
}
