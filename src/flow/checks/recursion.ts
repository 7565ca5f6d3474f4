import type { FlowId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import type { ReadStep } from '../step-shape.ts';
import { circles } from './circles.ts';
import type { Ways } from './ways.ts';

/**
 * Flows that call each other and can never come to an end, because every way through each of them calls the next one:
 * all such calls end at the depth that is allowed. Flows that may also end by themselves are left alone.
 */
export function checkRecursion(flows: ReadonlyMap<string, ReadFlow>, waysIn: ReadonlyMap<string, Ways>): void {
  const canEnd = new Set<FlowId>();
  for (let before = -1; before !== canEnd.size; ) {
    before = canEnd.size;
    for (const [id, read] of flows) if (!canEnd.has(id) && endsBy(read, waysIn.get(id)!, canEnd, flows)) canEnd.add(id);
  }
  const endless = [...flows.keys()].filter((id) => !canEnd.has(id));
  for (const circle of circles(endless, (id) => callsOf(flows.get(id)!).map(({ flowId }) => flowId))) {
    const first = flows.get(circle[0]!)!;
    const call = callsOf(first).find(({ flowId }) => circle.includes(flowId));
    const who =
      circle.length === 1 ? `The flow ${circle[0]} calls itself` : `The flows ${circle.join(', ')} call each other`;
    const message = `${who} on every way through, so that no call ever comes back. Let one way end without the call.`;
    first.source.problem('flow.circular', first.source.nodeAt(['flow'], call?.read.node), message);
  }
}

/** Whether some way leads from the start to an end, by way of calls that can come back only. */
function endsBy(
  { flow, steps }: ReadFlow,
  ways: Ways,
  canEnd: ReadonlySet<FlowId>,
  flows: ReadonlyMap<string, ReadFlow>,
): boolean {
  const seen = new Set([flow.start]);
  // The set grows while it is walked through.
  for (const id of seen) {
    const read = steps.get(id);
    const way = ways.get(id);
    if (!read || !way) continue;
    const called = calledBy(read);
    // A flow that is not there, and one that could not be read, is told elsewhere.
    if (called !== undefined && flows.has(called) && !canEnd.has(called)) continue;
    if (called === undefined ? way.leaves : way.written.size === 0) return true;
    for (const to of way.written) seen.add(to);
  }
  return false;
}

function callsOf({ steps }: ReadFlow): { flowId: FlowId; read: ReadStep }[] {
  return [...steps.values()].flatMap((read) => {
    const flowId = calledBy(read);
    return flowId === undefined ? [] : [{ flowId, read }];
  });
}

function calledBy({ step }: ReadStep): FlowId | undefined {
  return step.type === 'call_flow' ? String(step.with['flow']) : undefined;
}
