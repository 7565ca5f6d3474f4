import { OFFLINE_SPEECH, type SpeechSite } from '../model/speech/engines.ts';
import type { ListenOrder } from '../model/speech/listening.ts';
import type { EngineCaps } from './engine.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';

export type Wish = Pick<ListenOrder, 'language' | 'expected' | 'sensitive'> & { readonly continuous?: true };

/** The engines that the site names for a language, in their order: `en-GB` by its own row, or by that of `en`. */
export function enginesFor(site: SpeechSite, language: string): readonly string[] {
  return rowFor(site.hear, language) ?? rowFor(OFFLINE_SPEECH.hear, language) ?? [];
}

function rowFor<T>(rows: Readonly<Record<string, T>>, language: string): T | undefined {
  const byTag = new Map(Object.entries(rows).map(([tag, row]) => [tag.toLowerCase(), row]));
  for (const tag of tagsOf(language)) {
    const row = byTag.get(tag);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** `zh-hant-tw`, `zh-hant`, `zh`. */
function tagsOf(language: string): string[] {
  const parts = language.toLowerCase().split('-');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

/** Why an engine of these caps cannot hear this; null: it can. */
export function unfit(
  caps: EngineCaps,
  wish: Wish,
  trusted: boolean,
): Extract<RecognitionFailureCode, 'recognition.no_engine' | 'recognition.not_trusted'> | null {
  const { languages } = caps;
  const speaks = languages === 'any' || tagsOf(wish.language).some((tag) => languages.includes(tag));
  const free = wish.expected.kind === 'free' || wish.continuous === true;
  const can = free
    ? caps.freeForm === 'yes' || (caps.freeForm === 'poor' && wish.continuous === true)
    : caps.grammar || caps.freeForm === 'yes';
  if (!speaks || !can) return 'recognition.no_engine';
  return wish.sensitive && !caps.local && !trusted ? 'recognition.not_trusted' : null;
}
