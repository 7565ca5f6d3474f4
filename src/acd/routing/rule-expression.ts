import { holds } from '../../expression/evaluate.ts';
import type { Item } from '../state.ts';

/** Whether the condition of a rule holds for an item; one that cannot be worked out does not hold. `ITEM_NAMES` are what it may name. */
export function expressionHolds(expression: string, item: Item): boolean {
  const { channel, label, queueId: queue, priority, attributes, customer } = item;
  const held = holds(expression, { item: { channel, label, queue, priority, attributes, customer } });
  return held.ok && held.value;
}
