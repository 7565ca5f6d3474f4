import { list } from '../../shape/list.ts';
import { object, optional, required } from '../../shape/object.ts';
import { STEP } from '../../shape/reference.ts';
import { text } from '../../shape/scalars.ts';
import { CONDITION } from '../../shape/template.ts';

export const CASES_MAX = 500;

/** Cases that are tried one after the other; the outcome of one is its `id`, or its place from 1. */
export const CONDITIONS = list(
  object({
    when: required(CONDITION, 'The case is taken when this expression holds.', 'false'),
    next: required(STEP, 'The step that follows then.', ''),
    id: optional(text({ pattern: /^[^\s]{1,64}$/, asked: 'an id has no blanks' }), 'Name of the outcome.'),
  }),
  CASES_MAX,
);

export type Condition = { readonly id: string; readonly when: string; readonly next: string };
export type WrittenCondition = { readonly when: string; readonly next: string; readonly id: string | undefined };

export function conditionsOf(written: readonly WrittenCondition[]): Condition[] {
  return written.map(({ when, next, id }, place) => ({ id: id ?? String(place + 1), when, next }));
}

/** Two cases of one name would be one outcome, and `default` and `error` are some by themselves. */
export function checkIds(conditions: readonly Condition[], tell: (place: number, message: string) => void): void {
  const seen = new Set(['default', 'error']);
  conditions.forEach(({ id }, place) => {
    if (seen.has(id)) tell(place, `The outcome "${id}" is there already. Give this case another id.`);
    seen.add(id);
  });
}
