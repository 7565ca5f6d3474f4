import { STEPS_MAX, TEXT_CHARACTERS_MAX } from '../limits.ts';

/** What stops an evaluation. It is caught in `evaluate.ts` and leaves the room as a failure, never as an exception. */
export class Stop extends Error {}

export function stop(message: string): never {
  throw new Stop(message);
}

/** One evaluation: the values by group, the values of the macros' variables, and how much was done already. */
export type Work = {
  readonly scope: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locals: unknown[];
  steps: number;
};

/** Counts work, and stops an evaluation that takes too much of it. */
export function spend(work: Work, steps: number): void {
  work.steps += steps;
  if (work.steps > STEPS_MAX) stop('This takes too much work: the lists or texts are too long for it.');
}

/** The work that a text or list is, as steps. */
export function costOf(value: unknown): number {
  if (typeof value === 'string') return 1 + (value.length >> 4);
  return Array.isArray(value) ? 1 + (value.length >> 2) : 1;
}

/** A text that was just made, unless it is too long. */
export function bounded(text: string): string {
  checkLength(text.length);
  return text;
}

/** Stops when a text of so many characters would be too long. */
export function checkLength(characters: number): void {
  if (characters > TEXT_CHARACTERS_MAX) stop(`The text has more than ${TEXT_CHARACTERS_MAX} characters.`);
}
