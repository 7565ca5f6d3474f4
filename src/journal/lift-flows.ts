import type { Flow, FlowSet, Step } from '../model/flow-set.ts';
import { liftSite, type SiteV1 } from './lift-site.ts';
import { LIFTED_PARAMETERS } from './lift-steps.ts';

type FlowV1 = Pick<Flow, 'id' | 'start' | 'steps'> & { readonly language: string; readonly maxSteps: number };
type FlowSetV1 = Pick<FlowSet, 'version'> & {
  readonly site: SiteV1;
  readonly flows: Readonly<Record<string, FlowV1>>;
};

/**
 * `flows.loaded` from version 1 to version 2: another site, flows with more that can be said of them, and steps with other
 * parameters. A caller who was in a flow of the first release goes on in it under this one.
 */
export function liftFlows(old: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { version, site, flows } = old['flows'] as FlowSetV1;
  const lifted = Object.entries(flows).map(([id, flow]) => [id, liftFlow(flow)]);
  const set: FlowSet = { version, site: liftSite(site), flows: Object.fromEntries(lifted), tables: {} };
  return { ...old, flows: set };
}

function liftFlow({ maxSteps, ...flow }: FlowV1): Flow {
  const steps = Object.entries(flow.steps).map(([id, step]) => [id, liftStep(step)]);
  return {
    ...flow,
    limits: { maxSteps, maxDurationMs: 86_400_000, maxDepth: 10 },
    steps: Object.fromEntries(steps),
    on: {},
    keys: {},
    params: {},
    constants: {},
    sensitive: [],
  };
}

function liftStep(step: Step): Step {
  const lifted = LIFTED_PARAMETERS[step.type];
  return lifted ? { ...step, with: lifted(step.with) } : step;
}
