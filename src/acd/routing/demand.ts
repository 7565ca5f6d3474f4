import type { AgentId, TeamId } from '../../model/ids.ts';
import { bothNeeds, meets, type Needs, relaxedNeeds } from '../../model/needs.ts';
import type { Queue, RoutingRule } from '../../model/queue.ts';
import type { Agent } from '../../model/site.ts';
import type { Item } from '../state.ts';
import { expressionHolds } from './rule-expression.ts';

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
    needs = relaxedNeeds(needs, step);
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
  return when.expression === undefined || expressionHolds(when.expression, item);
}

/** Why an agent who serves the queue cannot have such an item, whatever the agent is doing; null: the agent suits. */
export function unsuited(agent: Agent, { needs, teams, hold }: Demand): 'held' | 'team' | 'skills' | null {
  if (hold.length > 0 && !hold.includes(agent.id)) return 'held';
  if (teams && !(agent.team !== null && teams.includes(agent.team))) return 'team';
  return meets(agent.skills, needs) ? null : 'skills';
}
