import type { EventOf } from '../model/event.ts';
import type { AgentId, AtMs } from '../model/ids.ts';
import type { StaffGroup } from './scenario.ts';

/** What an agent does by hand. */
export type AgentStep = EventOf<'agent.logged_in' | 'agent.logged_out' | 'agent.paused' | 'agent.readied'>;

/** All that the agents of a group do by the clock. */
export function stepsByClock({ agentIds, shifts }: StaffGroup): AgentStep[] {
  return agentIds.flatMap((agentId) =>
    shifts.flatMap((shift): AgentStep[] => [
      { kind: 'agent.logged_in', atMs: shift.fromMs, agentId, by: 'api' },
      ...shift.breaks.flatMap(({ fromMs, toMs, reason }): AgentStep[] => [
        { kind: 'agent.paused', atMs: fromMs, agentId, reason, by: 'api' },
        { kind: 'agent.readied', atMs: toMs, agentId, by: 'api' },
      ]),
      { kind: 'agent.logged_out', atMs: shift.toMs, agentId, by: 'api' },
    ]),
  );
}

/**
 * How an agent whom the dispatcher paused or logged out, after a call that was not answered, comes back: a while later, not
 * before the end of a break; null when the shift is over by then.
 */
export function wayBack(group: StaffGroup, out: EventOf<'agent.paused' | 'agent.logged_out'>): AgentStep | null {
  const shift = group.shifts.find(({ fromMs, toMs }) => fromMs <= out.atMs && out.atMs < toMs);
  const againMs = out.atMs + group.backAfterMs;
  const atMs = shift?.breaks.find(({ fromMs, toMs }) => fromMs <= againMs && againMs < toMs)?.toMs ?? againMs;
  if (!shift || atMs >= shift.toMs) return null;
  return step(out.kind === 'agent.paused' ? 'agent.readied' : 'agent.logged_in', atMs, out.agentId);
}

function step(kind: 'agent.readied' | 'agent.logged_in', atMs: AtMs, agentId: AgentId): AgentStep {
  return { kind, atMs, agentId, by: 'api' };
}
