import type { PlacedMode } from '../../model/call/call-event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { FlowId } from '../../model/ids.ts';
import type { LiveHall } from '../hall.ts';

/** The flows that somebody who asks for an order names. */
export type OrderFlows = { readonly flowId?: FlowId; readonly onMachine?: FlowId };

/** Failures: `flow.unknown`, `callback.flow_mode` (a flow before the agent where the agent is called first). */
export function checkFlows(hall: LiveHall, asked: OrderFlows, mode: PlacedMode): Result<void> {
  const { sets, current } = hall.state.flow;
  const flows = sets.get(current ?? '')?.flows ?? {};
  for (const flowId of [asked.flowId, asked.onMachine]) {
    if (flowId === undefined || Object.hasOwn(flows, flowId)) continue;
    return failed('flow.unknown', 'There is no flow with this id in service.', { flowId });
  }
  if (asked.flowId === undefined || mode === 'customer_first') return ok(undefined);
  return failed('callback.flow_mode', 'A flow before the agent is for mode customer_first.');
}

/** As an order has them. */
export function flowsOf({ flowId, onMachine }: OrderFlows): OrderFlows {
  return { ...(flowId === undefined ? {} : { flowId }), ...(onMachine === undefined ? {} : { onMachine }) };
}
