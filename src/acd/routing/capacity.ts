import type { Capacity } from '../../model/capacity.ts';
import type { Channel } from '../../model/channel.ts';
import type { Work } from '../state.ts';

/** The rule for a contact: the label's where there is one, else the channel's. */
export function ruleName(capacity: Capacity, channel: Channel, label: string | null): string {
  return label !== null && Object.hasOwn(capacity.rules, label) ? label : channel;
}

/** True when an agent with this in hand can take one more contact of the channel and label. */
export function hasRoom(capacity: Capacity, work: readonly Work[], channel: Channel, label: string | null): boolean {
  const name = ruleName(capacity, channel, label);
  const rule = capacity.rules[name];
  if (!rule || rule.max < 1) return false;
  let ofThis = 0;
  let load = rule.weight;
  for (const one of work) {
    const other = ruleName(capacity, one.channel, one.label);
    if (other === name) ofThis += 1;
    if (!rule.interrupts.includes(other)) load += capacity.rules[other]?.weight ?? 0;
  }
  return ofThis < rule.max && load <= capacity.load;
}

/** Sum of the weights of what is in hand. */
export function loadOf(capacity: Capacity, work: readonly Work[]): number {
  return work.reduce((sum, one) => sum + (capacity.rules[ruleName(capacity, one.channel, one.label)]?.weight ?? 0), 0);
}
