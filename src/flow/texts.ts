import type { FlowSet } from '../model/flow-set.ts';
import type { FlowId } from '../model/ids.ts';

export type Spoken = {
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
  /** A flow in which it stands. */
  readonly from?: FlowId;
};

/** Every text of a set that is the same for all callers, so that it can be spoken into a file before the first call. */
export function staticTexts(set: FlowSet): Spoken[] {
  const texts = new Map<string, Spoken>();
  for (const flow of Object.values(set.flows)) {
    const languages = flow.language === undefined ? set.site.languages : [flow.language];
    for (const step of Object.values(flow.steps)) {
      for (const spoken of textsIn(step.with, languages)) {
        const key = JSON.stringify([spoken.language, spoken.voice, spoken.text]);
        if (!texts.has(key)) texts.set(key, { ...spoken, from: flow.id });
      }
    }
  }
  return [...texts.values()];
}

/** Prompts may stand anywhere among a step's parameters; a piece of one is known by its `say`. */
function textsIn(value: unknown, languages: readonly string[]): Spoken[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, languages));
  if (typeof value !== 'object' || value === null) return [];
  const piece = value as Readonly<Record<string, unknown>>;
  const { say, language, voice, byLanguage, byChannel } = piece;
  if (typeof say === 'string') {
    if (say.includes('${{')) return [];
    const spoken = typeof language === 'string' ? [language] : languages;
    const named = typeof voice === 'string' ? { voice } : {};
    return spoken.map((one) => ({ text: say, language: one, ...named }));
  }
  if (byLanguage) {
    // `other` is for the languages that are not named.
    const others = languages.filter((language) => !Object.hasOwn(byLanguage, language));
    return Object.entries(byLanguage).flatMap(([tag, prompt]) => textsIn(prompt, tag === 'other' ? others : [tag]));
  }
  if (byChannel) {
    const { voice, other } = byChannel as { readonly voice?: unknown; readonly other?: unknown };
    return textsIn(voice ?? other, languages);
  }
  return Object.values(piece).flatMap((one) => textsIn(one, languages));
}
