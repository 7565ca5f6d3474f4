import type { AcdState, AgentRecord, Item } from '../../src/acd/state.ts';
import { PHONE_CHANNELS } from '../../src/model/channel.ts';
import type { Levels } from '../../src/model/needs.ts';
import type { Queue, RoutingRule } from '../../src/model/queue.ts';
import { RAISED } from './random-site.ts';

/**
 * Who should get what, worked out the slow and plain way from the site and the public part of the state: every item
 * against every agent, each time anew. It is written from the comments of the contracts (src/model, src/acd/state.ts) and
 * shares no code with the engine, so that an error has to be made twice to stay unseen.
 */

/** One point of priority in a queue without ageing. */
const STRICT_MS = 10_000_000_000;
const COMMON_OBJECTIVE_MS = 20_000;

export function queueOf(state: AcdState, queueId: string): Queue | undefined {
  if (!queueId.startsWith('@')) return state.site.queues[queueId];
  const owner = state.site.agents[queueId.slice(1)];
  return owner && { ...state.site.directQueue, id: queueId, name: owner.name };
}

/** Why this agent may not be offered this item now, in words for a failing test; null: the agent may. */
export function obstacle(state: AcdState, agent: AgentRecord, item: Item): string | null {
  return unsuited(state, agent, item) ?? unavailable(state, agent, item) ?? noRoom(state, agent, item);
}

/** What does not change while the agent works: membership, team, skills, hold. */
export function unsuited(state: AcdState, agent: AgentRecord, item: Item): string | null {
  const about = state.site.agents[agent.id];
  const queue = queueOf(state, item.queueId);
  if (!about || !queue) return 'gone from the site';
  const serves = item.queueId.startsWith('@')
    ? item.queueId === `@${agent.id}`
    : about.queues[item.queueId] !== undefined;
  if (!serves) return 'does not serve the queue';
  if (item.hold.length > 0 && !item.hold.includes(agent.id)) return 'held for somebody else';
  const teams = teamsFor(state, queue, item);
  if (teams !== null && (about.team === null || !teams.includes(about.team))) return 'wrong team';
  const asked = [queue.needs, item.needs, ...rulesFor(queue, item).map((rule) => rule.needs)];
  const steps = queue.relaxation.slice(0, item.step);
  const stillAsked = ([skill, level]: [string, number]): [string, number][] =>
    steps.some((step) => step.drop.includes(skill))
      ? []
      : [[skill, Math.min(level, ...steps.map((step) => step.lower[skill] ?? level))]];
  const reaches = (levels: Levels): boolean =>
    Object.entries(levels)
      .flatMap(stillAsked)
      .every(([skill, level]) => (about.skills[skill] ?? -1) >= level);
  for (const needs of asked) {
    if (!reaches(needs.required)) return 'lacks a required skill';
    if (needs.anyOf.length > 0 && !needs.anyOf.some(reaches)) return 'has none of the alternatives';
    for (const [skill, level] of Object.entries(needs.excluded)) {
      if ((about.skills[skill] ?? -1) >= level) return 'has an excluded skill';
    }
  }
  return null;
}

function teamsFor(state: AcdState, queue: Queue, item: Item): readonly string[] | null {
  let teams = queue.teams;
  for (const rule of rulesFor(queue, item)) if (rule.teams !== null) teams = rule.teams;
  for (const step of queue.relaxation.slice(0, item.step)) {
    if (step.teams === 'all') teams = null;
    else if (step.teams !== null) teams = step.teams;
  }
  const { escalation } = queue;
  const tries = state.attempts.get(item.contactId);
  if (escalation && tries) {
    let count = 0;
    for (const team of escalation.from) count += tries[team] ?? 0;
    if (count >= escalation.after) teams = escalation.to;
  }
  return teams;
}

function rulesFor(queue: Queue, item: Item): RoutingRule[] {
  return queue.rules.filter(({ when }) => {
    const channels = when.channels ?? [];
    const labels = when.labels ?? [];
    if (channels.length > 0 && !channels.includes(item.channel)) return false;
    if (labels.length > 0 && (item.label === null || !labels.includes(item.label))) return false;
    if (when.expression === RAISED && item.priority <= 0) return false;
    return Object.entries(when.attributes ?? {}).every(
      ([name, allowed]) => allowed.length === 0 || allowed.some((value) => item.attributes[name] === value),
    );
  });
}

export function unavailable(state: AcdState, agent: AgentRecord, item: Item): string | null {
  if (!agent.loggedIn) return 'logged out';
  if (agent.pause) return `paused: ${agent.pause.reason}`;
  if (agent.work.some(({ contactId, stage }) => contactId === item.contactId && stage !== 'wrap_up'))
    return 'has this contact in hand';
  if (agent.restUntilMs !== null) return 'resting';
  if (!PHONE_CHANNELS.has(item.channel)) return null;
  if (!state.doorOpen) return 'the door is closed';
  if (agent.phone === 'unreachable') return 'phone unreachable';
  const onOurPhone = agent.work.some(({ channel, stage }) => PHONE_CHANNELS.has(channel) && stage !== 'wrap_up');
  if (agent.phone === 'busy' && !onOurPhone) return 'phone busy';
  return null;
}

export function noRoom(state: AcdState, agent: AgentRecord, item: Item): string | null {
  const { capacities } = state.site;
  const capacity = capacities[state.site.agents[agent.id]?.capacity ?? 'default'] ?? capacities['default'];
  if (!capacity) return 'no capacity';
  const nameOf = (one: { readonly channel: string; readonly label: string | null }): string =>
    one.label !== null && capacity.rules[one.label] !== undefined ? one.label : one.channel;
  const name = nameOf(item);
  const rule = capacity.rules[name];
  if (!rule) return 'the capacity does not know the channel';
  const names = agent.work.map(nameOf);
  if (names.filter((other) => other === name).length >= rule.max) return `has ${rule.max} of ${name} already`;
  const counted = names.filter((other) => !rule.interrupts.includes(other));
  const load = counted.reduce((sum, other) => sum + (capacity.rules[other]?.weight ?? 0), rule.weight);
  return load <= capacity.load ? null : `load ${load} of ${capacity.load}`;
}

/** From when the item would have had to wait, without priority, to be where it is. */
export function effectiveStartMs(state: AcdState, item: Item): number {
  const queue = queueOf(state, item.queueId)!;
  if (queue.order === 'fifo' || queue.order === 'lifo') return item.virtualStartMs;
  let points = item.priority;
  for (const rule of rulesFor(queue, item)) points += rule.priority;
  let since = item.virtualStartMs;
  if (item.deadlineMs !== null) since = Math.min(since, item.deadlineMs - queue.objectiveMs);
  return since - points * (queue.ageingMs ?? STRICT_MS);
}

/** How urgent an item is; larger goes first. */
export function scoreOf(state: AcdState, item: Item, nowMs: number): number {
  const queue = queueOf(state, item.queueId)!;
  const objectiveMs = queue.order === 'objective' ? queue.objectiveMs : COMMON_OBJECTIVE_MS;
  return (nowMs - effectiveStartMs(state, item)) / objectiveMs;
}

/** True when `a` has to be served before `b` by an agent who could take either. */
export function goesBefore(state: AcdState, a: Item, b: Item, nowMs: number): boolean {
  if (a.queueId === b.queueId && queueOf(state, a.queueId)!.order === 'lifo') {
    if (a.virtualStartMs !== b.virtualStartMs) return a.virtualStartMs > b.virtualStartMs;
    return a.contactId < b.contactId;
  }
  return scoreOf(state, a, nowMs) > scoreOf(state, b, nowMs);
}

/** Items that nobody has in hand and that could be offered: those that wait, and where all phones ring also those that ring. */
export function open(state: AcdState): Item[] {
  return [...state.items.values()].filter(
    (item) =>
      queueOf(state, item.queueId) !== undefined &&
      (item.stage === 'waiting' || (item.stage === 'offered' && queueOf(state, item.queueId)!.strategy === 'ring_all')),
  );
}

/** What the agent could be offered now. */
export function takeable(state: AcdState, agent: AgentRecord): Item[] {
  return open(state).filter((item) => obstacle(state, agent, item) === null);
}
