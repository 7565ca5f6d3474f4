import type { AgentId, AtMs, ContactId, OfferId, QueueId } from '../model/ids.ts';

/** What the receptionist may ask about agents, queues and orders; the controller looks it up in the state of the other rooms. */
export type Floor = DispatcherFloor & {
  /** When callbacks of a queue are due, in no order. */
  bookings(queueId: QueueId): readonly AtMs[];
};

/** What the dispatcher knows of it. */
export type DispatcherFloor = {
  loggedIn(agentId: AgentId): boolean;
  /** How a queue stands now; undefined when there is none. */
  queue(queueId: QueueId): QueueStatus | undefined;
  /** Where a contact stands in its queue; undefined while it does not wait, or an agent is being rung for it. */
  place(contactId: ContactId): WaitingPlace | undefined;
  /** The call that an agent talks in; undefined: none. */
  talk(agentId: AgentId): LiveTalk | undefined;
};

export type QueueStatus = {
  /** Agents of the queue who could take a contact now, and those who are in service at all. */
  readonly agentsReady: number;
  readonly agentsInService: number;
  readonly waiting: number;
  readonly longestWaitMs: number;
  /** Median of what somebody who comes now would wait; null: nobody can tell. */
  readonly estimatedWaitMs: number | null;
};

export type LiveTalk = { readonly contactId: ContactId; readonly offerId: OfferId; readonly queueId: QueueId };

/** Where a waiting contact stands. */
export type WaitingPlace = {
  readonly position: number;
  readonly waitedMs: number;
  readonly estimatedWaitMs: number | null;
};
