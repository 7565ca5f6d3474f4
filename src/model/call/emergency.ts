import type { Event } from '../event.ts';
import type { AtMs, FlowId, QueueId } from '../ids.ts';

/** Queues that are out of service by hand, by id; null: the whole site. */
export type Emergencies = Map<QueueId | null, Emergency>;
export type Emergency = {
  readonly queueId: QueueId | null;
  /** The flow that takes those who come and those who wait. */
  readonly flowId: FlowId;
  readonly sinceMs: AtMs;
};

/** The fold, shared by the dispatcher and the flows. Declared again with another flow it goes on since it began. */
export function applyToEmergencies(emergencies: Emergencies, event: Event): void {
  if (event.kind === 'emergency.lifted') emergencies.delete(event.queueId);
  if (event.kind !== 'emergency.declared') return;
  const { queueId, flowId, atMs } = event;
  emergencies.set(queueId, { queueId, flowId, sinceMs: emergencies.get(queueId)?.sinceMs ?? atMs });
}

/** What holds for a queue: its own emergency, else that of the site. */
export function emergencyOf(emergencies: Emergencies, queueId: QueueId): Emergency | undefined {
  return emergencies.get(queueId) ?? emergencies.get(null);
}

/** In an order of its own, the site's first. */
export function listedEmergencies(emergencies: Emergencies): Emergency[] {
  const name = ({ queueId }: Emergency): string => queueId ?? '';
  return [...emergencies.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}
