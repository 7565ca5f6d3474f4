import type { Flow, FlowSet } from '../model/flow-set.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';

/** Flows that every site has by itself (flow/built-in.ts) are nobody's to look at. */
const BUILT_IN = 'strowger.';

/** How a step that names a flow leads to it, where it is not for good. */
const GOES: Readonly<Record<string, string>> = { call_flow: 'calls', callback: 'calls back' };

/** How flows lead to each other: numbers, calls, transfers, and the queues that send their contacts to a flow. */
export function allFlowsPicture({ site, flows }: FlowSet): Picture {
  const own = Object.values(flows).filter(({ id }) => !id.startsWith(BUILT_IN));
  const nodes = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge & { readonly outcomes: string[] }>();
  const add = (node: PictureNode): string => {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
    return node.id;
  };
  const join = (from: string, to: string, word: string, kind: PictureEdge['kind'] = 'usual'): void => {
    const key = JSON.stringify([from, to, kind]);
    const known = edges.get(key) ?? { from, to, outcomes: [], kind };
    edges.set(key, known);
    if (word !== '' && !known.outcomes.includes(word)) known.outcomes.push(word);
  };
  for (const [flowId, numbers] of numbersByFlow(site.numbers)) {
    if (flows[flowId]) join(add(entry(numbers)), flowNode(flowId), '');
  }
  for (const flow of own) add({ id: flowNode(flow.id), family: 'flow', name: flow.id, about: aboutFlow(flow) });
  for (const [name, flowId] of handlersOf(site)) join(add(entry(name)), flowNode(flowId), '', 'handler');
  for (const flow of own) {
    for (const step of Object.values(flow.steps)) {
      const { flow: meanwhile } = (step.with['whileWaiting'] ?? {}) as { readonly flow?: string };
      if (meanwhile !== undefined && flows[meanwhile]) join(flowNode(flow.id), flowNode(meanwhile), 'while waiting');
      const { flow: target, onMachine } = step.with;
      if (typeof onMachine === 'string' && flows[onMachine]) join(flowNode(flow.id), flowNode(onMachine), 'machine');
      if (typeof target !== 'string' || !flows[target]) continue;
      join(flowNode(flow.id), flowNode(target), GOES[step.type] ?? 'goes over');
    }
  }
  for (const queue of Object.values(site.queues)) {
    for (const { target } of queue.overflow) {
      if (target.to !== 'flow' || !flows[target.flowId]) continue;
      const node = add({ id: `queue ${queue.id}`, family: 'queue', name: queue.id, about: 'queue' });
      join(node, flowNode(target.flowId), 'overflow');
      for (const flow of own) if (usesQueue(flow, queue.id)) join(flowNode(flow.id), node, '');
    }
  }
  return { title: `${site.name}: all flows`, nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Flows of the site that take over from others. */
function handlersOf({ on, onHangup, emergencyFlow }: FlowSet['site']): [string, string][] {
  const outcomes = Object.entries(on).map(([outcome, flowId]): [string, string] => [`on ${outcome}`, flowId]);
  return [
    ...outcomes,
    ...(onHangup === undefined ? [] : [['on hangup', onHangup] as [string, string]]),
    ...(emergencyFlow === undefined ? [] : [['emergency', emergencyFlow] as [string, string]]),
  ];
}

function numbersByFlow(numbers: FlowSet['site']['numbers']): [string, string][] {
  const found = new Map<string, string[]>();
  for (const { number, flow } of numbers) found.set(flow, [...(found.get(flow) ?? []), number]);
  return [...found].map(([flow, all]) => {
    const more = all.length > NUMBERS_MAX ? ` and ${all.length - NUMBERS_MAX} more` : '';
    return [flow, `${all.slice(0, NUMBERS_MAX).join(', ')}${more}`];
  });
}

const NUMBERS_MAX = 3;

function entry(name: string): PictureNode {
  return { id: `entry ${name}`, family: 'entry', name, about: '' };
}

function flowNode(flowId: string): string {
  return `flow ${flowId}`;
}

function aboutFlow({ steps }: Flow): string {
  const count = Object.keys(steps).length;
  return `${count} step${count === 1 ? '' : 's'}`;
}

function usesQueue({ steps }: Flow, queueId: string): boolean {
  return Object.values(steps).some(({ with: given }) => given['queue'] === queueId);
}
