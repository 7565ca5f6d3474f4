import type { FlowId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import type { ReadStep } from '../step-shape.ts';
import type { WhileWaiting } from '../steps/waiting/while-waiting.ts';

/** The flow that a step runs while the contact waits; undefined: none. */
export function whileWaiting({ step }: ReadStep): WhileWaiting | undefined {
  return step.with['whileWaiting'] as WhileWaiting | undefined;
}

/** Types of steps that take the contact out of the queue behind the dispatcher's back, or need it for longer than an agent waits. */
const NOT_WHILE_WAITING: ReadonlySet<string> = new Set([
  'callback',
  'conference',
  'detect_machine',
  'dial',
  'hangup',
  'music',
  'queue',
  'record',
  'reject',
  'transfer',
  'transfer_flow',
  'voicemail',
]);

/** Steps that make no sense in flows that run while the customer waits, and in those that these call. */
export function checkWhileWaiting(flows: ReadonlyMap<FlowId, ReadFlow>): void {
  const from = new Map<FlowId, string>();
  for (const { flow, steps } of flows.values()) {
    for (const read of steps.values()) {
      const waiting = whileWaiting(read);
      if (waiting && !from.has(waiting.flow)) from.set(waiting.flow, `step ${read.step.id} of the flow ${flow.id}`);
    }
  }
  // The map grows while it is walked through: what is called runs while the customer waits, too.
  for (const [flowId, by] of from) {
    const read = flows.get(flowId);
    if (!read) continue;
    for (const one of read.steps.values()) {
      const called = one.step.type === 'call_flow' ? String(one.step.with['flow']) : '';
      if (called !== '' && !from.has(called)) from.set(called, by);
      tellOf(read, one, by);
    }
  }
}

function tellOf({ source, flow }: ReadFlow, { step, node }: ReadStep, by: string): void {
  const { type, id } = step;
  if (NOT_WHILE_WAITING.has(type)) {
    const message = `The flow ${flow.id} runs while ${by} waits in a queue, and a ${type} step makes no sense there: let it end by a return with the outcome "exit", and put step ${id} behind the queue step.`;
    source.problem('step.while_waiting', source.nodeAt(['type'], node), message);
  }
  if (type !== 'wait' || step.with['music'] === undefined) return;
  const message = `The flow ${flow.id} runs while ${by} waits in a queue, whose music is heard meanwhile. Leave out "music".`;
  source.problem('step.while_waiting', source.nodeAt(['music'], node), message);
}
