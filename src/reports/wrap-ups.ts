import type { Event, EventOf } from '../model/event.ts';
import type { AgentId, AtMs, ContactId } from '../model/ids.ts';
import type { QueueCounters } from './queue-counters.ts';

export type WrapUps = {
  /** The agent has handled this contact: a wrap-up that follows counts there. */
  expect(agentId: AgentId, contactId: ContactId, counters: QueueCounters): void;
  take(event: Event): void;
  /** Wrap-ups that did not end yet. */
  open(): number;
};

type Started = { readonly counters: QueueCounters; readonly startedAtMs: AtMs };

/**
 * Counts the agents' wrap-ups where the contact was counted that they belong to. An agent may wrap up several contacts at
 * once, so each counts by itself; the time of the agent may be counted more than once then, as it is for talks.
 */
export function followWrapUps(): WrapUps {
  // A wrap-up starts in the moment in which the contact was handled, so one place for each agent is enough.
  const handled = new Map<AgentId, { contactId: ContactId; counters: QueueCounters }>();
  const started = new Map<AgentId, Map<ContactId, Started>>();

  function start({ agentId, contactId, atMs }: EventOf<'agent.wrap_up_started'>): void {
    end(agentId, contactId, atMs);
    const last = handled.get(agentId);
    if (last?.contactId !== contactId) return;
    const ofAgent = started.get(agentId) ?? new Map<ContactId, Started>();
    started.set(agentId, ofAgent);
    ofAgent.set(contactId, { counters: last.counters, startedAtMs: atMs });
  }

  function end(agentId: AgentId, contactId: ContactId, atMs: AtMs): void {
    const wrapUp = started.get(agentId)?.get(contactId);
    if (!wrapUp) return;
    wrapUp.counters.wrapUps += 1;
    wrapUp.counters.wrapUpMs += Math.max(0, atMs - wrapUp.startedAtMs);
    started.get(agentId)?.delete(contactId);
  }

  function endAll(agentId: AgentId, atMs: AtMs): void {
    for (const contactId of started.get(agentId)?.keys() ?? []) end(agentId, contactId, atMs);
  }

  return {
    expect: (agentId, contactId, counters) => void handled.set(agentId, { contactId, counters }),
    take(event) {
      if (event.kind === 'agent.wrap_up_started') return start(event);
      if (event.kind === 'agent.wrap_up_ended' && event.contactId !== undefined) {
        return end(event.agentId, event.contactId, event.atMs);
      }
      // To log out ends every wrap-up too, whether the journal says so twice or not.
      if (event.kind === 'agent.wrap_up_ended' || event.kind === 'agent.logged_out') endAll(event.agentId, event.atMs);
    },
    open: () => [...started.values()].reduce((sum, ofAgent) => sum + ofAgent.size, 0),
  };
}
