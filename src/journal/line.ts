import type { Event } from '../model/event.ts';
import { storable } from './json-text.ts';
import { currentVersion } from './lift.ts';

/**
 * One event as a line of JSON, without line end: `{"seq":n,"v":1,"event":{...}}`, and `"exact":"..."` where PostgreSQL's json
 * cannot hold the event (json-text.ts). The same text goes into the spool and to PostgreSQL, so it is made only once.
 */
export type Line = { readonly seq: number; readonly text: string };

/** Longest id in UTF-16 units: an index row of PostgreSQL holds 2,704 bytes at most. */
export const ID_LENGTH_MAX = 512;

const SEQ = /^\{"seq":(\d+),"v":\d+,"event":\{/;

/** Throws TypeError for an event that must never be journaled: the caller has a bug. */
export function lineOf(seq: number, event: Event): Line {
  if (event.kind === 'time.passed') throw new TypeError('time.passed is never journaled, only what follows from it.');
  if (!Number.isSafeInteger(event.atMs)) throw new TypeError(`${event.kind}: atMs must be whole milliseconds.`);
  if ('contactId' in event) checkId(event.kind, event.contactId);
  if ('offerId' in event) checkId(event.kind, event.offerId);
  if ('agentId' in event) checkId(event.kind, event.agentId);
  const { json, exact } = storable(event);
  const end = exact === undefined ? '}' : `,"exact":${JSON.stringify(exact)}}`;
  return { seq, text: `{"seq":${seq},"v":${currentVersion(event.kind)},"event":${json}${end}` };
}

/** The place that a line names; undefined when it is no line of a spool. */
export function seqOfLine(text: string): number | undefined {
  const found = SEQ.exec(text);
  return found ? Number(found[1]) : undefined;
}

function checkId(kind: string, id: string): void {
  if (id.length === 0 || id.length > ID_LENGTH_MAX) {
    throw new TypeError(`${kind}: an id must have 1 to ${ID_LENGTH_MAX} characters.`);
  }
}
