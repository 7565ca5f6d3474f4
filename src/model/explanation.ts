import type { AgentId, ContactId } from './ids.ts';
import type { StrategyName } from './queue.ts';

/**
 * Why an offer went to this agent with this contact, in under 300 bytes of JSON: keys are one letter long because there is one
 * of these for every offer that was ever made. Why somebody else was not chosen is worked out again from the journal.
 */
export type Explanation = {
  /** What was free to choose: an agent for a contact that came, or a contact for an agent who became free. */
  readonly by: 'agent' | 'contact';
  /** Strategy, where an agent was chosen. */
  readonly s?: StrategyName;
  /** Score of the winner. Agents: the strategy's measure, smaller wins. Contacts: wait by objective, larger wins. */
  readonly w: number;
  /** Runners-up with their scores, the best first. */
  readonly r: readonly (readonly [AgentId | ContactId, number])[];
  /** Relaxation step of the contact, from 0. */
  readonly k: number;
  /** Where an agent was chosen: how many of the queue's agents were out of the question, by reason. */
  readonly x?: Readonly<Partial<Record<RejectedBecause, number>>>;
  /** Where a contact was chosen: how many classes of contacts wait, and how many of them the agent could take. */
  readonly n?: readonly [waiting: number, eligible: number];
};

export type RejectedBecause =
  | 'logged_out'
  | 'paused'
  | 'unreachable'
  | 'busy'
  | 'resting'
  | 'full'
  | 'skills'
  | 'team'
  | 'held';

export const EXPLANATION_BYTES_MAX = 300;
