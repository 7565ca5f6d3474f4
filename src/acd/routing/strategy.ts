import type { AtMs } from '../../model/ids.ts';
import type { StrategyName } from '../../model/queue.ts';
import type { AcdState, AgentRecord, Item } from '../state.ts';
import type { Demand } from './demand.ts';
import type { QueueIndex } from './tables.ts';

/**
 * How the agent is chosen among those who are free and suit. Each lives in a file of its own under strategies/ and stands in the
 * registry strategies.ts. Equal measures are decided by who has been idle longest.
 */
export type Strategy = {
  readonly name: StrategyName;
  /** One number for each agent; the smallest is asked first. Pure, and the same for the same state. */
  measure(agent: AgentRecord, choice: Choice): number;
  /** True where the measure of an agent without work is since when the agent is idle, and others come after all of these. */
  readonly byIdleness?: true;
};

/** What a choice is about. */
export type Choice = {
  readonly state: AcdState;
  readonly queue: QueueIndex;
  readonly item: Item;
  readonly demand: Demand;
  readonly nowMs: AtMs;
};
