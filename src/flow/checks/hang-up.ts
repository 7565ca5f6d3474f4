import type { StepId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import { reachedFrom, type Ways } from './ways.ts';

/** Steps that mean nothing without a customer, where a flow goes on after the customer has left. */
export function checkAfterHangup(read: ReadFlow, ways: Ways, begin: { step: StepId; named: string }): void {
  const { source, steps } = read;
  for (const id of [begin.step, ...reachedFrom([begin.step], ways, ({ written }) => written)]) {
    const found = steps.get(id);
    if (!found?.kind.needsCustomer) continue;
    const message = `Step ${id} (${found.step.type}) needs a customer, and comes after ${begin.named}, when the customer has left. End what goes on there with a hangup step before it.`;
    source.problem('step.customer_gone', found.keyNode, message);
  }
}
