import type { Flow, HandledOutcome, Step } from '../model/flow-set.ts';
import type { FlowId, StepId } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import type { StepKind } from './step-kind.ts';

/** Where an outcome leads. `end`: the flow is over. `unhandled`: an error of which nobody says anything. */
export type Way = { readonly step: StepId } | { readonly flow: FlowId } | 'end' | 'unhandled';

/** What stands in for outcomes that every step may have. */
const STANDS_IN: ReadonlyMap<string, string> = new Map([['max_visits', 'error']]);

/**
 * By the step's `on`, else by its own parameters (a menu's options), else as the outcome that stands in for it, else as
 * the flow or the site handles it, else by `next`. An error goes to none of the ordinary ways: nobody can have meant
 * what stands below for it. Outcomes may be any text, so only own keys count.
 */
export function wayOf(site: Pick<Site, 'on'>, flow: Flow, step: Step, kind: StepKind, outcome: string): Way {
  let last = outcome;
  for (let one: string | undefined = outcome; one !== undefined; one = standIn(kind, one)) {
    const found = (Object.hasOwn(step.on, one) ? step.on[one] : undefined) ?? kind.target?.(step.with, one);
    if (found !== undefined) return { step: found };
    last = one;
  }
  for (const one of new Set([outcome, last])) {
    const handled = one as HandledOutcome;
    if (Object.hasOwn(flow.on, one)) return { step: flow.on[handled]! };
    if (Object.hasOwn(site.on, one)) return { flow: site.on[handled]! };
  }
  if (last === 'error') return 'unhandled';
  return step.next === undefined ? 'end' : { step: step.next };
}

function standIn(kind: StepKind, outcome: string): string | undefined {
  return kind.fallbacks?.get(outcome) ?? STANDS_IN.get(outcome);
}

/** Every outcome that a step may have, those of all steps included. */
export function outcomesOf(step: Step, kind: StepKind): string[] {
  const further = kind.outcomesElsewhere ? /^/ : kind.outcomesLike;
  const elsewhere = further ? Object.keys(step.on).filter((outcome) => further.test(outcome)) : [];
  return [
    ...new Set([
      ...kind.outcomes(step.with),
      ...elsewhere,
      ...(step.if === undefined ? [] : ['skipped']),
      ...(step.maxVisits === undefined ? [] : ['max_visits']),
      // Only where the step says something of it: else the flow and the site do.
      ...(Object.hasOwn(step.on, 'hangup') ? ['hangup'] : []),
      'error',
    ]),
  ];
}
