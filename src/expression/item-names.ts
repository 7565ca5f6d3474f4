import type { Names } from './names.ts';

/** What the expression of a routing rule may name. The attributes are those that the flow gave to the contact. */
export const ITEM_NAMES: Names = {
  item: {
    fields: {
      channel: 'text',
      label: 'text',
      queue: 'text',
      priority: 'number',
      attributes: 'map',
      customer: 'text',
    },
  },
};
