import type { ReadFlow } from '../flow-file.ts';
import type { ReadStep } from '../step-shape.ts';
import { circles } from './circles.ts';
import { reachedFrom, type Ways } from './ways.ts';

/** Types of steps that go on by themselves, whatever the customer does: in a circle of these nobody can do anything. */
export const AUTOMATIC: ReadonlySet<string> = new Set([
  'answer',
  'emit',
  'fail',
  'goto',
  'http',
  'language',
  'log',
  'lookup',
  'loop',
  'music',
  'notify',
  'play',
  'progress',
  'queue_status',
  'recording',
  'schedule',
  'send_dtmf',
  'set',
  'split',
  'switch',
  'tag',
]);
/** Most steps that are named in one sentence. */
const NAMED_MAX = 6;

/**
 * Steps that lead to each other and never wait for anybody, without a bound on how often; and steps from which no way at
 * all leads to an end, so that the customer can only hang up.
 */
export function checkLoops({ flow, source, steps }: ReadFlow, ways: Ways): void {
  const busy = [...steps.values()].filter((read) => goesOn(read) && !isBounded(read));
  const told = new Set<string>();
  const toOf = (id: string) => ways.get(id)?.written ?? [];
  for (const circle of circles(
    busy.map(({ step }) => step.id),
    toOf,
  )) {
    for (const id of circle) told.add(id);
    const message = `${around(circle)} without waiting for anybody: a contact would run in this circle until ${flow.limits.maxSteps} steps are taken, or until it hangs up. Give one of these steps a "max_visits", or lead out of the circle.`;
    source.problem('step.circular', steps.get(circle[0]!)?.keyNode, message);
  }
  const reached = reachedFrom([flow.start], ways);
  const endless = endlessSteps(ways).filter((id) => id === flow.start || reached.has(id));
  for (const circle of circles(endless, toOf)) {
    if (circle.some((id) => told.has(id))) continue;
    const message = `${around(circle)}, and no way leads from there to an end: the customer can only hang up. Lead one of their outcomes to a step such as hangup, or give one of them a "max_visits".`;
    source.problem('step.endless', steps.get(circle[0]!)?.keyNode, message);
  }
}

function goesOn({ step, kind }: ReadStep): boolean {
  return AUTOMATIC.has(step.type) && (kind.keys?.(step.with) ?? []).length === 0;
}

function isBounded({ step }: ReadStep): boolean {
  return (
    step.maxVisits !== undefined || step.type === 'loop' || (step.type === 'goto' && step.with['max'] !== undefined)
  );
}

/** Steps from which the flow can never be over. */
function endlessSteps(ways: Ways): string[] {
  const before = new Map<string, string[]>();
  for (const [id, { written }] of ways) {
    for (const one of written) before.set(one, [...(before.get(one) ?? []), id]);
  }
  const rest = [...ways].flatMap(([id, { leaves }]) => (leaves ? [id] : []));
  const ends = new Set(rest);
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    for (const one of before.get(id) ?? []) {
      if (ends.has(one)) continue;
      ends.add(one);
      rest.push(one);
    }
  }
  return [...ways.keys()].filter((id) => !ends.has(id));
}

function around(circle: readonly string[]): string {
  if (circle.length === 1) return `Step ${circle[0]} leads to itself`;
  const more = circle.length > NAMED_MAX ? ` and ${circle.length - NAMED_MAX} more` : '';
  return `Steps ${circle.slice(0, NAMED_MAX).join(', ')}${more} lead to each other`;
}
