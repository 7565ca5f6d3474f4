import { listedEmergencies } from '../../model/call/emergency.ts';
import type { AskedBy } from '../../model/event.ts';
import { failed, ok, type Result } from '../../model/failure.ts';
import type { FlowId, QueueId } from '../../model/ids.ts';
import type { LiveHall } from '../hall.ts';
import type { State } from '../state.ts';
import type { EmergencyStop, EmergencyView } from './emergencies.ts';

/** The emergency stop over a running hall. */
export function createEmergencyStop(hall: LiveHall): EmergencyStop {
  return {
    declared: () => listedEmergencies(hall.state.acd.emergencies),
    declare: (queueId, flowId, by) => declare(hall, queueId, flowId, by),
    lift: (queueId, by) => lift(hall, queueId, by),
  };
}

function declare(
  hall: LiveHall,
  queueId: QueueId | null,
  named: FlowId | undefined,
  by: AskedBy,
): Result<EmergencyView> {
  const { state } = hall;
  const flowId = named ?? state.acd.site.emergencyFlow;
  if (!hasQueue(state, queueId)) return unknownQueue(queueId);
  if (flowId === undefined) {
    return failed('emergency.flow_required', 'Name a flow: the site has no emergency_flow.');
  }
  if (!Object.hasOwn(state.flow.sets.get(state.flow.current ?? '')?.flows ?? {}, flowId)) {
    return failed('flow.unknown', 'There is no flow with this id in service.', { flowId });
  }
  const { emergencies } = state.acd;
  if (emergencies.get(queueId)?.flowId !== flowId) {
    hall.enter({ kind: 'emergency.declared', atMs: hall.now(), queueId, flowId, by });
  }
  return ok(emergencies.get(queueId)!);
}

/** One that was declared for a queue that is gone by now can be lifted all the same. */
function lift(hall: LiveHall, queueId: QueueId | null, by: AskedBy): Result<void> {
  const declared = hall.state.acd.emergencies.has(queueId);
  if (!declared && !hasQueue(hall.state, queueId)) return unknownQueue(queueId);
  if (declared) hall.enter({ kind: 'emergency.lifted', atMs: hall.now(), queueId, by });
  return ok(undefined);
}

function hasQueue({ acd }: State, queueId: QueueId | null): boolean {
  return queueId === null || Object.hasOwn(acd.site.queues, queueId);
}

function unknownQueue(queueId: QueueId | null): Result<never> {
  return failed('queue.unknown', 'There is no queue with this id.', { queueId: queueId ?? '' });
}
