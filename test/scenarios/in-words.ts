import type { AcdState } from '../../src/acd/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { OverflowTarget } from '../../src/model/queue.ts';

/** Tells a decision as the last column of a story has it; undefined: it goes without saying. */
export function inWords(
  event: Event,
  offers: ReadonlyMap<string, readonly [contact: string, agent: string]>,
): string | undefined {
  switch (event.kind) {
    case 'offer.made':
      return `${event.contactId} rings ${event.agentId}`;
    case 'offer.expired':
    case 'offer.withdrawn': {
      const [contact, agent] = offers.get(event.offerId) ?? ['?', '?'];
      return event.kind === 'offer.expired'
        ? `${agent} did not answer ${contact}`
        : `${contact} stops ringing ${agent}`;
    }
    case 'contact.connected':
      return `${event.contactId} talks to ${event.agentId}`;
    case 'contact.requeued':
      return `${event.contactId} is back in line`;
    case 'contact.dequeued':
      return left(event.contactId, event.reason, event.overflow?.target);
    case 'contact.relaxed':
      return `${event.contactId} asks for less`;
    case 'contact.hold_ended':
      return `${event.contactId} is no longer held`;
    default:
      return agentInWords(event);
  }
}

function agentInWords(event: Event): string | undefined {
  switch (event.kind) {
    case 'agent.wrap_up_started':
      return `${event.agentId} wraps up ${event.contactId} until ${clock(event.untilMs)}`;
    case 'agent.wrap_up_ended':
      return `${event.agentId} has wrapped up ${event.contactId ?? 'everything'}`;
    case 'agent.rest_started':
      return `${event.agentId} rests until ${clock(event.untilMs)}`;
    case 'agent.rest_ended':
      return `${event.agentId} has rested`;
    case 'agent.paused':
      return `${event.agentId} is paused: ${event.reason}`;
    case 'agent.pause_overran':
      return `${event.agentId} pauses too long: ${event.reason}`;
    case 'agent.readied':
      return `${event.agentId} is ready again`;
    case 'agent.logged_out':
      return `${event.agentId} is logged out`;
    default:
      return undefined;
  }
}

function left(contact: string, reason: string, target: OverflowTarget | undefined): string | undefined {
  if (reason === 'answered') return undefined;
  if (reason === 'abandoned') return `${contact} abandons`;
  if (reason === 'lost') return `${contact} is lost`;
  if (!target) return `${contact} waited too long`;
  if (target.to === 'queue') return `${contact} goes to queue ${target.queueId}`;
  if (target.to === 'flow') return `${contact} goes to flow ${target.flowId}`;
  if (target.to === 'external') return `${contact} goes to ${target.number}`;
  return `${contact} goes to ${target.to}`;
}

export function clock(atMs: number): string {
  const text = new Date(atMs).toISOString();
  return atMs % 1000 === 0 ? text.slice(11, 19) : text.slice(11, 23);
}

/** What everybody is doing, for a row that did not come true. */
export function standing(state: AcdState): string {
  const agents = [...state.agents.values()].map((agent) => {
    const work = agent.work.map(({ stage, contactId }) => `${stage} ${contactId}`);
    const away = !agent.loggedIn ? ['logged out'] : agent.pause ? [`paused (${agent.pause.reason})`] : [];
    const phone = agent.phone === 'idle' ? [] : [`phone ${agent.phone}`];
    const rest = agent.restUntilMs === null ? [] : [`rests until ${clock(agent.restUntilMs)}`];
    return `${agent.id}: ${[...away, ...phone, ...rest, ...work].join(', ') || 'free'}`;
  });
  const waiting = [...state.items.values()].filter(({ stage }) => stage === 'waiting');
  const line = waiting.map(
    ({ contactId, queueId, step }) => `${contactId} in ${queueId}${step > 0 ? `, step ${step}` : ''}`,
  );
  return `  agents: ${agents.join('; ')}\n  waiting: ${line.join('; ') || 'nobody'}`;
}
