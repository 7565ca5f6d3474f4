import { dialledNumber, mayBeDialled } from '../model/call/dialled-number.ts';
import type { DoorName } from '../model/channel.ts';
import type { FlowValues } from '../model/event.ts';
import type { AgentId, FlowId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import { DIRECT_FLOW, OUTSIDE_FLOW, QUEUE_FLOW } from './built-in.ts';

/** The flow in which a contact begins, and the variables it begins with. */
export type Beginning = { readonly flowId: FlowId; readonly set?: FlowValues };

/**
 * Where a dialled number leads: the number itself, else the longest beginning (`0800*`), else the agent whose extension it
 * is, else, from an agent's own phone, the queue that has it or a number outside; else what `*` alone stands for, else nowhere.
 */
export function beginningFor(site: Site, dialled: string, channel: DoorName, fromAgent = false): Beginning | undefined {
  let best: { length: number; flowId: FlowId } | undefined;
  for (const { number, flow } of site.numbers) {
    if (number === dialled) return { flowId: flow };
    const begin = number.endsWith('*') ? number.slice(0, -1) : undefined;
    if (begin === undefined || !dialled.startsWith(begin)) continue;
    if (!best || begin.length > best.length) best = { length: begin.length, flowId: flow };
  }
  if (best && best.length > 0) return { flowId: best.flowId };
  // Extensions are for telephones: who writes from anywhere does not choose an agent.
  const agentId = channel === 'voice' ? agentsByExtension(site).get(dialled) : undefined;
  if (agentId !== undefined) return { flowId: DIRECT_FLOW, set: { agent: agentId } };
  return (fromAgent ? dialledByAgent(site, dialled) : undefined) ?? (best && { flowId: best.flowId });
}

/** Agents reach queues by their numbers, and outside what the rules of the site allow. */
function dialledByAgent(site: Site, dialled: string): Beginning | undefined {
  const queue = Object.values(site.queues).find(({ extension }) => extension === dialled);
  if (queue) return { flowId: QUEUE_FLOW, set: { queue: queue.id } };
  const number = dialledNumber(dialled, site.outgoing.country);
  if (number === undefined || !mayBeDialled(site.outgoing, number)) return undefined;
  return { flowId: OUTSIDE_FLOW, set: { number: dialled } };
}

/** A site never changes, so its extensions are gathered once; there may be tens of thousands. */
const gathered = new WeakMap<Site, ReadonlyMap<string, AgentId>>();

export function agentsByExtension(site: Site): ReadonlyMap<string, AgentId> {
  const before = gathered.get(site);
  if (before) return before;
  const agents = new Map(Object.values(site.agents).map(({ extension, id }) => [extension, id]));
  gathered.set(site, agents);
  return agents;
}
