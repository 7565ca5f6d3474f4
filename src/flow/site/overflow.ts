import type { OverflowCondition, OverflowRule, OverflowTarget } from '../../model/queue.ts';
import { byKind } from '../shape/by-kind.ts';
import { object, optional, required } from '../shape/object.ts';
import { choice, duration, text, wholeNumber, yes } from '../shape/scalars.ts';
import { checked, mapped, named, type Shape } from '../shape/shape.ts';
import { ID_TEXT } from './names.ts';
import { WAIT } from './waiting.ts';

const CONDITION: Shape<OverflowCondition> = mapped(
  object({
    waited: optional(duration(WAIT), 'The item has waited so long.'),
    estimated_wait: optional(duration(WAIT), 'The estimated wait of the item is longer than this.'),
    longer_than: optional(wholeNumber({ min: 0, max: 100_000 }), 'More items than this wait when the item comes.'),
    unstaffed: optional(
      yes,
      'Nobody who serves such an item is in service: logged in, not paused, and for calls with a phone that can be rung.',
    ),
    closed: optional(yes, 'The calendar of the queue is closed.'),
  }),
  ({ waited, estimated_wait, longer_than, unstaffed, closed }) => ({
    ...(waited === undefined ? {} : { waitedMs: waited }),
    ...(estimated_wait === undefined ? {} : { estimatedWaitMs: estimated_wait }),
    ...(longer_than === undefined ? {} : { longerThan: longer_than }),
    ...(unstaffed === undefined ? {} : { unstaffed }),
    ...(closed === undefined ? {} : { closed }),
  }),
);

const NUMBER = text({ pattern: /^\+?[0-9*#]{1,32}$/, asked: 'a number has digits, perhaps + in front' });

const PLACE = object({
  queue: optional(ID_TEXT, 'Another queue; the item keeps the time that it has waited.'),
  flow: optional(ID_TEXT, 'A flow, from its first step.'),
  external: optional(NUMBER, 'A number outside.'),
});

const TARGET: Shape<OverflowTarget> = byKind({
  scalar: mapped(choice(['voicemail', 'callback'] as const), (to) => ({ to })),
  map: mapped(
    checked(PLACE, (place, tell) => {
      const given = Object.values(place).filter((value) => value !== undefined);
      if (given.length !== 1) tell('value.type', [], 'An overflow goes to exactly one queue, flow or external number.');
    }),
    ({ queue, flow, external }): OverflowTarget => {
      if (queue !== undefined) return { to: 'queue', queueId: queue };
      if (flow !== undefined) return { to: 'flow', flowId: flow };
      return { to: 'external', number: external ?? '' };
    },
  ),
});

/** When an item leaves the queue for something else, and for what. */
export const OVERFLOW_RULE: Shape<OverflowRule> = named(
  'overflow-rule',
  checked(
    mapped(
      object({
        when: required(CONDITION, 'The rule holds when one of these does.', {}),
        to: required(TARGET, 'Where the item goes: `voicemail`, `callback`, or a queue, flow or external number.', {
          to: 'voicemail',
        }),
      }),
      ({ when, to }) => ({ when, target: to }),
    ),
    ({ when }, tell) => {
      if (Object.keys(when).length > 0) return;
      const conditions = 'waited, estimated_wait, longer_than, unstaffed or closed';
      tell('key.missing', ['when'], `An overflow rule needs a condition: ${conditions}.`);
    },
  ),
);
