import type { Forced } from '../model/calendar.ts';
import type { Channel } from '../model/channel.ts';
import { Deadlines } from '../model/deadlines.ts';
import type { FlowValue } from '../model/event.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { CalendarId, ContactId, FlowId, PromptId, StepId } from '../model/ids.ts';

/** What the receptionist knows. */
export type FlowState = {
  /** Every version that is in service or still used by a contact. */
  readonly sets: Map<string, FlowSet>;
  current: string | null;
  readonly sessions: Map<ContactId, Session>;
  /** Calendars that a supervisor opened or closed by hand. */
  readonly forced: Map<CalendarId, Forced>;
  readonly deadlines: Deadlines<'step'>;
};

/** Where one contact stands in its flow. */
export type Session = {
  readonly contactId: ContactId;
  readonly channel: Channel;
  readonly from: string;
  readonly to: string;
  answered: boolean;
  /** True when the answer just came for which a step was waiting; a second answer is no reason to enter again. */
  entersNow: boolean;
  version: string;
  flowId: FlowId | null;
  stepId: StepId | null;
  vars: Record<string, FlowValue>;
  stepsTaken: number;
  /** The prompt that is playing. */
  promptId: PromptId | null;
  /** The last prompt that ended by itself; one that was stopped before says nothing to the step any more. */
  finishedPromptId: PromptId | null;
  promptCount: number;
  /** `answering`: the step is entered as soon as the contact is answered. `ended`: the flow is over, the contact about to go. */
  stage: 'running' | 'answering' | 'ended';
  /** The step's own notes, such as digits so far. Not kept over a restart: the step is then entered anew. */
  notes: Record<string, FlowValue>;
};

export function emptyFlowState(): FlowState {
  return { sets: new Map(), current: null, sessions: new Map(), forced: new Map(), deadlines: new Deadlines() };
}
