import type { AgentId, TeamId } from '../../model/ids.ts';
import type { Levels, Needs } from '../../model/needs.ts';
import type { Queue, RelaxationStep, RoutingRule } from '../../model/queue.ts';
import type { Agent } from '../../model/site.ts';
import type { Item } from '../state.ts';

/** What is asked of an agent in the end, when queue, rules, item and the steps taken are put together. */
export type Demand = {
  readonly needs: Needs;
  /** Null: agents of any team and of none. */
  readonly teams: readonly TeamId[] | null;
  /** Only these agents; empty: all who suit. */
  readonly hold: readonly AgentId[];
};

export function demandOf(queue: Queue, item: Item, escalated: boolean): Demand {
  let needs = bothNeeds(queue.needs, item.needs);
  let teams = queue.teams;
  for (const rule of queue.rules) {
    if (!ruleFits(rule, item)) continue;
    needs = bothNeeds(needs, rule.needs);
    teams = rule.teams ?? teams;
  }
  for (const step of queue.relaxation.slice(0, item.step)) {
    needs = relaxed(needs, step);
    if (step.teams === 'all') teams = null;
    else teams = step.teams ?? teams;
  }
  if (escalated && queue.escalation) teams = queue.escalation.to;
  return { needs, teams, hold: item.hold };
}

export function ruleFits({ when }: RoutingRule, item: Item): boolean {
  if (when.channels?.length && !when.channels.includes(item.channel)) return false;
  if (when.labels?.length && !(item.label !== null && when.labels.includes(item.label))) return false;
  for (const [name, values] of Object.entries(when.attributes ?? {})) {
    const value = Object.hasOwn(item.attributes, name) ? item.attributes[name] : undefined;
    if (value === undefined || (values.length > 0 && !values.includes(value))) return false;
  }
  return true;
}

/** Both are asked for: the higher level of each skill; of two lists of alternatives, one of each. */
export function bothNeeds(a: Needs, b: Needs): Needs {
  if (isNothing(b)) return a;
  if (isNothing(a)) return b;
  return {
    required: joined(a.required, b.required, Math.max),
    anyOf: bothAlternatives(a.anyOf, b.anyOf),
    preferred: joined(a.preferred, b.preferred, Math.max),
    excluded: joined(a.excluded, b.excluded, Math.min),
  };
}

function bothAlternatives(a: readonly Levels[], b: readonly Levels[]): readonly Levels[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return a.flatMap((one) => b.map((other) => joined(one, other, Math.max)));
}

function joined(a: Levels, b: Levels, choose: (x: number, y: number) => number): Levels {
  const both: Record<string, number> = { ...a };
  for (const [skill, level] of Object.entries(b)) both[skill] = choose(both[skill] ?? level, level);
  return both;
}

function isNothing({ required, anyOf, preferred, excluded }: Needs): boolean {
  return anyOf.length === 0 && [required, preferred, excluded].every((levels) => Object.keys(levels).length === 0);
}

function relaxed(needs: Needs, step: RelaxationStep): Needs {
  if (step.drop.length === 0 && Object.keys(step.lower).length === 0) return needs;
  const anyOf = needs.anyOf.map((levels) => lowered(levels, step));
  return {
    ...needs,
    required: lowered(needs.required, step),
    // An alternative that asks for nothing any more is one that everybody fulfils.
    anyOf: anyOf.some((levels) => Object.keys(levels).length === 0) ? [] : anyOf,
  };
}

function lowered(levels: Levels, { drop, lower }: RelaxationStep): Levels {
  const kept: Record<string, number> = {};
  for (const [skill, level] of Object.entries(levels)) {
    if (!drop.includes(skill)) kept[skill] = Math.min(level, lower[skill] ?? level);
  }
  return kept;
}

/** Why an agent who serves the queue cannot have such an item, whatever the agent is doing; null: the agent suits. */
export function unsuited(agent: Agent, demand: Demand): 'held' | 'team' | 'skills' | null {
  if (demand.hold.length > 0 && !demand.hold.includes(agent.id)) return 'held';
  if (demand.teams && !(agent.team !== null && demand.teams.includes(agent.team))) return 'team';
  const { required, anyOf, excluded } = demand.needs;
  if (!reaches(agent, required)) return 'skills';
  if (anyOf.length > 0 && !anyOf.some((levels) => reaches(agent, levels))) return 'skills';
  for (const skill in excluded) if ((agent.skills[skill] ?? -1) >= excluded[skill]!) return 'skills';
  return null;
}

/** A skill that is not named is not had at all, not even at level 0. */
function reaches(agent: Agent, levels: Levels): boolean {
  for (const skill in levels) if ((agent.skills[skill] ?? -1) < levels[skill]!) return false;
  return true;
}
