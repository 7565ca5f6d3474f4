import type { RecordingReason, RecordingRule } from '../../model/call/recording.ts';
import type { AgentId, QueueId } from '../../model/ids.ts';
import { queueOf, type Site } from '../../model/site.ts';

export type AppliedRule = RecordingRule & { readonly from: Extract<RecordingReason, 'queue' | 'agent' | 'site'> };

/** The rule for a talk: the queue's, else the agent's, else the site's. `@` and an agent's id is a queue, too. */
export function ruleFor(site: Site, about: { queueId: QueueId | null; agentId: AgentId | null }): AppliedRule {
  const { queueId, agentId } = about;
  const queue = queueId === null ? undefined : queueOf(site, queueId);
  if (queue?.recording) return { from: 'queue', ...queue.recording };
  const agent = ofOwn(site.agents, agentId ?? (queueId?.startsWith('@') ? queueId.slice(1) : null));
  if (agent?.recording) return { from: 'agent', ...agent.recording };
  return { from: 'site', ...site.recording };
}

/** An id may be any word, `constructor` as well. */
function ofOwn<T>(map: Readonly<Record<string, T>>, id: string | null): T | undefined {
  return id !== null && Object.hasOwn(map, id) ? map[id] : undefined;
}
