import type { Lack, WhyNot } from '../../acd/why-not.ts';
import type { AgentId, AtMs } from '../../model/ids.ts';
import { measureWords, STRATEGY_WORDS } from './explain.ts';
import { duration } from './explain-duration.ts';

export type WhyNotContext = {
  readonly agentId: AgentId;
  readonly winnerId: AgentId;
  /** The moment of the decision. */
  readonly atMs: AtMs;
  readonly nameOf: (agentId: AgentId) => string;
};

/** One sentence for people: why this agent did not get the offer. */
export function whyNotSentence(why: WhyNot, context: WhyNotContext): string {
  const { agentId, winnerId, nameOf } = context;
  const name = nameOf(agentId);
  switch (why.because) {
    case 'chosen':
      return `${name} was chosen.`;
    case 'unknown':
      return `The site had no agent ${agentId} then.`;
    case 'not_in_queue':
      return `${name} does not serve the queue.`;
    case 'rings_already':
      return `The phone of ${name} rang for this contact already.`;
    case 'later':
      return `${name} could have had it, but it was found for ${nameOf(winnerId)}, who came to choose first.`;
    case 'held':
      return `The contact was kept for ${listed(why.hold.map(nameOf))}.`;
    case 'team':
      return `${name} is of ${why.has === null ? 'no team' : `team ${why.has}`}; only ${listed(why.teams)} was asked.`;
    case 'skills':
      return `${name} ${listed(why.lacks.map(lackWords))}.`;
    case 'behind':
      return behindSentence(why, context);
    default:
      return notNowSentence(why, name, context.atMs);
  }
}

function lackWords({ kind, skill, level, has }: Lack): string {
  if (kind === 'excluded') return `has ${skill} at ${has}, which was not wanted from ${level} on`;
  const what = kind === 'one_of' ? `${skill} at ${level} (one of several would have done)` : `${skill} at ${level}`;
  return `lacks ${what} (${has === null ? 'has none' : `has ${has}`})`;
}

type NotNow = Extract<WhyNot, { readonly inHand: number }>;

function notNowSentence(why: NotNow, name: string, atMs: AtMs): string {
  const since = `for ${duration(atMs - why.sinceMs)}`;
  switch (why.because) {
    case 'logged_out':
      return `${name} had been logged out ${since}.`;
    case 'paused':
      return `${name} had been paused (${why.pause}) ${since}.`;
    case 'unreachable':
      return `The phone of ${name} could not be reached.`;
    case 'busy':
      return `The phone of ${name} was busy.`;
    case 'resting': {
      const left = why.restUntilMs === null ? 'a while' : `another ${duration(why.restUntilMs - atMs)}`;
      return `${name} was left alone for ${left} after an offer that failed.`;
    }
    case 'full':
      if (why.inHand === 0) return `${name} takes no contacts of this channel.`;
      return `${name} had as much in hand as allowed (${why.inHand} contact${why.inHand === 1 ? '' : 's'}) ${since}.`;
  }
}

type Behind = Extract<WhyNot, { because: 'behind' }>;

function behindSentence(
  { by, strategy, own, winner }: Behind,
  { agentId, winnerId, atMs, nameOf }: WhyNotContext,
): string {
  const [name, other] = [nameOf(agentId), nameOf(winnerId)];
  if (by === 'preference') return `${name} was free, but the contact prefers ${other}.`;
  if (by === 'idle' || IDLE.has(strategy)) {
    if (own === winner) return `${name} was free and idle as long as ${other}, who became free a moment before.`;
    const equal = by === 'idle' && !IDLE.has(strategy) ? ` equal by ${STRATEGY_WORDS[strategy]} and` : '';
    return `${name} was free,${equal} but had been idle ${duration(own - winner)} less than ${other}.`;
  }
  const rule = STRATEGY_WORDS[strategy];
  const [mine, theirs] = [measureWords(strategy, own, atMs), measureWords(strategy, winner, atMs)];
  if (mine === theirs) return `${name} was free, but ${other} came first by ${rule}.`;
  return `${name} was free, but ${other} came first by ${rule}: ${theirs}, ${name} ${mine}.`;
}

/** Strategies whose measure is since when the agent is idle. */
const IDLE: ReadonlySet<string> = new Set(['longest_idle', 'ring_all', 'ring_progressively']);

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? 'nobody';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
