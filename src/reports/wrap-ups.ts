import type { Event } from '../model/event.ts';
import type { AgentId, AtMs, ContactId } from '../model/ids.ts';
import type { QueueCounters } from './queue-counters.ts';

export type WrapUps = {
  /** The agent has handled this contact: a wrap-up that follows counts there. */
  expect(agentId: AgentId, contactId: ContactId, counters: QueueCounters): void;
  take(event: Event): void;
  /** Wrap-ups that did not end yet. */
  open(): number;
};

/** Counts the agents' wrap-ups where the contact was counted that they belong to. Holds one place per agent. */
export function followWrapUps(): WrapUps {
  const handled = new Map<AgentId, { contactId: ContactId; counters: QueueCounters }>();
  const started = new Map<AgentId, { counters: QueueCounters; startedAtMs: AtMs }>();

  function end(agentId: AgentId, atMs: AtMs): void {
    const wrapUp = started.get(agentId);
    if (!wrapUp) return;
    wrapUp.counters.wrapUps += 1;
    wrapUp.counters.wrapUpMs += Math.max(0, atMs - wrapUp.startedAtMs);
    started.delete(agentId);
  }

  return {
    expect: (agentId, contactId, counters) => void handled.set(agentId, { contactId, counters }),
    take(event) {
      if (event.kind === 'agent.wrap_up_started') {
        end(event.agentId, event.atMs);
        const last = handled.get(event.agentId);
        if (last?.contactId !== event.contactId) return;
        started.set(event.agentId, { counters: last.counters, startedAtMs: event.atMs });
      }
      // To log out ends a wrap-up too, whether the journal says so twice or not.
      if (event.kind === 'agent.wrap_up_ended' || event.kind === 'agent.logged_out') end(event.agentId, event.atMs);
    },
    open: () => started.size,
  };
}
