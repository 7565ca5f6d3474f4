import { apply } from '../../src/acd/apply.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import type { Event } from '../../src/model/event.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { largeDay } from './acd-day.ts';

export type ReplayFigures = {
  readonly events: number;
  /** The events are objects in memory; one figure a run. */
  readonly applyMs: readonly number[];
  /** The events are lines of JSON, as the journal keeps them. */
  readonly parseAndApplyMs: number;
};

const EVENTS = 1_000_000;
const RUNS = 3;
/** Lines are made so many at a time, so that not all of them are in memory at once. */
const LINES = 10_000;

export function measureReplay(): ReplayFigures {
  const scenario = largeDay();
  const journal: Event[] = [];
  liveDay(scenario, 0, (event) => {
    if (event.kind !== 'time.passed' && journal.length < EVENTS) journal.push(event);
  });
  if (journal.length < EVENTS) throw new Error(`the day has ${journal.length} events only`);
  const applyMs = Array.from({ length: RUNS }, () => {
    const state = emptyAcd(scenario.site);
    const fromMs = performance.now();
    for (const event of journal) apply(state, event);
    const tookMs = performance.now() - fromMs;
    checkItems(state, journal);
    return tookMs;
  });
  const state = emptyAcd(scenario.site);
  let parseAndApplyMs = 0;
  for (let at = 0; at < journal.length; at += LINES) {
    const lines = journal.slice(at, at + LINES).map((event) => JSON.stringify(event));
    const fromMs = performance.now();
    for (const line of lines) apply(state, JSON.parse(line) as Event);
    parseAndApplyMs += performance.now() - fromMs;
  }
  checkItems(state, journal);
  return { events: journal.length, applyMs, parseAndApplyMs };
}

/** A replay that had passed over events would be fast for the wrong reason. */
function checkItems(state: AcdState, journal: readonly Event[]): void {
  let left = 0;
  for (const event of journal) {
    if (event.kind === 'contact.queued') left += 1;
    if (event.kind === 'contact.handled' || (event.kind === 'contact.dequeued' && event.reason !== 'answered'))
      left -= 1;
  }
  if (state.items.size !== left) throw new Error(`${state.items.size} items after the replay instead of ${left}`);
}
