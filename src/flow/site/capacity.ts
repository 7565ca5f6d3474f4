import type { Capacity, CapacityRule } from '../../model/capacity.ts';
import { CHANNELS, type Channel } from '../../model/channel.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, type Field, object, optional, type ValueOf } from '../shape/object.ts';
import { wholeNumber } from '../shape/scalars.ts';
import { checked, named } from '../shape/shape.ts';
import { WORD_TEXT, words } from './names.ts';

const LOAD = 100;
const LIMITS = { min: 1, max: 1000 };

const RULE = named(
  'capacity-for-one-channel',
  object({
    max: defaulted(wholeNumber(LIMITS), 1, 'Most contacts of this kind at once.'),
    weight: optional(
      wholeNumber({ min: 0, max: LIMITS.max }),
      'What one of them adds to the load; left out, so much that the most of them fill it.',
    ),
    interrupts: defaulted(
      listOrOne(WORD_TEXT),
      [],
      'Channels and labels whose contacts do not count when one of this kind is to be taken.',
    ),
  }),
);
type Rule = ValueOf<typeof RULE>;

const LABELS = checked(mapOf(words('The capacity for label'), RULE), (labels, tell) => {
  for (const label of Object.keys(labels)) {
    if (!CHANNELS.some((channel) => channel === label)) continue;
    tell('value.choice', [label], `"${label}" is a channel. Write it beside "labels", or give the label another name.`);
  }
});

export const CAPACITY = object({
  load: defaulted(wholeNumber(LIMITS), LOAD, 'The largest sum of weights of all contacts in hand.'),
  labels: defaulted(LABELS, {}, 'For contacts with a label, instead of the rule of their channel.'),
  ...(Object.fromEntries(
    CHANNELS.map((channel) => [channel, optional(RULE, `For ${channel} contacts; left out, they are not given.`)]),
  ) as Record<Channel, Field<Rule | undefined>>),
});

export function capacityOf(id: string, found: ValueOf<typeof CAPACITY>): Capacity {
  const rules: [string, CapacityRule][] = [];
  const add = (name: string, rule: Rule | undefined): void => {
    if (!rule) return;
    const weight = rule.weight ?? Math.floor(found.load / rule.max);
    rules.push([name, { max: rule.max, weight, interrupts: rule.interrupts }]);
  };
  for (const channel of CHANNELS) add(channel, found[channel]);
  for (const [label, rule] of Object.entries(found.labels)) add(label, rule);
  return { id, load: found.load, rules: Object.fromEntries(rules) };
}

const PHONE: CapacityRule = { max: 1, weight: 100, interrupts: ['message', 'email', 'task'] };

/** Who has one call, or up to four chats or messages, or up to six e-mails or tasks; a call may come beside what can wait. */
export const DEFAULT_CAPACITY: Capacity = {
  id: 'default',
  load: LOAD,
  rules: {
    voice: PHONE,
    callback: PHONE,
    voicemail: PHONE,
    video: PHONE,
    chat: { max: 4, weight: 25, interrupts: [] },
    message: { max: 4, weight: 25, interrupts: [] },
    email: { max: 6, weight: 15, interrupts: [] },
    task: { max: 6, weight: 15, interrupts: [] },
  },
};
