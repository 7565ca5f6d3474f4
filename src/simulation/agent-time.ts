import type { Event } from '../model/event.ts';
import type { AgentId, AtMs } from '../model/ids.ts';
import type { Interval } from '../reports/intervals.ts';

/** What an agent's time was spent on, in ms. Two contacts at once count once. */
export type AgentTime = {
  /** Talking or in wrap-up. */
  busyMs: number;
  /** Logged in and not paused, or busy all the same. */
  inServiceMs: number;
};

type Clock = AgentTime & { loggedIn: boolean; paused: boolean; talks: number; wrapUps: number; sinceMs: AtMs };

export type AgentTimes = {
  take(event: Event): void;
  /** Of some agents together; ends the fold. */
  of(agentIds: readonly AgentId[]): AgentTime;
};

/**
 * Adds up the agents' time. Occupancy is busy by in service: the share of the time at work in which an agent had a contact
 * or its wrap-up in hand (the definition of workforce management; ringing counts as waiting for work). Time outside the span
 * is left out.
 */
export function agentTimes(span: Interval): AgentTimes {
  const clocks = new Map<AgentId, Clock>();

  /** Counts the time up to now in the state that was. */
  function clockAt(agentId: AgentId, atMs: AtMs): Clock {
    let clock = clocks.get(agentId);
    if (!clock) {
      clock = { busyMs: 0, inServiceMs: 0, loggedIn: false, paused: false, talks: 0, wrapUps: 0, sinceMs: atMs };
      clocks.set(agentId, clock);
    }
    const passedMs = Math.max(0, Math.min(atMs, span.toMs) - Math.max(clock.sinceMs, span.fromMs));
    const busy = clock.talks + clock.wrapUps > 0;
    if (busy) clock.busyMs += passedMs;
    if (busy || (clock.loggedIn && !clock.paused)) clock.inServiceMs += passedMs;
    clock.sinceMs = atMs;
    return clock;
  }

  function take(event: Event): void {
    switch (event.kind) {
      case 'agent.logged_in':
        return void Object.assign(clockAt(event.agentId, event.atMs), { loggedIn: true, paused: false });
      case 'agent.logged_out':
        return void Object.assign(clockAt(event.agentId, event.atMs), { loggedIn: false, wrapUps: 0 });
      case 'agent.paused':
        clockAt(event.agentId, event.atMs).paused = true;
        return;
      case 'agent.readied':
        clockAt(event.agentId, event.atMs).paused = false;
        return;
      case 'contact.connected':
        clockAt(event.agentId, event.atMs).talks += 1;
        return;
      case 'contact.handled':
        clockAt(event.agentId, event.atMs).talks -= 1;
        return;
      case 'agent.wrap_up_started':
        clockAt(event.agentId, event.atMs).wrapUps += 1;
        return;
      case 'agent.wrap_up_ended': {
        const clock = clockAt(event.agentId, event.atMs);
        clock.wrapUps = event.contactId === undefined ? 0 : Math.max(0, clock.wrapUps - 1);
        return;
      }
    }
  }

  return {
    take,
    of(agentIds) {
      const sum = { busyMs: 0, inServiceMs: 0 };
      for (const id of agentIds) {
        const clock = clockAt(id, span.toMs);
        sum.busyMs += clock.busyMs;
        sum.inServiceMs += clock.inServiceMs;
      }
      return sum;
    },
  };
}
