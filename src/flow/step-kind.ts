import type { Node } from 'yaml';
import type { Opening } from '../model/calendar-hours.ts';
import type { EventOf, FlowValue, FlowValues, HangupCause } from '../model/event.ts';
import type { AtMs, CalendarId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { OverflowTarget } from '../model/queue.ts';
import type { Site } from '../model/site.ts';
import type { Scope } from './expression.ts';
import type { Reading } from './reading.ts';

/** One verb of the flow language. Each lives in a file of its own under steps/ and stands in the registry steps.ts. */
export type StepKind = {
  readonly type: string;
  /** One sentence for the guide. */
  readonly summary: string;
  /** Parameters besides `type`, `next`, `on` and `description`. */
  readonly parameters: readonly string[];
  /** True when the caller must hear something: an unanswered contact is answered first. */
  readonly answers: boolean;
  /** Reads and checks the parameters; problems go to the source. */
  read(reading: Reading, fields: ReadonlyMap<string, Node | null>, node: Node, stepId: string): StepParameters;
  /** Outcomes that `on` may name, and those that lead somewhere by themselves. */
  outcomes(given: StepParameters): readonly string[];
  /** Outcome to the one that stands in for it where the step says nothing of it: on a holiday it is closed, too. */
  readonly fallbacks?: ReadonlyMap<string, string>;
  /** Where an outcome leads by the step's own parameters (a menu's options); undefined: by `on` and `next`. */
  target?(given: StepParameters, outcome: string): string | undefined;
  enter(given: StepParameters, context: StepContext): Move;
  receive?(given: StepParameters, happening: Happening, context: StepContext): Move;
};

export type StepParameters = Readonly<Record<string, unknown>>;

export type StepContext = {
  readonly atMs: AtMs;
  readonly scope: Scope;
  /** The site as it is now; it changes for everybody at once. */
  readonly site: Site;
  /** Whether a calendar is open now. Throws when there is no such calendar; the check of the flows refuses that. */
  openingOf(calendarId: CalendarId): Opening;
  /** The step's own notes; what is written here is there at the next happening. */
  readonly notes: Record<string, FlowValue>;
};

/** What may happen to a contact while it is in a step. */
export type Happening =
  | { readonly what: 'prompt_finished' }
  | { readonly what: 'digit'; readonly digit: string }
  | { readonly what: 'time_out' }
  | { readonly what: 'left_queue'; readonly reason: 'timeout' | 'handled' }
  | { readonly what: 'overflowed'; readonly target: Exclude<OverflowTarget, { to: 'queue' | 'flow' }> };

/** What a step wants next. An empty move waits. `wakeInMs` replaces the earlier time-out; `null` clears it. */
export type Move = {
  readonly play?: readonly PromptPart[];
  readonly stopPrompt?: boolean;
  readonly queue?: Omit<EventOf<'contact.queued'>, 'kind' | 'atMs' | 'contactId'>;
  readonly hangup?: HangupCause;
  readonly wakeInMs?: number | null;
  readonly outcome?: string;
  readonly set?: FlowValues;
};
