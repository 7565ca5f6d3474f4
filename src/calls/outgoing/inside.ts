import type { ConsultTarget } from '../../model/call/call-event.ts';
import type { AgentId, QueueId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';

/** Whom a dialled number reaches inside the site: an agent by the extension, or a queue by its number. Undefined: nobody. */
export function insideOf(site: Site, dialled: string): InsideTarget | undefined {
  const number = dialled.trim();
  const { agents, queues } = extensionsOf(site);
  const agentId = agents.get(number);
  if (agentId !== undefined) return { agentId, queueId: `@${agentId}` };
  const queueId = queues.get(number);
  return queueId === undefined ? undefined : { agentId: null, queueId };
}

/** `queueId` is the agent's own queue where it is an agent. */
export type InsideTarget = { readonly agentId: AgentId | null; readonly queueId: QueueId };

/** What an agent asks or hands a customer to by dialling: inside a queue or an agent, else a number outside. */
export function targetOf(site: Site, dialled: string): ConsultTarget {
  const inside = insideOf(site, dialled);
  return inside ? { to: 'queue', queueId: inside.queueId } : { to: 'number', number: dialled };
}

type Extensions = {
  readonly agents: ReadonlyMap<string, AgentId>;
  readonly queues: ReadonlyMap<string, QueueId>;
};

/** A site never changes, so its extensions are gathered once; there may be tens of thousands. */
const gathered = new WeakMap<Site, Extensions>();

function extensionsOf(site: Site): Extensions {
  const before = gathered.get(site);
  if (before) return before;
  const agents = new Map(Object.values(site.agents).map(({ extension, id }) => [extension, id]));
  const queues = new Map(
    Object.values(site.queues).flatMap(({ extension, id }) => (extension === null ? [] : [[extension, id] as const])),
  );
  const found = { agents, queues };
  gathered.set(site, found);
  return found;
}
