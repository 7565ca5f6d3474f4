import type { WatchMode } from '../../model/call/call-event.ts';
import type { AskedBy } from '../../model/event.ts';
import type { Result } from '../../model/failure.ts';
import type { AgentId, AtMs, ContactId, LegId, QueueId } from '../../model/ids.ts';

/** Most supervisors who watch over one talk at once: each is a leg, and a mixer of sound, of its own. */
export const WATCHES_PER_TALK_MAX = 5;

/**
 * How supervisors listen to talks, speak to the agent, join in and take over; a part of the controller's public face.
 * The supervisor is the agent whose phone rings for it. Common failure: `watch.unknown`.
 */
export type Supervision = {
  /** All that go on, the oldest first. */
  watches(): WatchView[];
  /**
   * Rings the supervisor's phone; who answers it hears the talk. Failures: `contact.unknown`, `agent.unknown` (the
   * supervisor), `contact.not_talking` (to an agent on the phone), `supervision.not_allowed`, `supervision.unreachable`
   * (the phone cannot be rung), `supervision.busy` (watches already), `supervision.full`.
   */
  start(contactId: ContactId, wish: WatchWish, by: AskedBy): Result<WatchView>;
  /** Harmless when it is so already. */
  change(watchId: LegId, mode: WatchMode, by: AskedBy): Result<WatchView>;
  /** The supervisor has the talk, and the agent is out of it. Failure: `supervision.ringing` (not answered yet). */
  takeOver(watchId: LegId, by: AskedBy): Result<WatchView>;
  stop(watchId: LegId, by: AskedBy): Result<WatchView>;
};

export type WatchWish = { readonly supervisorId: AgentId; readonly mode: WatchMode };

export type WatchView = {
  /** Also the id of the leg of the supervisor's phone. */
  readonly id: LegId;
  readonly contactId: ContactId;
  readonly supervisorId: AgentId;
  /** Who talks, and of which queue the talk is. */
  readonly agentId: AgentId;
  readonly queueId: QueueId;
  readonly mode: WatchMode;
  /** Agent and customer were told by a tone. */
  readonly announced: boolean;
  /** `over`: what was asked for has ended it. */
  readonly stage: 'ringing' | 'watching' | 'over';
  readonly startedAtMs: AtMs;
};
