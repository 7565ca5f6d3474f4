import { emergencyOf } from '../../model/call/emergency.ts';
import type { FlowId, QueueId } from '../../model/ids.ts';
import type { FlowState } from '../session.ts';
import type { Run } from './place.ts';

/** The flow to which everybody goes who calls while the whole site is out of service; undefined: the number's own flow. */
export function flowOfStoppedSite(state: FlowState): FlowId | undefined {
  const flowId = state.emergencies.get(null)?.flowId;
  return flowId !== undefined && isThere(state, flowId, state.current) ? flowId : undefined;
}

/**
 * The flow to which a contact goes from a queue that is out of service. Undefined when the contact is in that flow already,
 * or the flow has been taken out of the folder since: then the step is left as after the longest wait.
 */
export function flowOfStoppedQueue({ state, session }: Run, queueId: QueueId): FlowId | undefined {
  const flowId = emergencyOf(state.emergencies, queueId)?.flowId;
  if (flowId === undefined || [session, ...session.callers].some((frame) => frame.flowId === flowId)) return undefined;
  const known = [session.version, state.current].some((version) => isThere(state, flowId, version));
  return known ? flowId : undefined;
}

function isThere(state: FlowState, flowId: FlowId, version: string | null): boolean {
  return Object.hasOwn(state.sets.get(version ?? '')?.flows ?? {}, flowId);
}
