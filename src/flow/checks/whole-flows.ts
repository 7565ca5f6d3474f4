import type { Site } from '../../model/site.ts';
import type { ReadFlow } from '../flow-file.ts';
import type { ReadSite } from '../site-file.ts';
import { beginningsOf } from './beginnings.ts';
import { checkAfterHangup } from './hang-up.ts';
import { checkKnownOutcomes } from './known-outcomes.ts';
import { checkLanguages } from './languages.ts';
import { checkLoops } from './loops.ts';
import { checkOrderFlows, orderFlows } from './order-flows.ts';
import { checkCalls } from './parameters.ts';
import { checkRecursion } from './recursion.ts';
import { checkTimeouts } from './timeouts.ts';
import { checkUnsetVariables } from './unset-variables.ts';
import { type Ways, waysOf } from './ways.ts';
import { checkWhileWaiting, whileWaiting } from './while-waiting.ts';

/** What shows when a flow is looked at as a whole, with what the site says of outcomes, and with the flows that it calls. */
export function checkWholeFlows(site: Site, flows: ReadonlyMap<string, ReadFlow>): void {
  const empty = flowsThatBeginEmpty({ site }, flows);
  const waysIn = new Map<string, Ways>();
  for (const [id, read] of flows) {
    const ways = waysOf(site, read);
    waysIn.set(id, ways);
    checkKnownOutcomes(site, read);
    checkCalls(read, flows);
    checkOrderFlows(read, flows);
    checkLanguages(site, read);
    checkTimeouts(read);
    // Where a step is missing, ways are missing, too, and each of them would be told once more.
    if (!read.whole) continue;
    checkLoops(read, ways);
    const { onHangup, start } = read.flow;
    for (const { step } of read.steps.values()) {
      const begin = step.on['hangup'];
      if (begin !== undefined) checkAfterHangup(read, ways, { step: begin, named: `hangup of step ${step.id}` });
    }
    if (onHangup !== undefined) checkAfterHangup(read, ways, { step: onHangup, named: 'on_hangup' });
    if (site.onHangup === id) checkAfterHangup(read, ways, { step: start, named: 'on_hangup of site.yaml' });
    if (empty.has(id)) checkUnsetVariables(read, ways);
  }
  checkRecursion(flows, waysIn);
  checkWhileWaiting(flows);
}

/**
 * Flows in which a contact begins with nothing but parameters: those of numbers and those that are called. Contacts that
 * come over from another flow for good bring its variables with them.
 */
function flowsThatBeginEmpty({ site }: Pick<ReadSite, 'site'>, flows: ReadonlyMap<string, ReadFlow>): Set<string> {
  const begin = new Set(site.numbers.map(({ flow }) => flow));
  const goOn = new Set(beginningsOf({ site }).flatMap(({ flowId, path }) => (path[0] === 'numbers' ? [] : [flowId])));
  for (const { steps } of flows.values()) {
    for (const read of steps.values()) {
      const { step } = read;
      const ordered = orderFlows(read);
      for (const { flowId } of ordered) begin.add(flowId);
      if (ordered.length > 0) continue;
      const target = String(step.with['flow'] ?? '');
      const waiting = whileWaiting(read);
      if (waiting) begin.add(waiting.flow);
      if (step.type === 'call_flow') begin.add(target);
      else if (target !== '') goOn.add(target);
    }
  }
  return new Set([...begin].filter((id) => !goOn.has(id)));
}
