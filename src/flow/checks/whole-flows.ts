import type { Site } from '../../model/site.ts';
import type { ReadFlow } from '../flow-file.ts';
import { checkAfterHangup } from './hang-up.ts';
import { checkKnownOutcomes } from './known-outcomes.ts';
import { checkLanguages } from './languages.ts';
import { checkLoops } from './loops.ts';
import { checkCalls } from './parameters.ts';
import { checkRecursion } from './recursion.ts';
import { checkTimeouts } from './timeouts.ts';
import { checkUnsetVariables } from './unset-variables.ts';
import { type Ways, waysOf } from './ways.ts';

/** What shows when a flow is looked at as a whole, with what the site says of outcomes, and with the flows that it calls. */
export function checkWholeFlows(site: Site, flows: ReadonlyMap<string, ReadFlow>): void {
  const inherits = flowsWithInheritedVariables(site, flows);
  const waysIn = new Map<string, Ways>();
  for (const [id, read] of flows) {
    const ways = waysOf(site, read);
    waysIn.set(id, ways);
    checkKnownOutcomes(site, read);
    checkCalls(read, flows);
    checkLanguages(site, read);
    checkTimeouts(read);
    // Where a step is missing, ways are missing, too, and each of them would be told once more.
    if (!read.whole) continue;
    checkLoops(read, ways);
    const { onHangup, start } = read.flow;
    if (onHangup !== undefined) checkAfterHangup(read, ways, { step: onHangup, named: 'on_hangup' });
    if (site.onHangup === id) checkAfterHangup(read, ways, { step: start, named: 'on_hangup of site.yaml' });
    if (!inherits.has(id)) checkUnsetVariables(read, ways);
  }
  checkRecursion(flows, waysIn);
}

/** Flows to which contacts may come from another flow for good: they bring its variables with them. */
function flowsWithInheritedVariables(site: Site, flows: ReadonlyMap<string, ReadFlow>): Set<string> {
  const targets = Object.values(site.queues).flatMap(({ overflow }) =>
    overflow.flatMap(({ target }) => (target.to === 'flow' ? [target.flowId] : [])),
  );
  const handlers = [...Object.values(site.on), ...(site.onHangup === undefined ? [] : [site.onHangup])];
  const transfers = [...flows.values()].flatMap(({ steps }) =>
    [...steps.values()].flatMap(({ step }) => (step.type === 'transfer_flow' ? [String(step.with['flow'])] : [])),
  );
  return new Set([...targets, ...handlers, ...transfers]);
}
