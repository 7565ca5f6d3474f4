import type { CapacityId } from './ids.ts';

/**
 * How much one agent can do at once (Genesys calls it utilization). Each contact in hand takes its weight until its
 * wrap-up is over. A new one fits when its rule's `max` is not reached and the weights of all that it may not interrupt,
 * with its own, stay within `load`.
 */
export type Capacity = {
  readonly id: CapacityId;
  /** Largest sum of weights. */
  readonly load: number;
  /** By channel, or by the label of a contact; the label's rule is taken where there is one. A channel that is missing here is not given to the agent. */
  readonly rules: Readonly<Record<string, CapacityRule>>;
};

export type CapacityRule = {
  /** Most contacts of this rule at once. */
  readonly max: number;
  readonly weight: number;
  /** Rules (channels or labels) whose contacts do not count when one of this rule is to be taken. */
  readonly interrupts: readonly string[];
};
