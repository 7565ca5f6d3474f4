import type { RecordingRule } from './call/recording.ts';
import type { Channel } from './channel.ts';
import type { FlowValue } from './event.ts';
import type { CalendarId, FlowId, QueueId, SkillId, TeamId } from './ids.ts';
import type { Levels, Needs } from './needs.ts';
import type { TranscribeRule } from './speech/transcription.ts';

/** How the agent is chosen among those who are free. */
export const STRATEGIES = [
  'longest_idle',
  'round_robin',
  'round_robin_ordered',
  'fewest_contacts',
  'least_talk_time',
  'least_occupied',
  'best_skilled',
  'top_down',
  'ring_all',
  'ring_progressively',
  'random',
  'weighted_random',
  'percent_allocation',
] as const;
export type StrategyName = (typeof STRATEGIES)[number];

/** How the item is chosen among those who wait. */
export const ORDERS = ['priority', 'objective', 'fifo', 'lifo'] as const;
export type OrderName = (typeof ORDERS)[number];

/** A line in which items wait for an agent; times in ms. */
export type Queue = {
  readonly id: QueueId;
  readonly name: string;
  readonly strategy: StrategyName;
  readonly order: OrderName;
  /** How much waiting one point of priority is worth (linear ageing); null: a higher priority always goes first. */
  readonly ageingMs: number | null;
  /** In how much time an item of this queue should be served; `order: objective` compares wait by objective over all queues. */
  readonly objectiveMs: number;
  /** What every item of this queue needs, besides what it needs itself. */
  readonly needs: Needs;
  /** Only agents of these teams, until a relaxation step widens it; null: all. */
  readonly teams: readonly TeamId[] | null;
  /** Percent of the items that each team is to get, for `percent_allocation`. */
  readonly shares: Readonly<Record<TeamId, number>>;
  /** How long after the last agent another one is rung too, for `ring_progressively`. */
  readonly ringNextAfterMs: number;
  /** How long an agent's phone rings before the offer is taken back (RONA). */
  readonly answerWithinMs: number;
  readonly notAnswered: Readonly<Record<NotAnsweredCause, NotAnswered>>;
  /** How often in a row an agent may let it ring before `notAnswered.no_answer` applies; until then the agent rests. */
  readonly missesAllowed: number;
  /** How long an agent is left alone where nothing else is said. */
  readonly restMs: number;
  readonly wrapUp: WrapUp;
  /** Who talked to the customer last is asked first; null: no. */
  readonly lastAgent: LastAgent | null;
  readonly relaxation: readonly RelaxationStep[];
  readonly overflow: readonly OverflowRule[];
  /** Adjustments by what the item is; all that fit apply, in order. */
  readonly rules: readonly RoutingRule[];
  /** After so many contacts with agents of `from` without an end, only agents of `to`. */
  readonly escalation: Escalation | null;
  readonly calendar: CalendarId | null;
  /** Music class that the waiting caller hears. */
  readonly music: string;
  /** T of the service level "answered within T". */
  readonly serviceLevelMs: number;
  /** Null: as the agent or the site says. */
  readonly recording: RecordingRule | null;
  /** Its talks are written down while they are talked; absent: only when the flow or somebody asks for it. */
  readonly transcribe?: TranscribeRule;
  /** What agents dial to transfer to it or ask it; null: it has no number. */
  readonly extension: string | null;
};

export type NotAnsweredCause = 'no_answer' | 'busy' | 'rejected' | 'unavailable' | 'failed';
/** `pause`: until ready again; `log_out`; `rest`: left alone for so long. */
export type NotAnswered =
  | { readonly action: 'pause' | 'log_out' }
  | { readonly action: 'rest'; readonly restMs: number };

export const WRAP_UP_MODES = ['none', 'timed', 'extendable', 'until_cleared', 'result_required'] as const;
export type WrapUp = {
  readonly mode: (typeof WRAP_UP_MODES)[number];
  /** When it ends by itself; for `until_cleared` and `result_required` the limit after which it ends all the same. */
  readonly ms: number;
  /** What one extension adds, and how many are allowed; for `extendable`. */
  readonly extendMs: number;
  readonly extensionsMax: number;
  /** Results that may be given; with `result_required` one of them must. */
  readonly results: readonly string[];
};

export type LastAgent = {
  /** How long it is remembered. */
  readonly keepMs: number;
  /** How long the item is kept for that agent alone. */
  readonly holdMs: number;
};

/** One step by which a queue asks for less. Steps are taken in order, each when one of its conditions holds, and add up. */
export type RelaxationStep = {
  readonly when: RelaxationCondition;
  /** Skills that are not asked for any more. */
  readonly drop: readonly SkillId[];
  /** Skills for which a lower level will do. */
  readonly lower: Levels;
  /** Teams from now on; `all`: every team; null: as before. */
  readonly teams: readonly TeamId[] | 'all' | null;
};
export type RelaxationCondition = {
  readonly waitedMs?: number;
  readonly estimatedWaitMs?: number;
  /** Fewer agents than this who serve such an item are in service: logged in, not paused, and for calls with a phone that can be rung. */
  readonly agentsBelow?: number;
};

/** When an item leaves the queue for something else. The first rule that holds is taken. */
export type OverflowRule = { readonly when: OverflowCondition; readonly target: OverflowTarget };
export type OverflowCondition = {
  readonly waitedMs?: number;
  readonly estimatedWaitMs?: number;
  /** More items than this in the queue when the item comes. */
  readonly longerThan?: number;
  /** Nobody who serves such an item is in service. */
  readonly unstaffed?: true;
  /** The queue's calendar is closed. */
  readonly closed?: true;
};
export type OverflowTarget =
  | { readonly to: 'queue'; readonly queueId: QueueId }
  | { readonly to: 'flow'; readonly flowId: FlowId }
  | { readonly to: 'voicemail' }
  | { readonly to: 'callback' }
  | { readonly to: 'external'; readonly number: string };

export type RoutingRule = {
  /** All of it must hold. Each list holds what is allowed; an empty or missing one allows all. */
  readonly when: {
    readonly channels?: readonly Channel[];
    readonly labels?: readonly string[];
    readonly attributes?: Readonly<Record<string, readonly FlowValue[]>>;
    /** A condition about `item`, without braces; one that fails does not hold. */
    readonly expression?: string;
  };
  readonly needs: Needs;
  /** Added to the item's priority. */
  readonly priority: number;
  readonly teams: readonly TeamId[] | null;
};

export type Escalation = {
  readonly after: number;
  readonly from: readonly TeamId[];
  readonly to: readonly TeamId[];
};
