import type { AskedBy } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AtMs, FlowId, QueueId } from '../../model/ids.ts';

/**
 * The emergency stop; a part of the controller's public face. Who comes goes to a flow at once, who waits leaves the queue for
 * it, talks go on. A queue id of null is the whole site.
 */
export type EmergencyStop = {
  /** The site's first. */
  declared(): EmergencyView[];
  /**
   * Harmless when repeated; with another flow, those who come go there. Without a flow it is the site's (`emergency_flow`).
   * Failures: `queue.unknown`, `flow.unknown`, `emergency.flow_required`.
   */
  declare(queueId: QueueId | null, flowId: FlowId | undefined, by: AskedBy): Result<EmergencyView>;
  /** Everything is as before. Harmless when there is none. Failure: `queue.unknown`. */
  lift(queueId: QueueId | null, by: AskedBy): Result<void>;
};

export type EmergencyView = {
  /** Null: the site. */
  readonly queueId: QueueId | null;
  readonly flowId: FlowId;
  readonly sinceMs: AtMs;
};
