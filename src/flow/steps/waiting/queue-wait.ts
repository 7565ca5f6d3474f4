import { workedOutEach } from '../../shape/written-value.ts';
import type { Happening, Move, StepContext } from '../../step-kind.ts';
import { announcement } from './announcements.ts';
import type { QueueParameters } from './queue-parameters.ts';

/** How soon it is looked again whether somebody waits who is just being connected, or came back from that. */
const LOOK_AGAIN_MS = 10_000;
/** An announcement that is not over by then was cut off without a word; there is none as long. */
const ANNOUNCEMENT_MS_MAX = 120_000;
/** The outcome of a flow that runs meanwhile by which the contact leaves the queue. */
export const EXIT = 'exit';

/** What the next thing is that happens by itself while a contact waits, and when: an announcement, or another flow. */
type Wait = Pick<QueueParameters, 'announcements' | 'whileWaiting'>;

/** The moments of both stand in the step's notes, for a step has but one alarm. */
const ANNOUNCE = 'announceAtMs';
const RUN = 'runAtMs';
/** Set while an announcement is made. */
const TELLING = 'telling';

/** The wait begins. */
export function begin({ announcements, whileWaiting }: Wait, context: StepContext): Pick<Move, 'wakeInMs'> {
  plan(context, ANNOUNCE, announcements?.firstAfterMs);
  plan(context, RUN, whileWaiting?.afterMs);
  return alarm(context);
}

/** It goes on: after a restart, when a flow is over that ran meanwhile, or while an agent has the contact, who may give it back. */
export function goOn({ announcements, whileWaiting }: Wait, context: StepContext, runsAgain = true): Move {
  context.notes[TELLING] = false;
  plan(context, ANNOUNCE, announcements?.everyMs);
  const hasRun = context.calledAtMs !== null;
  plan(context, RUN, hasRun ? (runsAgain ? whileWaiting?.repeatMs : undefined) : whileWaiting?.afterMs);
  return alarm(context);
}

/** The flow that ran meanwhile came back. */
export function cameBack(wait: Wait, { outcome, error }: Returned, context: StepContext): Move {
  if (outcome === EXIT) return { leaveQueueBy: '', wakeInMs: null };
  return goOn(wait, context, error === undefined);
}

type Returned = Extract<Happening, { what: 'returned' }>;

/** Neither speaks over the other, and neither while an agent's phone rings or the customer talks. */
export function somethingIsDue(wait: Wait, context: StepContext): Move {
  const { notes, atMs } = context;
  const place = context.floor.place(context.contactId);
  const runs = isDue(context, RUN) && wait.whileWaiting !== undefined;
  if (!place) {
    for (const what of [RUN, ANNOUNCE]) if (isDue(context, what)) notes[what] = atMs + LOOK_AGAIN_MS;
    return alarm(context);
  }
  if (runs && notes[TELLING] !== true) {
    const { flow, with: given } = wait.whileWaiting;
    plan(context, RUN, undefined);
    // Should it not come to be called, the announcements go on.
    return { ...alarm(context), call: { flowId: flow, set: workedOutEach(given, context.forgiving()), aside: true } };
  }
  if (isDue(context, ANNOUNCE)) return announce(wait, context);
  // What is said now is heard to its end first.
  return { wakeInMs: Number(notes[ANNOUNCE] ?? atMs + LOOK_AGAIN_MS) - atMs };
}

/** An announcement was heard. */
export function announced(wait: Wait, context: StepContext): Move {
  context.notes[TELLING] = false;
  plan(context, ANNOUNCE, wait.announcements?.everyMs);
  return alarm(context);
}

function announce({ announcements }: Wait, context: StepContext): Move {
  const place = context.floor.place(context.contactId);
  if (!announcements || !place) return {};
  const { notes } = context;
  const told = Number(notes['told'] ?? 0);
  notes['told'] = told + 1;
  const parts = announcement(announcements, place, told, context);
  notes[TELLING] = parts.length > 0;
  plan(context, ANNOUNCE, announcements.everyMs + (parts.length > 0 ? ANNOUNCEMENT_MS_MAX : 0));
  return parts.length === 0 ? alarm(context) : { stopPrompt: true, play: parts, ...alarm(context) };
}

function isDue({ notes, atMs }: StepContext, what: string): boolean {
  return notes[what] !== undefined && Number(notes[what]) <= atMs;
}

function plan({ notes, atMs }: StepContext, what: string, afterMs: number | undefined): void {
  if (afterMs === undefined) delete notes[what];
  else notes[what] = atMs + afterMs;
}

function alarm({ notes, atMs }: StepContext): Pick<Move, 'wakeInMs'> {
  const moments = [notes[ANNOUNCE], notes[RUN]].filter((one) => one !== undefined).map(Number);
  return moments.length === 0 ? {} : { wakeInMs: Math.max(0, Math.min(...moments) - atMs) };
}
