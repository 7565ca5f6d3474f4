import { byKind } from '../../flow/shape/by-kind.ts';
import { listOrOne } from '../../flow/shape/list.ts';
import { mapOf } from '../../flow/shape/map-of.ts';
import { defaulted, type ObjectOf, object, optional, required } from '../../flow/shape/object.ts';
import { LANGUAGE } from '../../flow/shape/prompt.ts';
import { choice, text } from '../../flow/shape/scalars.ts';
import { mapped } from '../../flow/shape/shape.ts';
import { VALUE } from '../../flow/shape/value.ts';
import { PLACED_MODES } from '../../model/call/call-event.ts';
import { ORDER_KINDS } from '../../model/call/order.ts';
import { ENDING } from '../ending.ts';
import { anyName, variables } from './given-shape.ts';
import { MATCHER } from './matcher.ts';
import { placed } from './placed.ts';

const ENTRIES_MAX = 1000;
/** In a path: any number of steps. */
export const ANY_STEPS = '...';

const VALUES = mapOf(variables('The value of'), VALUE);

const EMITTED = byKind({
  scalar: mapped(text(), (name) => ({ name, data: {} })),
  map: object({
    name: required(text(), 'Name of the event.', ''),
    data: defaulted(VALUES, {}, 'Of its data, what is looked at.'),
  }),
});

const REQUEST_FIELDS = {
  step: optional(text(), 'The step that asked.'),
  method: optional(text(), 'GET, POST and so on.'),
  url: optional(MATCHER, 'The address, or part of it, or a /pattern/.'),
  query: optional(mapOf(anyName('Query'), text()), 'What stands behind the question mark, as far as it is looked at.'),
  headers: optional(mapOf(anyName('Header'), text()), 'Headers, as far as they are looked at; secret ones cannot be.'),
  body: optional(VALUE, 'What is sent: of maps, what is named is looked at.'),
};
const REQUEST = object(REQUEST_FIELDS);

const ORDER_FIELDS = {
  kind: optional(choice(ORDER_KINDS), 'callback, voicemail, click or list.'),
  queue: optional(text(), 'The queue whose agents have it.'),
  number: optional(MATCHER, 'The number, as it is dialled, or part of it.'),
  mode: optional(choice(PLACED_MODES), 'Who is called first.'),
};
const ORDERED = object(ORDER_FIELDS);

/** What must be so when all lines of a test are done and the customer has heard everything. */
const FIELDS = {
  path: optional(
    placed(listOrOne(text(), ENTRIES_MAX)),
    `The steps that the contact entered, from the first to the last; "${ANY_STEPS}" stands for any number of them.`,
  ),
  outcomes: optional(
    placed(mapOf(anyName('The outcome of'), text())),
    'Steps and the outcome by which each was left last.',
  ),
  vars: optional(placed(VALUES), 'Variables; null: it has no value. Others may be there, too.'),
  end: optional(
    placed(
      text({
        pattern: ENDING,
        asked:
          'it is "hung up" (or "hung up busy", congestion, rejected, unallocated), "customer left", "queue ID", "agent ID", "step ID" or "failed CODE"',
      }),
    ),
    'How it ended, or where the contact is.',
  ),
  language: optional(placed(LANGUAGE), 'The language of the contact at the end.'),
  tags: optional(placed(VALUES), 'Tags that the contact has. Others may be there, too.'),
  emitted: optional(placed(listOrOne(EMITTED, ENTRIES_MAX)), 'What the flow told by emit steps, all of it, in order.'),
  noted: optional(placed(listOrOne(MATCHER, ENTRIES_MAX)), 'What the flow noted by log steps, all of it, in order.'),
  orders: optional(
    placed(listOrOne(ORDERED, ENTRIES_MAX)),
    'What is to be called or heard because of the contact, all of it, in order.',
  ),
  requests: optional(
    placed(listOrOne(REQUEST, ENTRIES_MAX)),
    'What the flow asked other systems, all of it, in order.',
  ),
};
export const EXPECTATION = object(FIELDS);
export type Expectation = ObjectOf<typeof FIELDS>;
export type ExpectedOrder = ObjectOf<typeof ORDER_FIELDS>;
export type ExpectedRequest = ObjectOf<typeof REQUEST_FIELDS>;
