import type { Channel } from '../model/channel.ts';
import type { FlowValues } from '../model/event.ts';
import type { AgentId, AtMs, QueueId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { TimeZone } from '../model/time-zone.ts';
import type { IntervalName } from '../reports/intervals.ts';
import type { Arrivals } from './arrivals.ts';
import type { Distribution } from './distribution.ts';

/** A day to be lived by the dispatcher on a virtual clock: who comes, who works. Moments in ms since 1970, lengths in ms. */
export type Scenario = {
  readonly name: string;
  /** With the agents that the scenario adds. */
  readonly site: Site;
  readonly zone: TimeZone;
  readonly fromMs: AtMs;
  readonly toMs: AtMs;
  readonly interval: IntervalName;
  readonly runs: number;
  readonly seed: number;
  readonly traffic: readonly Traffic[];
  readonly staff: readonly StaffGroup[];
};

/** Contacts of one kind. */
export type Traffic = {
  /** Names the streams of random numbers, so it is unique and stays when other traffic is added. */
  readonly name: string;
  readonly queueId: QueueId;
  readonly channel: Channel;
  readonly label: string | null;
  readonly priority: number;
  readonly skills: readonly string[];
  readonly attributes: FlowValues;
  readonly arrivals: Arrivals;
  /** From the agent's answer to the end, without wrap-up. */
  readonly handle: Distribution;
  /** How long a contact waits before it gives up; null: for ever. */
  readonly patience: Distribution | null;
  /** How long an agent lets it ring before answering. */
  readonly ring: Distribution;
  /** Share of offers that the agent does not answer at all, from 0 to 1. */
  readonly notAnswered: number;
  /** For wrap-ups that the agent ends; null: they last until the queue's limit. */
  readonly wrapUp: Distribution | null;
};

/** Agents with the same working hours. */
export type StaffGroup = {
  readonly name: string;
  readonly agentIds: readonly AgentId[];
  readonly shifts: readonly Shift[];
  /** How long it takes an agent to be back whom the dispatcher paused or logged out, after a call that was not answered. */
  readonly backAfterMs: number;
};

export type Shift = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly breaks: readonly Break[] };
export type Break = { readonly fromMs: AtMs; readonly toMs: AtMs; readonly reason: string };
