import type { AgentId, AtMs, ContactId, LegId, QueueId } from '../ids.ts';
import type { Site } from '../site.ts';

/** Whether an agent may listen to talks of a queue and take them over. Nobody listens to himself. */
export function maySupervise(site: Site, supervisorId: AgentId, agentId: AgentId, queueId: QueueId): boolean {
  if (supervisorId === agentId || !Object.hasOwn(site.agents, supervisorId)) return false;
  const { supervises } = site.agents[supervisorId]!;
  return supervises === 'all' || supervises.includes(queueId);
}

/** The leg of a supervisor's phone. No other leg has the count 0, so that none of another maker is ever the same. */
export function watchLeg(contactId: ContactId, atMs: AtMs): LegId {
  return `${contactId}.l0-${atMs.toString(36)}`;
}
