import type { Value } from '../../model/value.ts';
import type { Visit } from '../trace.ts';
import { ANY_STEPS } from './expectation.ts';

/** Whether a value is as it is written: of maps, what is named is looked at; lists are as long as they are written. */
export function isAsWritten(written: Value, value: Value | undefined): boolean {
  if (written === null) return value === null || value === undefined;
  if (typeof written !== 'object') return written === value;
  if (value === null || typeof value !== 'object') return false;
  if (isList(written)) {
    if (!isList(value) || value.length !== written.length) return false;
    return written.every((one, at) => isAsWritten(one, value[at]));
  }
  if (isList(value)) return false;
  return Object.entries(written).every(([key, one]) =>
    isAsWritten(one, Object.hasOwn(value, key) ? value[key] : undefined),
  );
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a contact went this way: steps by name or as `flow/step`, with `...` for any number of them. */
export function isWay(written: readonly string[], path: readonly Visit[]): boolean {
  // For each step, which places of the written way may be reached; `...` is one place that keeps itself.
  let reached = open(written, new Set([0]));
  for (const visit of path) {
    const next = new Set<number>();
    for (const at of reached) {
      if (written[at] === ANY_STEPS) next.add(at);
      else if (written[at] === visit.step || written[at] === `${visit.flow}/${visit.step}`) next.add(at + 1);
    }
    reached = open(written, next);
  }
  return reached.has(written.length);
}

/** The places after a `...` are reached with it, for it may stand for no step at all. */
function open(written: readonly string[], places: Set<number>): Set<number> {
  for (const at of places) if (written[at] === ANY_STEPS) places.add(at + 1);
  return places;
}

/** A value as it is shown in a sentence. */
export function shown(value: Value | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
