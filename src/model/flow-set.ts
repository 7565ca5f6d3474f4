import type { FlowId, StepId } from './ids.ts';
import type { Site } from './site.ts';
import type { Value, Values } from './value.ts';

/** All that one load of the flows folder gave, checked as a whole. Contacts keep the set they started with. */
export type FlowSet = {
  /** Hash of the contents, so that the same files are the same version on any machine. */
  readonly version: string;
  readonly site: Site;
  readonly flows: Readonly<Record<FlowId, Flow>>;
  /** Tables that `lookup` steps read, by name; each has its rows by key. */
  readonly tables: Readonly<Record<string, Values>>;
};

export type Flow = {
  readonly id: FlowId;
  readonly description?: string;
  /** Of prompts that name none; absent: the contact's or the site's. */
  readonly language?: string;
  readonly start: StepId;
  readonly limits: FlowLimits;
  readonly steps: Readonly<Record<StepId, Step>>;
  /** Where outcomes lead of which a step says nothing itself. */
  readonly on: Readonly<Partial<Record<HandledOutcome, StepId>>>;
  /** Where the flow goes on when the customer has left; steps that speak are not there. */
  readonly onHangup?: StepId;
  /** Keys that lead somewhere from every menu and gather of the flow that does not use them itself. */
  readonly keys: Readonly<Record<string, StepId>>;
  /** What a calling flow may give, with what it is otherwise; a parameter without a default must be given. */
  readonly params: Readonly<Record<string, { readonly default?: Value }>>;
  /** Values of `constants.NAME`. */
  readonly constants: Values;
  /** Variables that are never written down, because sensitive input went into them. */
  readonly sensitive: readonly string[];
};

/** Outcomes that a flow, or the site, may handle for all steps. */
export const HANDLED_OUTCOMES = ['no_input', 'no_match', 'error'] as const;
export type HandledOutcome = (typeof HANDLED_OUTCOMES)[number];

export type FlowLimits = {
  /** Most steps that one contact may take, against endless loops. */
  readonly maxSteps: number;
  readonly maxDurationMs: number;
  /** How deep flows may call each other. */
  readonly maxDepth: number;
};

export type Step = {
  readonly id: StepId;
  readonly type: string;
  /** Parameters of the step's type, checked and with defaults filled in. */
  readonly with: Readonly<Record<string, unknown>>;
  /** Outcome to next step; an outcome that is missing here goes to `next`. */
  readonly on: Readonly<Record<string, StepId>>;
  /** The step after this one; absent: the flow ends. */
  readonly next?: StepId;
  /** An expression; the step is passed over with the outcome `skipped` when it does not hold. */
  readonly if?: string;
  /** Variable to a text with expressions, worked out when the step is left; `result` is what the step gives. */
  readonly save?: Readonly<Record<string, string>>;
  readonly maxVisits?: number;
  readonly tags?: readonly string[];
  /** Where it stands, for traces: file and line. */
  readonly at: string;
};
