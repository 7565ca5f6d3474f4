import type { Capacity, CapacityRule } from '../../model/capacity.ts';
import type { Channel } from '../../model/channel.ts';
import { ruleName } from '../routing/capacity.ts';

type Kind = { readonly channel: Channel; readonly label: string | null };

/** How many contacts of one kind an agent of this capacity has at a time when there are enough of them: 4 chats, 1 call. */
export function placesFor(capacity: Capacity, { channel, label }: Kind): number {
  const rule = capacity.rules[ruleName(capacity, channel, label)];
  return rule ? placesOf(capacity, rule) : 0;
}

function placesOf({ load }: Capacity, { max, weight }: CapacityRule): number {
  return weight > 0 ? Math.min(max, Math.floor(load / weight)) : max;
}

/** How many places for the one kind are taken by a contact of the other: none if it can be interrupted or both fit side by side. */
export function placesTaken(capacity: Capacity, one: Kind, other: Kind): number {
  if (one.channel === other.channel && one.label === other.label) return 1;
  const name = ruleName(capacity, one.channel, one.label);
  const otherName = ruleName(capacity, other.channel, other.label);
  if (name === otherName) return 1;
  const rule = capacity.rules[name];
  const otherRule = capacity.rules[otherName];
  if (!rule || !otherRule || rule.interrupts.includes(otherName)) return 0;
  const places = placesOf(capacity, rule);
  if (places * rule.weight + placesOf(capacity, otherRule) * otherRule.weight <= capacity.load) return 0;
  return Math.min(places, (places * otherRule.weight) / capacity.load);
}
