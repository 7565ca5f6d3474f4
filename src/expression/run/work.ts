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

/** Comparing texts as short as these is part of the step itself. */
const FREE_CHARACTERS = 256;

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

/** The keys of a map; to collect them is work. */
export function keysOf(map: object, work: Work): readonly string[] {
  const keys = Object.keys(map);
  spend(work, 1 + (keys.length >> 2));
  return keys;
}

/** The work that comparing two texts is. */
export function spendOnTexts(work: Work, left: string, right: string): void {
  const characters = left.length + right.length;
  if (characters > FREE_CHARACTERS) spend(work, characters >> 8);
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
