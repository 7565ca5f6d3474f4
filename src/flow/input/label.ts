import { inLanguage } from '../prompt.ts';
import { byKind } from '../shape/by-kind.ts';
import { mapOf } from '../shape/map-of.ts';
import { text } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';

/** Words for people, the same for all or by language (`other` is for those that are not named). */
export type Label = string | Readonly<Record<string, string>>;

export const LABEL: Shape<Label> = byKind({
  scalar: text(),
  map: mapOf(
    {
      pattern: /^(other|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/,
      asked: 'a language is a tag such as en or de-AT, or other',
      entry: (key) => `The label in ${key}`,
      max: 100,
    },
    text(),
  ),
});

export function labelIn(label: Label | null, language: string): string | undefined {
  if (label === null || typeof label === 'string') return label ?? undefined;
  return inLanguage(label, language);
}

/** The same words in every language that they have. */
export function allLabels(label: Label | null): readonly string[] {
  if (label === null) return [];
  return typeof label === 'string' ? [label] : Object.values(label);
}
