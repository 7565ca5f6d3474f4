import { isScalar } from 'yaml';
import { CHANNELS } from '../../model/channel.ts';
import type { FlowValue } from '../../model/event.ts';
import { NO_NEEDS } from '../../model/needs.ts';
import type { RoutingRule } from '../../model/queue.ts';
import { listOrOne } from '../shape/list.ts';
import { mapOf } from '../shape/map-of.ts';
import { defaulted, object, optional } from '../shape/object.ts';
import { choice, text, wholeNumber } from '../shape/scalars.ts';
import { mapped, named, type Shape } from '../shape/shape.ts';
import { ID_TEXT, WORD_TEXT, words } from './names.ts';
import { NEEDS_ASKED } from './needs.ts';
import { RULE_EXPRESSION } from './rule-expression.ts';

/** What an attribute may be: as YAML reads it, and as a text, too, because flows know nothing but texts. */
const VALUE: Shape<readonly FlowValue[]> = {
  ...mapped(text(), (written): readonly FlowValue[] => [written]),
  read: (source, node, what) => {
    const written = source.text(node, what);
    if (written === undefined) return undefined;
    const value = isScalar(node) ? node.value : written;
    return typeof value === 'number' || typeof value === 'boolean' ? [value, written] : [written];
  },
};
const VALUES = mapped(listOrOne(VALUE), (values) => values.flat());

/** An adjustment by what the item is. */
export const ROUTING_RULE: Shape<RoutingRule> = named(
  'routing-rule',
  mapped(
    object({
      when: defaulted(
        object({
          channels: optional(listOrOne(choice(CHANNELS)), 'One of these channels.'),
          labels: optional(listOrOne(WORD_TEXT), 'One of these labels.'),
          attributes: optional(
            mapOf(words('Attribute'), VALUES),
            'Attributes that the flow gave to the contact, each with the values that it may have.',
          ),
          expression: optional(
            RULE_EXPRESSION,
            'A condition in CEL about item.channel, label, queue, priority, customer and attributes.NAME, such as item.priority > 0.',
          ),
        }),
        { channels: undefined, labels: undefined, attributes: undefined, expression: undefined },
        'For which items: all of these must hold. Left out: for every item.',
        {},
      ),
      skills: defaulted(NEEDS_ASKED, NO_NEEDS, 'What they need besides.', []),
      priority: defaulted(wholeNumber({ min: -1000, max: 1000 }), 0, 'Added to their priority.'),
      teams: optional(listOrOne(ID_TEXT), 'Only agents of these teams.'),
    }),
    ({ when: { channels, labels, attributes, expression }, skills, priority, teams }) => ({
      when: {
        ...(channels ? { channels } : {}),
        ...(labels ? { labels } : {}),
        ...(attributes ? { attributes } : {}),
        ...(expression === undefined ? {} : { expression }),
      },
      needs: skills,
      priority,
      teams: teams ?? null,
    }),
  ),
);
