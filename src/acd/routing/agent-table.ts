import type { QueueId, SkillId, TeamId } from '../../model/ids.ts';
import type { Levels } from '../../model/needs.ts';
import type { Site } from '../../model/site.ts';
import type { AgentRecord } from '../state.ts';
import { type Bits, bitsFor, countBits, setBit } from './bits.ts';
import type { Demand } from './demand.ts';

/**
 * What the site says of its agents, by skill, team and queue instead of by agent: so whom a demand suits is found by
 * putting a few sets of bits together, whatever the number of agents.
 */
export type AgentTable = {
  readonly agents: number;
  /** By skill: each agent's level, -1 for who does not have it. */
  readonly levels: ReadonlyMap<SkillId, Int8Array>;
  readonly teams: ReadonlyMap<TeamId, Bits>;
  readonly members: ReadonlyMap<QueueId, Bits>;
  readonly slotOf: ReadonlyMap<string, number>;
  /** By skill and level: who has it at that level or above. */
  readonly reached: Map<string, Bits>;
};

export function tableOf(site: Pick<Site, 'agents'>, slots: readonly AgentRecord[]): AgentTable {
  const levels = new Map<SkillId, Int8Array>();
  const teams = new Map<TeamId, Bits>();
  const members = new Map<QueueId, Bits>();
  const slotOf = new Map<string, number>();
  for (const { id, slot } of slots) {
    const about = site.agents[id];
    if (!about) continue;
    slotOf.set(id, slot);
    if (about.team !== null) setBit(bitsOf(teams, about.team, slots.length), slot);
    for (const queueId in about.queues) setBit(bitsOf(members, queueId, slots.length), slot);
    for (const skill in about.skills) levelsOf(levels, skill, slots.length)[slot] = about.skills[skill]!;
  }
  return { agents: slots.length, levels, teams, members, slotOf, reached: new Map() };
}

function bitsOf(map: Map<string, Bits>, name: string, agents: number): Bits {
  let bits = map.get(name);
  if (!bits) {
    bits = bitsFor(agents);
    map.set(name, bits);
  }
  return bits;
}

function levelsOf(map: Map<SkillId, Int8Array>, skill: SkillId, agents: number): Int8Array {
  let levels = map.get(skill);
  if (!levels) {
    levels = new Int8Array(agents).fill(-1);
    map.set(skill, levels);
  }
  return levels;
}

/** Of the queue's agents those whom the demand suits, and how many it does not suit, by the first reason that holds. */
export type Suited = {
  readonly eligible: Bits;
  readonly unsuited: { readonly held: number; readonly team: number; readonly skills: number };
};

export function suitedBy(table: AgentTable, members: Bits, demand: Demand): Suited {
  const eligible = members.slice();
  const before = countBits(eligible);
  if (demand.hold.length > 0) keepOnly(eligible, slotsOf(table, demand.hold));
  const held = countBits(eligible);
  if (demand.teams) keepOnly(eligible, ofTeams(table, demand.teams));
  const ofTeam = countBits(eligible);
  const { required, anyOf, excluded } = demand.needs;
  keepReaching(table, eligible, required);
  if (anyOf.length > 0) keepOnly(eligible, reachingAny(table, members, anyOf));
  for (const skill in excluded) remove(eligible, reaching(table, skill, excluded[skill]!));
  return { eligible, unsuited: { held: before - held, team: held - ofTeam, skills: ofTeam - countBits(eligible) } };
}

function slotsOf(table: AgentTable, agentIds: readonly string[]): Bits {
  const bits = bitsFor(table.agents);
  for (const id of agentIds) {
    const slot = table.slotOf.get(id);
    if (slot !== undefined) setBit(bits, slot);
  }
  return bits;
}

function ofTeams(table: AgentTable, teams: readonly TeamId[]): Bits {
  const bits = bitsFor(table.agents);
  for (const team of teams) add(bits, table.teams.get(team) ?? bitsFor(table.agents));
  return bits;
}

function reachingAny(table: AgentTable, members: Bits, anyOf: readonly Levels[]): Bits {
  const bits = bitsFor(table.agents);
  for (const levels of anyOf) {
    const one = members.slice();
    keepReaching(table, one, levels);
    add(bits, one);
  }
  return bits;
}

function keepReaching(table: AgentTable, bits: Bits, levels: Levels): void {
  for (const skill in levels) keepOnly(bits, reaching(table, skill, levels[skill]!));
}

/** Most sets that are remembered; there are at most 11 levels of each skill, so this is enough for about 900 skills. */
const REACHED_MAX = 10_000;

function reaching(table: AgentTable, skill: SkillId, level: number): Bits {
  const name = `${level} ${skill}`;
  const known = table.reached.get(name);
  if (known) return known;
  const bits = bitsFor(table.agents);
  const levels = table.levels.get(skill);
  if (levels)
    for (let slot = 0; slot < levels.length; slot++)
      if (levels[slot]! >= level && levels[slot]! >= 0) setBit(bits, slot);
  if (table.reached.size >= REACHED_MAX) table.reached.clear();
  table.reached.set(name, bits);
  return bits;
}

function keepOnly(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! &= others[word]!;
}

function add(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! |= others[word]!;
}

function remove(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! &= ~others[word]!;
}
