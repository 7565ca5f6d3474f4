import type { FlowId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import { eachQueue } from '../site/checks/subject.ts';
import type { ReadSite } from '../site-file.ts';
import type { Path } from '../source.ts';
import { neededBy } from './parameters.ts';

/** A place in site.yaml that leads to a flow. */
type Beginning = { readonly flowId: FlowId; readonly path: Path; readonly who: string };

/** Where flows begin: none of them can be given parameters, and a flow to which nothing leads is most likely a mistake. */
export function checkBeginnings(read: ReadSite, flows: ReadonlyMap<string, ReadFlow>): void {
  const { site, source } = read;
  const beginnings = beginningsOf(read);
  for (const { flowId, path, who } of beginnings) {
    const flow = flows.get(flowId)?.flow;
    const needed = flow ? neededBy(flow) : [];
    if (needed.length === 0) continue;
    const message = `${who} leads to the flow ${flowId}, which must be given ${needed.join(', ')}. Give these parameters a default there.`;
    source.problem('parameter.missing', source.nodeAt(path), message);
  }
  // Agents may hand a contact to any flow, so a site without numbers has nothing to compare with.
  if (site.numbers.length === 0) return;
  const used = new Set(beginnings.map(({ flowId }) => flowId));
  for (const { source: file, flow } of flows.values()) {
    for (const note of file.notes) if (note.what === 'flow' && note.name !== flow.id) used.add(note.name);
  }
  for (const { flow, source: file } of flows.values()) {
    if (used.has(flow.id)) continue;
    const message = `Nothing leads to the flow ${flow.id}: no number, no queue, no other flow. Only an agent can hand a contact to it.`;
    file.problem('flow.unused', file.nodeAt(['flow']), message);
  }
}

/** All places of the site that lead to flows. */
export function beginningsOf({ site }: Pick<ReadSite, 'site'>): Beginning[] {
  const numbers = site.numbers.map(({ number, flow }) => ({
    flowId: flow,
    path: ['numbers', number],
    who: `The number ${number}`,
  }));
  const handlers = Object.entries(site.on).map(([outcome, flowId]) => ({
    flowId,
    path: [`on_${outcome}`],
    who: `on_${outcome}`,
  }));
  const hangup = site.onHangup === undefined ? [] : [{ flowId: site.onHangup, path: ['on_hangup'], who: 'on_hangup' }];
  const { emergencyFlow: flowId } = site;
  const emergency = flowId === undefined ? [] : [{ flowId, path: ['emergency_flow'], who: 'emergency_flow' }];
  const overflows = [...eachQueue({ site })].flatMap(({ queue, path }) =>
    queue.overflow.flatMap(({ target }, at) =>
      target.to === 'flow'
        ? [{ flowId: target.flowId, path: [...path, 'overflow', at, 'to', 'flow'], who: 'This overflow' }]
        : [],
    ),
  );
  return [...numbers, ...handlers, ...hangup, ...emergency, ...overflows];
}
