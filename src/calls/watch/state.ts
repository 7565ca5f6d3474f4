import type { WatchMode } from '../../model/call/call-event.ts';
import { DEFAULT_CALL_CODES } from '../../model/call/defaults.ts';
import type { AgentId, AtMs, ContactId, LegId, OfferId, QueueId } from '../../model/ids.ts';

/** Who watches over which talk, by the leg of the supervisor's phone. */
export type WatchState = {
  readonly watches: Map<LegId, Watch>;
  /** Legs of supervisors who took a talk over, with its contact: each is an agent's leg from then on, named by its old id. */
  readonly takenOver: Map<LegId, ContactId>;
  /** What a supervisor presses to take the talk over; the site's code for a transfer. Follows from the site. */
  takeOverCode: string;
};

export type Watch = {
  readonly legId: LegId;
  readonly contactId: ContactId;
  readonly supervisorId: AgentId;
  readonly startedAtMs: AtMs;
  readonly announced: boolean;
  mode: WatchMode;
  /** The talk that is watched: it may be handed to another agent, and the watch goes with it. */
  offerId: OfferId;
  agentId: AgentId;
  queueId: QueueId;
  /** `ringing`: the supervisor's phone; `ending`: it is to be hung up; `gone`: it has hung up. */
  stage: 'ringing' | 'watching' | 'ending' | 'gone';
  /** The last keys that the supervisor pressed, as many as the code has. */
  keys: string;
};

export function emptyWatches(): WatchState {
  return { watches: new Map(), takenOver: new Map(), takeOverCode: DEFAULT_CALL_CODES.transfer };
}

export function watchesOf(state: WatchState, contactId: ContactId): Watch[] {
  return [...state.watches.values()].filter((watch) => watch.contactId === contactId);
}
