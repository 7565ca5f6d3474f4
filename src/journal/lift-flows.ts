import type { Flow, FlowSet, Step } from '../model/flow-set.ts';
import { NO_NEEDS } from '../model/needs.ts';
import { liftSite, type SiteV1 } from './lift-site.ts';

/** What a queue step of the first release could not be given, as it is when nothing is given. */
const QUEUE_STEP_SINCE = { needs: NO_NEEDS, attributes: {}, preferredAgents: [], holdMs: 30_000 };

/**
 * `flows.loaded` from version 1 to version 2: another site, and queue steps with more parameters. A caller who was in a flow
 * of the first release goes on in it under this one.
 */
export function liftFlows(old: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const set = old['flows'] as Omit<FlowSet, 'site'> & { readonly site: SiteV1 };
  const flows = Object.entries(set.flows).map(([id, flow]) => [id, liftFlow(flow)]);
  return { ...old, flows: { ...set, site: liftSite(set.site), flows: Object.fromEntries(flows) } };
}

function liftFlow(flow: Flow): Flow {
  const steps = Object.entries(flow.steps).map(([id, step]) => [id, liftStep(step)]);
  return { ...flow, steps: Object.fromEntries(steps) };
}

function liftStep(step: Step): Step {
  return step.type === 'queue' ? { ...step, with: { ...QUEUE_STEP_SINCE, ...(step.with as object) } } : step;
}
