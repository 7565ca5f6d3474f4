import type { Event } from '../model/event.ts';
import { JournalError } from './errors.ts';
import { liftCalls } from './lift-calls.ts';
import { liftFlows } from './lift-flows.ts';

/** Brings the fields of an event from one version to the next. */
export type Lift = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** For each kind: the lift from version 1 to 2, from 2 to 3, and so on. A kind that is missing has only version 1. */
export type Lifts = Readonly<Record<string, readonly Lift[]>>;

export const LIFTS: Lifts = {
  // Release 0.1.0 wrote version 1, with a site of plain skills and one kind of queue.
  'flows.loaded': [liftFlows, liftCalls],
};

/** The version in which this release writes a kind. */
export function currentVersion(kind: string, lifts: Lifts = LIFTS): number {
  return 1 + (lifts[kind]?.length ?? 0);
}

/** The event in its newest form. Throws `journal.newer` for a version that this release does not know. */
export function lift(v: number, data: Readonly<Record<string, unknown>>, lifts: Lifts = LIFTS): Event {
  const kind = String(data['kind']);
  if (v > currentVersion(kind, lifts)) {
    throw new JournalError('journal.newer', `The journal holds ${kind} in version ${v}; use the newer release.`);
  }
  let lifted = data;
  for (const step of lifts[kind]?.slice(v - 1) ?? []) lifted = step(lifted);
  return lifted as unknown as Event;
}
