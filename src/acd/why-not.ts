import type { EventOf } from '../model/event.ts';
import type { RejectedBecause } from '../model/explanation.ts';
import type { AgentId, AtMs, SkillId, TeamId } from '../model/ids.ts';
import type { Levels } from '../model/needs.ts';
import type { StrategyName } from '../model/queue.ts';
import { hasBit } from './routing/bits.ts';
import { allCandidates, type Candidate } from './routing/choose-agent.ts';
import { classOf } from './routing/class.ts';
import { type Demand, unsuited } from './routing/demand.ts';
import { unavailable } from './routing/eligibility.ts';
import { queueIndex } from './routing/tables.ts';
import type { AcdState, AgentRecord, Item } from './state.ts';

/** Why one agent did not get one offer. Moments are those from which it was so. */
export type WhyNot =
  | { readonly because: 'chosen' | 'unknown' | 'not_in_queue' | 'rings_already' }
  /** The contact was chosen for another agent, who had just become free; this one would have been asked next. */
  | { readonly because: 'later' }
  | { readonly because: 'held'; readonly hold: readonly AgentId[] }
  | { readonly because: 'team'; readonly teams: readonly TeamId[]; readonly has: TeamId | null }
  | { readonly because: 'skills'; readonly lacks: readonly Lack[] }
  | {
      readonly because: Exclude<RejectedBecause, 'held' | 'team' | 'skills'>;
      readonly sinceMs: AtMs;
      readonly pause: string | null;
      readonly restUntilMs: AtMs | null;
      readonly inHand: number;
    }
  /** Free and fit, but another one came first: by the names or preferred skills of the contact, by the strategy, or by idleness. */
  | {
      readonly because: 'behind';
      readonly by: 'preference' | 'strategy' | 'idle';
      readonly strategy: StrategyName;
      readonly own: number;
      readonly winner: number;
    };

/** A skill that was asked for at a level, or that must not be there; `one_of` where several would have done. */
export type Lack = {
  readonly kind: 'required' | 'one_of' | 'excluded';
  readonly skill: SkillId;
  readonly level: number;
  /** Null: not at all. */
  readonly has: number | null;
};

/** Works out again why an agent was not chosen, in the state just before the offer was made. */
export function whyNot(state: AcdState, offer: EventOf<'offer.made'>, agentId: AgentId): WhyNot {
  if (agentId === offer.agentId) return { because: 'chosen' };
  const agent = state.agents.get(agentId);
  const about = state.site.agents[agentId];
  const item = state.items.get(offer.contactId);
  const queue = queueIndex(state, offer.queueId);
  const demand = item && (item.standsIn ?? classOf(state, item))?.demand;
  if (!agent || !about || !item || !queue || !demand) return { because: 'unknown' };
  if (!hasBit(queue.members, agent.slot)) return { because: 'not_in_queue' };
  const never = unsuited(about, demand);
  if (never === 'held') return { because: 'held', hold: demand.hold };
  if (never === 'team') return { because: 'team', teams: demand.teams ?? [], has: about.team };
  if (never === 'skills') return { because: 'skills', lacks: lacksOf(about.skills, demand) };
  if (agent.work.some(({ contactId }) => contactId === item.contactId)) return { because: 'rings_already' };
  const now = unavailable(state.index.capacities[agent.slot], agent, item.channel, item.label);
  if (now !== null && now !== 'held' && now !== 'team' && now !== 'skills') return notNow(agent, now);
  return offer.why?.by === 'contact' ? { because: 'later' } : behind(state, item, queue.queue.strategy, offer, agentId);
}

function notNow(agent: AgentRecord, because: Exclude<RejectedBecause, 'held' | 'team' | 'skills'>): WhyNot {
  return {
    because,
    sinceMs: agent.stateSinceMs,
    pause: agent.pause?.reason ?? null,
    restUntilMs: agent.restUntilMs,
    inHand: agent.work.length,
  };
}

function behind(
  state: AcdState,
  item: Item,
  strategy: StrategyName,
  offer: EventOf<'offer.made'>,
  agentId: AgentId,
): WhyNot {
  const candidates = allCandidates(state, item, offer.atMs);
  const own = candidates.find(({ agent }) => agent.id === agentId);
  const winner = candidates.find(({ agent }) => agent.id === offer.agentId);
  if (!own || !winner || candidates.indexOf(own) < candidates.indexOf(winner)) return { because: 'later' };
  const tell = (by: 'preference' | 'strategy' | 'idle', measure: (one: Candidate) => number): WhyNot => ({
    because: 'behind',
    by,
    strategy,
    own: measure(own),
    winner: measure(winner),
  });
  if (own.rank !== winner.rank) return tell('preference', ({ rank }) => rank);
  if (own.measure !== winner.measure) return tell('strategy', ({ measure }) => measure);
  return tell('idle', ({ agent }) => agent.idleSinceMs);
}

function lacksOf(skills: Levels, { needs }: Demand): Lack[] {
  const lacking = (kind: 'required' | 'one_of', levels: Levels): Lack[] =>
    Object.entries(levels)
      .filter(([skill, level]) => (skills[skill] ?? -1) < level)
      .map(([skill, level]) => ({ kind, skill, level, has: skills[skill] ?? null }));
  const required = lacking('required', needs.required);
  const alternatives = needs.anyOf.map((levels) => lacking('one_of', levels));
  const oneOf = alternatives.every((lacks) => lacks.length > 0) ? alternatives.flat() : [];
  const excluded = Object.entries(needs.excluded)
    .filter(([skill, level]) => (skills[skill] ?? -1) >= level)
    .map(([skill, level]): Lack => ({ kind: 'excluded', skill, level, has: skills[skill] ?? null }));
  return [...required, ...oneOf, ...excluded];
}
