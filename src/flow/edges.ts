import type { Flow, Step } from '../model/flow-set.ts';
import type { Site } from '../model/site.ts';
import { outcomesOf, type Way, wayOf } from './route.ts';
import { STEPS } from './steps.ts';

/** One way out of a step. */
export type Edge = { readonly outcome: string; readonly to: Exclude<Way, string> | { readonly end: true } };

const NO_HANDLERS: Pick<Site, 'on'> = { on: {} };

/**
 * Every way out of a step, in the order of its outcomes; errors of which nobody says anything are left out. Pictures,
 * coverage and the check of what can be reached all go by this, as the interpreter does.
 */
export function edgesOf(flow: Flow, step: Step, site: Pick<Site, 'on'> = NO_HANDLERS): Edge[] {
  const kind = STEPS.get(step.type);
  if (!kind) return [];
  return outcomesOf(step, kind).flatMap((outcome): Edge[] => {
    const way = wayOf(site, flow, step, kind, outcome);
    if (way === 'unhandled') return [];
    return [{ outcome, to: way === 'end' ? { end: true } : way }];
  });
}
