import type { FlowId, StepId } from './ids.ts';
import type { Site } from './site.ts';

/** All that one load of the flows folder gave, checked as a whole. Contacts keep the set they started with. */
export type FlowSet = {
  /** Hash of the contents, so that the same files are the same version on any machine. */
  readonly version: string;
  readonly site: Site;
  readonly flows: Readonly<Record<FlowId, Flow>>;
};

export type Flow = {
  readonly id: FlowId;
  readonly language: string;
  readonly start: StepId;
  /** Most steps that one contact may take, against endless loops. */
  readonly maxSteps: number;
  readonly steps: Readonly<Record<StepId, Step>>;
};

export type Step = {
  readonly id: StepId;
  readonly type: string;
  /** Parameters of the step's type, checked and with defaults filled in. */
  readonly with: Readonly<Record<string, unknown>>;
  /** Outcome to next step; an outcome that is missing here goes to `next`. */
  readonly on: Readonly<Record<string, StepId>>;
  /** The step after this one; absent: the flow ends and the contact is hung up. */
  readonly next?: StepId;
  /** Where it stands, for traces: file and line. */
  readonly at: string;
};
