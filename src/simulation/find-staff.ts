import { ok, type Result } from '../model/failure.ts';
import type { QueueId } from '../model/ids.ts';
import { reportDay } from './day-report.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { Scenario } from './scenario.ts';
import type { ReadScenario } from './scenario-file.ts';
import { COUNT_MAX, copyIds, type ReadGroup, staffedSite } from './scenario-staff.ts';
import { simulationFailed } from './simulation-failure.ts';

/** `sales=80/20`: 80 % of all who come to `sales` are to be answered within 20 s. */
export type StaffGoal = { readonly queueId: QueueId; readonly share: number; readonly withinMs: number };

/** What so many agents of the group give, over the whole day and all runs. */
export type Tried = { readonly count: number; readonly serviceLevel: Estimate };
export type FoundStaff = { readonly group: string; readonly count: number; readonly tried: readonly Tried[] };

/** Reads `QUEUE=PERCENT/SECONDS`; undefined when it is written otherwise. */
export function staffGoal(written: string): StaffGoal | undefined {
  const found = /^([^=]+)=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(written);
  if (!found) return undefined;
  const goal = { queueId: found[1]!, share: Number(found[2]) / 100, withinMs: Number(found[3]) * 1000 };
  return goal.share > 0 && goal.share < 1 && goal.withinMs > 0 ? goal : undefined;
}

/**
 * The smallest number of agents in the first group with "like" and "count" that serves the queue, with which the mean service
 * level reaches the goal. All numbers are tried with the same random numbers, so a search by halves finds it: more agents
 * of a kind do no harm. Failures: `simulation.queue_unknown`, `simulation.no_group_to_change`,
 * `simulation.goal_out_of_reach`, and those of the report.
 */
export function findStaff(read: ReadScenario, goal: StaffGoal, progress: (count: number) => void): Result<FoundStaff> {
  if (!read.scenario.traffic.some(({ queueId }) => queueId === goal.queueId)) {
    return simulationFailed('simulation.queue_unknown', { queue: goal.queueId });
  }
  const group = read.groups.find(({ copies }) => copies && read.base.agents[copies.like]?.queues[goal.queueId]);
  if (!group) {
    return simulationFailed('simulation.no_group_to_change', { queue: goal.queueId });
  }
  const tried = new Map<number, Estimate>();

  function reached(count: number): Result<boolean> {
    progress(count);
    const level = serviceLevel(withCount(read, group!, count, goal), goal.queueId);
    if (!level.ok) return level;
    tried.set(count, level.value);
    return ok((level.value.mean ?? 1) >= goal.share);
  }

  const count = smallest(Math.max(1, group.copies!.count), reached);
  if (!count.ok) return count;
  const counts = [...tried].map(([number, level]) => ({ count: number, serviceLevel: level }));
  return ok({ group: group.name, count: count.value, tried: counts.sort((a, b) => a.count - b.count) });
}

/** The smallest whole number that is enough, where every larger one is enough, too. */
function smallest(first: number, isEnough: (count: number) => Result<boolean>): Result<number> {
  let tooFew = -1;
  let enough = first;
  for (let found = isEnough(enough); !found.ok || !found.value; found = isEnough(enough)) {
    if (!found.ok) return found;
    if (enough === COUNT_MAX) {
      return simulationFailed('simulation.goal_out_of_reach', { agents: COUNT_MAX });
    }
    tooFew = enough;
    enough = Math.min(COUNT_MAX, enough * 2);
  }
  while (enough - tooFew > 1) {
    const middle = (enough + tooFew) >> 1;
    const found = isEnough(middle);
    if (!found.ok) return found;
    if (found.value) enough = middle;
    else tooFew = middle;
  }
  return ok(enough);
}

function withCount(
  { scenario, groups, base }: ReadScenario,
  group: ReadGroup,
  count: number,
  goal: StaffGoal,
): Scenario {
  const changed = groups.map((one) =>
    one === group ? { ...one, agentIds: copyIds(one.name, count), copies: { ...one.copies!, count } } : one,
  );
  const site = staffedSite(base, changed);
  const queue = { ...site.queues[goal.queueId]!, serviceLevelMs: goal.withinMs };
  return {
    ...scenario,
    interval: 'whole',
    staff: changed,
    site: { ...site, queues: { ...site.queues, [goal.queueId]: queue } },
  };
}

function serviceLevel(scenario: Scenario, queueId: QueueId): Result<Estimate> {
  const levels: (number | null)[] = [];
  for (let run = 1; run <= scenario.runs; run++) {
    const day = reportDay(scenario, run);
    if (!day.ok) return day;
    const line = day.value.lines.find(({ about, id }) => about === 'day' && id === queueId);
    levels.push(line?.figures.serviceLevel ?? null);
  }
  return ok(estimate(levels));
}
