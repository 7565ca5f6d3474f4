import type { Forced } from '../model/calendar.ts';
import type { DoorName } from '../model/channel.ts';
import type { FlowValues } from '../model/event.ts';
import type { AgentId, AtMs, CalendarId, ContactId, FlowId, QueueId } from '../model/ids.ts';
import type { Value, Values } from '../model/value.ts';
import type { WebFailureCode } from '../model/web.ts';

/** The world in which a flow is rehearsed: who comes, when, and what everything around the flow is like. */
export type Given = {
  /** The flow that the contact begins in, whatever number it asked for. */
  readonly flowId: FlowId;
  /** Split steps draw their branches by it. */
  readonly contactId: ContactId;
  readonly atMs: AtMs;
  readonly channel: DoorName;
  readonly from: string;
  readonly to: string;
  /** Absent: the customer's program asked for none. */
  readonly language?: string;
  /** What the door was told about the customer. */
  readonly given: FlowValues;
  /** Variables that the flow begins with. */
  readonly vars: Values;
  readonly calendars: Readonly<Record<CalendarId, Forced>>;
  /** Agents who are logged in, with phones that work. */
  readonly agents: readonly AgentId[];
  readonly queues: Readonly<Record<QueueId, QueueFigures>>;
  /** Numbers that may not be called. */
  readonly doNotCall: readonly string[];
  /** Numbers that are to be called back already, with the queue whose agents call. */
  readonly callbacks: Readonly<Record<string, QueueId>>;
  /** What other systems answer, by step, by `flow/step` or by the beginning of the address; the last answer is repeated. */
  readonly http: Readonly<Record<string, readonly GivenAnswer[]>>;
};

/** What flows are told of a queue instead of how it stands in the rehearsal. */
export type QueueFigures = {
  readonly agentsReady?: number;
  readonly agentsInService?: number;
  /** Others who wait; the contact stands behind them. */
  readonly waiting?: number;
  readonly longestWaitMs?: number;
  readonly estimatedWaitMs?: number;
};

/** What comes of a request to another system, so long after it was asked. */
export type GivenAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Value;
      readonly afterMs?: number;
    }
  | { readonly failed: WebFailureCode; readonly afterMs?: number };
