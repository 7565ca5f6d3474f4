import type { FlowId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import type { ReadStep } from '../step-shape.ts';
import { neededBy } from './parameters.ts';

/** The flows that a step names for a call of our own, by the key under which each stands. They begin with nothing. */
export function orderFlows({
  step: { type, with: given },
}: ReadStep): { readonly key: string; readonly flowId: FlowId }[] {
  if (type !== 'callback') return [];
  const named = [
    ['flow', given['flow']],
    ['on_machine', given['onMachine']],
  ] as const;
  return named.flatMap(([key, flowId]) => (typeof flowId === 'string' ? [{ key, flowId }] : []));
}

/** Nobody gives these flows parameters. */
export function checkOrderFlows({ source, steps }: ReadFlow, flows: ReadonlyMap<string, ReadFlow>): void {
  for (const read of steps.values()) {
    for (const { key, flowId } of orderFlows(read)) {
      const flow = flows.get(flowId)?.flow;
      const needed = flow ? neededBy(flow) : [];
      if (needed.length === 0) continue;
      const message = `The flow ${flowId} begins by a call, and must be given ${needed.join(', ')}. Give these parameters a default there.`;
      source.problem('parameter.missing', source.nodeAt([key], read.node), message);
    }
  }
}
