import type { RelaxationCondition, RelaxationStep } from '../../model/queue.ts';
import { listOrOne } from '../shape/list.ts';
import { defaulted, object, optional, required } from '../shape/object.ts';
import { duration, wholeNumber, wordOr } from '../shape/scalars.ts';
import { checked, mapped, named, type Shape } from '../shape/shape.ts';
import { ID_TEXT, WORD_TEXT } from './names.ts';
import { SKILLS_LOWERED } from './needs.ts';
import { WAIT } from './waiting.ts';

const CONDITION: Shape<RelaxationCondition> = mapped(
  object({
    waited: optional(duration(WAIT), 'The item has waited so long.'),
    estimated_wait: optional(duration(WAIT), 'The estimated wait of the item is longer than this.'),
    agents_below: optional(
      wholeNumber({ min: 1, max: 100_000 }),
      'Fewer agents than this who serve such an item are in service: logged in, not paused, and for calls with a phone that can be rung.',
    ),
  }),
  ({ waited, estimated_wait, agents_below }) => ({
    ...(waited === undefined ? {} : { waitedMs: waited }),
    ...(estimated_wait === undefined ? {} : { estimatedWaitMs: estimated_wait }),
    ...(agents_below === undefined ? {} : { agentsBelow: agents_below }),
  }),
);

/** One step by which a queue asks for less. */
export const RELAXATION_STEP: Shape<RelaxationStep> = named(
  'relaxation-step',
  checked(
    mapped(
      object({
        when: required(CONDITION, 'The step is taken when one of these holds.', {}),
        drop: defaulted(listOrOne(WORD_TEXT), [], 'Skills that are not asked for any more.'),
        lower: defaulted(SKILLS_LOWERED, {}, 'Skills for which a lower level will do.'),
        teams: optional(wordOr(['all'] as const, listOrOne(ID_TEXT)), 'Teams from now on; `all` for every team.'),
      }),
      ({ when, drop, lower, teams }) => ({ when, drop, lower, teams: teams ?? null }),
    ),
    ({ when, drop, lower, teams }, tell) => {
      if (Object.keys(when).length === 0) {
        const message = 'A relaxation step needs a condition: waited, estimated_wait or agents_below.';
        tell('relaxation.empty', ['when'], message);
      }
      if (drop.length === 0 && Object.keys(lower).length === 0 && teams === null) {
        tell('relaxation.empty', [], 'This relaxation step changes nothing. Give it drop, lower or teams.');
      }
    },
  ),
);
