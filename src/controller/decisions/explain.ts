import type { EventOf } from '../../model/event.ts';
import type { Explanation, RejectedBecause } from '../../model/explanation.ts';
import type { AgentId, AtMs } from '../../model/ids.ts';
import type { StrategyName } from '../../model/queue.ts';
import { duration } from './explain-duration.ts';

/** How a strategy is called in a sentence. */
export const STRATEGY_WORDS: Readonly<Record<StrategyName, string>> = {
  longest_idle: 'longest idle',
  round_robin: 'round robin',
  round_robin_ordered: 'round robin in the order of the site',
  fewest_contacts: 'fewest contacts',
  least_talk_time: 'least talk time',
  least_occupied: 'least occupied',
  best_skilled: 'best skilled',
  top_down: 'top-down tiers',
  ring_all: 'ring all',
  ring_progressively: 'ring progressively',
  random: 'random',
  weighted_random: 'weighted random',
  percent_allocation: 'percent allocation',
};

const REJECTED_WORDS: Readonly<Record<RejectedBecause, string>> = {
  logged_out: 'logged out',
  paused: 'paused',
  unreachable: 'without a phone that can be reached',
  busy: 'busy on the phone',
  resting: 'left alone for a while',
  full: 'with as much in hand as allowed',
  skills: 'without the skills',
  team: 'of another team',
  held: 'not among those for whom the contact was kept',
};

/** An agent's measure under a strategy, as it was at a moment. The units are those of src/acd/routing/strategies. */
export function measureWords(strategy: StrategyName, measure: number, atMs: AtMs): string {
  switch (strategy) {
    case 'longest_idle':
    case 'ring_all':
    case 'ring_progressively':
      return `idle for ${duration(atMs - measure)}`;
    case 'fewest_contacts':
      return `${measure} contacts since login`;
    case 'least_talk_time':
      return `${duration(measure)} of talk since login`;
    case 'least_occupied':
      return `occupied ${(measure / 10).toFixed(1)} % of the time`;
    case 'best_skilled':
      return `levels of ${-measure} in all`;
    case 'top_down':
      return `tier ${measure}`;
    case 'round_robin':
    case 'round_robin_ordered':
      return 'by turn';
    case 'percent_allocation':
      return 'by the share of the team';
    default:
      return 'by lot';
  }
}

/** One or two sentences that say why an offer went where it went. */
export function offerSentence(offer: EventOf<'offer.made'>, nameOf: (agentId: AgentId) => string): string {
  const { why, agentId, atMs } = offer;
  const name = nameOf(agentId);
  if (!why) return `Offered to ${name}. The release that decided this kept no reasons.`;
  const step = why.k > 0 ? ` Relaxation step ${why.k} was reached.` : '';
  return (why.by === 'agent' ? agentChosen(why, name, nameOf, atMs) : contactChosen(why, name)) + step;
}

function agentChosen(why: Explanation, name: string, nameOf: (agentId: AgentId) => string, atMs: AtMs): string {
  const strategy = why.s ?? 'longest_idle';
  const others = why.r.map(([id, score]) => `${nameOf(id)} (${measureWords(strategy, score, atMs)})`);
  const before = others.length > 0 ? `, before ${others.join(' and ')}` : ', the only one who could';
  return `${name} was chosen by ${STRATEGY_WORDS[strategy]} (${measureWords(strategy, why.w, atMs)})${before}.${rejectedSentence(why)}`;
}

function rejectedSentence({ x = {} }: Explanation): string {
  const parts = rejectedOf(x).map(({ because, agents }) => `${agents} ${REJECTED_WORDS[because]}`);
  return parts.length > 0 ? ` Out of the question: ${parts.join(', ')}.` : '';
}

/** The rejected by reason, in the order of the table above. */
export function rejectedOf(x: Explanation['x']): { readonly because: RejectedBecause; readonly agents: number }[] {
  return (Object.keys(REJECTED_WORDS) as RejectedBecause[]).flatMap((because) => {
    const agents = x?.[because] ?? 0;
    return agents > 0 ? [{ because, agents }] : [];
  });
}

function contactChosen(why: Explanation, name: string): string {
  const [waiting, eligible] = why.n ?? [1, 1];
  const next = why.r[0];
  const kinds = waiting === 1 ? 'one kind of contact' : `${waiting} kinds of contacts`;
  const of = `${kinds} waited, of which ${name} could have ${eligible}`;
  const after = next ? ` Next in order was ${next[0]} (${times(next[1])}).` : '';
  return `${name} became free and got this contact as the most urgent one (${times(why.w)}); ${of}.${after}`;
}

/** A contact's score is its wait, with priority counted in, divided by the objective of its queue. */
function times(score: number): string {
  return `its wait with priority was ${score} times its objective`;
}
