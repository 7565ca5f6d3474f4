import type { StepId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { edgesOf } from '../edges.ts';
import type { ReadFlow } from '../flow-file.ts';
import { wayOf } from '../route.ts';
import type { ReadStep } from '../step-shape.ts';

/** Where one step may lead. */
export type WayOn = {
  /** By its outcomes, and by the keys of the flow where it listens. */
  readonly to: ReadonlySet<StepId>;
  /** The same without errors that the step leaves to its flow: what somebody wrote for this step. */
  readonly written: ReadonlySet<StepId>;
  /** True when the flow may be over after it, or hand the contact to somebody else; by what was written, too. */
  readonly leaves: boolean;
};
/** Outcomes that every step may have, and of which most say nothing. */
const STANDS_BY: ReadonlySet<string> = new Set(['error', 'max_visits']);
export type Ways = ReadonlyMap<StepId, WayOn>;

export function waysOf(site: Pick<Site, 'on'>, { flow, steps }: ReadFlow): Ways {
  return new Map([...steps].map(([id, read]) => [id, wayOn(site, flow, read)]));
}

function wayOn(site: Pick<Site, 'on'>, flow: ReadFlow['flow'], { step, kind }: ReadStep): WayOn {
  const edges = edgesOf(flow, step, site);
  const keys = kind.keys?.(step.with);
  const byKey = keys ? Object.entries(flow.keys).flatMap(([key, to]) => (keys.includes(key) ? [] : [to])) : [];
  const written = edges.filter(({ outcome }) => !STANDS_BY.has(outcome) || Object.hasOwn(step.on, outcome));
  const stepsOf = (some: typeof edges) => some.flatMap(({ to }) => ('step' in to ? [to.step] : []));
  const guarded = step.maxVisits !== undefined && wayOf(site, flow, step, kind, 'max_visits') === 'unhandled';
  const last = kind.outcomes(step.with).length === 0 && !kind.outcomesElsewhere;
  return {
    to: new Set([...stepsOf(edges), ...byKey]),
    written: new Set([...stepsOf(written), ...byKey]),
    // A flow that is called may hang up, and a queue may send the contact to another flow.
    leaves: last || guarded || kind.outcomesElsewhere === true || written.some(({ to }) => !('step' in to)),
  };
}

/** Outcomes of which a step, its parameters, the flow or the site say something; not those that go on by `next`. */
export function isRouted(site: Pick<Site, 'on'>, flow: ReadFlow['flow'], read: ReadStep, outcome: string): boolean {
  const { step, kind } = read;
  const { next: _, ...withoutNext } = step;
  const way = wayOf(site, flow, withoutNext, kind, outcome);
  return way !== 'end' && way !== 'unhandled';
}

/** Every step that can be come to from some, by at least one way; these count only when a way leads back to them. */
export function reachedFrom(
  from: Iterable<StepId>,
  ways: Ways,
  by: (way: WayOn) => ReadonlySet<StepId> = ({ to }) => to,
): ReadonlySet<StepId> {
  const reached = new Set<StepId>();
  const rest = [...from];
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    const way = ways.get(id);
    for (const to of way ? by(way) : []) {
      if (reached.has(to)) continue;
      reached.add(to);
      rest.push(to);
    }
  }
  return reached;
}
