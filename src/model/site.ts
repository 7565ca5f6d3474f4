import type { AgentId, FlowId, QueueId } from './ids.ts';

/** The contact centre as `flows/site.yaml` describes it, checked; times in ms. */
export type Site = {
  readonly name: string;
  /** Language of prompts that name none, as a BCP 47 tag such as `en` or `de`. */
  readonly language: string;
  /** Dialled number to flow. A number ending in `*` stands for all that begin so; the longest match wins. */
  readonly numbers: readonly NumberRule[];
  readonly queues: Readonly<Record<QueueId, Queue>>;
  readonly agents: Readonly<Record<AgentId, Agent>>;
  readonly featureCodes: FeatureCodes;
  /** Digit after the pause code to reason, for example `1` to `lunch`. */
  readonly pauseReasons: Readonly<Record<string, string>>;
};

export type NumberRule = { readonly number: string; readonly flow: FlowId };

export type Queue = {
  readonly id: QueueId;
  readonly name: string;
  /** Skills that every contact of this queue needs, besides those that its flow asks for. */
  readonly skills: readonly string[];
  /** How long an agent's phone rings before the offer is taken back (RONA). */
  readonly answerWithinMs: number;
  readonly wrapUpMs: number;
  /** What becomes of an agent who did not answer: paused until ready again, or left alone for a while. */
  readonly afterNoAnswer: 'pause' | 'rest';
  /** How long an agent whose phone was busy, rejected or failed is left alone. */
  readonly restMs: number;
  /** Music class that the waiting caller hears. */
  readonly music: string;
  /** T of the service level "answered within T". */
  readonly serviceLevelMs: number;
};

export type Agent = {
  readonly id: AgentId;
  readonly name: string;
  readonly extension: string;
  readonly skills: readonly string[];
  readonly queues: readonly QueueId[];
};

/** What agents dial on their phones. The pause code may be followed by the digit of a reason. */
export type FeatureCodes = {
  readonly login: string;
  readonly logout: string;
  readonly pause: string;
  readonly ready: string;
};
