import type { EndCause, EventKind, EventOf } from '../../model/event.ts';
import type { AgentId, FlowId, LegId, OfferId, QueueId } from '../../model/ids.ts';

/** One plain sentence for each kind of event of a family. */
export type Sentences<K extends EventKind> = { readonly [P in K]: (event: EventOf<P>, about: About) => string };

/** What a sentence has to know besides its event. */
export type About = {
  /** Agents and queues by the names that people call them; by their ids where the site does not have them. */
  agent(id: AgentId): string;
  queue(id: QueueId): string;
  /** Who had the offer. */
  offered(id: OfferId): string;
  /** How long the offer has been open, or the phone has rung; undefined: nobody knows. */
  readonly openMs: number | undefined;
  /** Whose leg it is: `the caller`, `Ben`, `the number …456`. */
  leg(id: LegId): string;
  /** True where the customer writes. */
  readonly written: boolean;
};

export const CAUSES: Readonly<Record<EndCause, string>> = {
  hung_up: 'hung up',
  busy: 'busy',
  rejected: 'rejected',
  no_answer: 'no answer',
  unavailable: 'not reachable',
  failed: 'failed',
  lost: 'connection lost',
};

type Target =
  | { readonly to: 'queue'; readonly queueId: QueueId }
  | { readonly to: 'flow'; readonly flowId: FlowId }
  | { readonly to: 'agent'; readonly agentId: AgentId }
  | { readonly to: 'number' | 'external'; readonly number: string }
  | { readonly to: 'voicemail' | 'callback' };

/** Where a call goes, or who is dialled. */
export function targetName(target: Target, { agent, queue }: Pick<About, 'agent' | 'queue'>): string {
  switch (target.to) {
    case 'queue':
      return queue(target.queueId);
    case 'flow':
      return `the flow ${target.flowId}`;
    case 'agent':
      return agent(target.agentId);
    case 'number':
    case 'external':
      return numberName(target.number);
    case 'voicemail':
      return 'voicemail';
    case 'callback':
      return 'a callback';
  }
}

/** Extensions are the site's own; of a number outside only the end is told, for it may be a customer's. */
const EXTENSION_DIGITS_MAX = 5;
const TOLD_DIGITS = 3;

export function numberName(number: string): string {
  const shown = number.length <= EXTENSION_DIGITS_MAX ? number : `\u2026${number.slice(-TOLD_DIGITS)}`;
  return `the number ${shown}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The first letter as a sentence has it. */
export function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
