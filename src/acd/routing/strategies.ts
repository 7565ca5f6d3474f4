import type { StrategyName } from '../../model/queue.ts';
import { bestSkilled } from './strategies/best-skilled.ts';
import { fewestContacts } from './strategies/fewest-contacts.ts';
import { leastOccupied } from './strategies/least-occupied.ts';
import { leastTalkTime } from './strategies/least-talk-time.ts';
import { longestIdle } from './strategies/longest-idle.ts';
import { percentAllocation } from './strategies/percent-allocation.ts';
import { random, weightedRandom } from './strategies/random.ts';
import { ringAll, ringProgressively } from './strategies/ringing.ts';
import { roundRobin, roundRobinOrdered } from './strategies/round-robin.ts';
import { topDown } from './strategies/top-down.ts';
import type { Strategy } from './strategy.ts';

/** Every strategy by its name in site.yaml. A new one is a file under strategies/, a line here and in model/queue.ts, a test and a line in docs/site.md. */
export const STRATEGY: Readonly<Record<StrategyName, Strategy>> = {
  longest_idle: longestIdle,
  round_robin: roundRobin,
  round_robin_ordered: roundRobinOrdered,
  fewest_contacts: fewestContacts,
  least_talk_time: leastTalkTime,
  least_occupied: leastOccupied,
  best_skilled: bestSkilled,
  top_down: topDown,
  ring_all: ringAll,
  ring_progressively: ringProgressively,
  random,
  weighted_random: weightedRandom,
  percent_allocation: percentAllocation,
};
