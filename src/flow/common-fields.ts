import { listOrOne } from './shape/list.ts';
import { mapOf } from './shape/map-of.ts';
import { defaulted, type ObjectOf, optional, required } from './shape/object.ts';
import { STEP } from './shape/reference.ts';
import { text, wholeNumber } from './shape/scalars.ts';
import { CONDITION, SAVED } from './shape/template.ts';

const OUTCOME = {
  pattern: /^\S(.{0,62}\S)?$/,
  asked: 'an outcome has 1 to 64 characters and no blank at its ends',
  entry: (key: string) => `The step of outcome ${key}`,
  max: 500,
};
const SAVED_KEY = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
  asked: 'a variable has letters, digits and _, no digit first, and at most 64 of them',
  entry: (key: string) => `The value of ${key}`,
  max: 100,
};
const VISITS_MAX = 10_000;
const TAGS_MAX = 20;

/** What may stand in every step, whatever its type. */
export const COMMON_FIELDS = {
  type: required(text(), 'What the step does.', ''),
  description: optional(text(), 'For people.'),
  if: optional(CONDITION, 'The step is passed over, with the outcome skipped, when this expression does not hold.'),
  next: optional(STEP, 'The step that follows; the one below when left out.'),
  on: defaulted(mapOf(OUTCOME, STEP), {}, 'Outcomes and the steps that they lead to.'),
  save: defaulted(
    mapOf(SAVED_KEY, SAVED),
    {},
    'Variables to fill when the step is left; `result` is what the step gives.',
  ),
  max_visits: optional(
    wholeNumber({ min: 1, max: VISITS_MAX }),
    'How often a contact may enter the step; then it is left at once with the outcome max_visits.',
  ),
  tags: defaulted(listOrOne(text(), TAGS_MAX), [], 'Names that the contact has from this step on, for reports.'),
};
export type CommonFields = ObjectOf<typeof COMMON_FIELDS>;
