import type { Flow, FlowSet } from '../model/flow-set.ts';
import type { Given } from './given.ts';

/**
 * The flow set for one rehearsal: the number that the contact asks for leads to the flow that is rehearsed, and the flow's
 * parameters are those given. Everything else is as it is, so it is the interpreter's own way in.
 */
export function givenSet(set: FlowSet, { flowId, to, vars }: Pick<Given, 'flowId' | 'to' | 'vars'>): FlowSet {
  const flow = set.flows[flowId]!;
  const numbers = [{ number: to, flow: flowId }, ...set.site.numbers.filter(({ number }) => number !== to)];
  const given = Object.entries(vars).map(([name, value]) => [name, { default: value }] as const);
  const begun: Flow = { ...flow, params: { ...flow.params, ...Object.fromEntries(given) } };
  return { ...set, site: { ...set.site, numbers }, flows: { ...set.flows, [flowId]: begun } };
}

/** The number that customers ask for when they come to a flow: the first one of the site that leads to it alone. */
export function numberOf(set: FlowSet, flowId: string): string {
  return set.site.numbers.find(({ number, flow }) => flow === flowId && !number.endsWith('*'))?.number ?? flowId;
}
