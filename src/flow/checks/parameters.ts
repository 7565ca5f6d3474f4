import type { Flow } from '../../model/flow-set.ts';
import type { Values } from '../../model/value.ts';
import type { ReadFlow } from '../flow-file.ts';
import { suggestion } from '../nearest.ts';
import { outcomesOf } from '../route.ts';
import type { Path } from '../source.ts';
import type { ReadStep } from '../step-shape.ts';
import { whileWaiting } from './while-waiting.ts';

/** Steps that go into another flow: what they give it, and which outcomes they expect of it. */
export function checkCalls(read: ReadFlow, flows: ReadonlyMap<string, ReadFlow>): void {
  for (const step of read.steps.values()) {
    const { type, with: given } = step.step;
    const waiting = whileWaiting(step);
    const while_ = waiting && flows.get(waiting.flow);
    if (while_) checkGiven(read, step, while_.flow, { given: waiting.with, path: ['while_waiting'] });
    const called = flows.get(String(given['flow'] ?? ''));
    if (!called || (type !== 'call_flow' && type !== 'transfer_flow')) continue;
    checkGiven(read, step, called.flow, { given: (given['with'] ?? {}) as Values, path: [] });
    if (type === 'call_flow') checkReturned(read, step, called);
  }
}

/** What is given to a flow, and where that stands in the step. */
type Written = { readonly given: Values; readonly path: Path };

/** Parameters without which a flow cannot begin. */
export function neededBy({ params }: Flow): string[] {
  return Object.entries(params).flatMap(([name, { default: otherwise }]) => (otherwise === undefined ? [name] : []));
}

function checkGiven({ source }: ReadFlow, { node }: ReadStep, called: Flow, written: Written): void {
  const given = Object.keys(written.given);
  const known = Object.keys(called.params);
  for (const name of given) {
    if (known.includes(name)) continue;
    const message = `The flow ${called.id} has no parameter "${name}". ${suggestion(name, known)}`;
    source.problem('parameter.unknown', source.keyAt([...written.path, 'with', name], node), message);
  }
  const missing = neededBy(called).filter((name) => !given.includes(name));
  if (missing.length === 0) return;
  const message = `The flow ${called.id} must be given ${missing.join(', ')}. Add it under "with", or give it a default there.`;
  source.problem('parameter.missing', source.nodeAt([...written.path, 'flow'], node), message);
}

/** Outcomes of the step that the flow that it calls can never come back with. */
function checkReturned({ source }: ReadFlow, { step, kind, node }: ReadStep, called: ReadFlow): void {
  const returned = [...called.steps.values()].filter((one) => one.step.type === 'return');
  const known = new Set([
    ...outcomesOf({ ...step, on: {} }, kind),
    'hangup',
    ...returned.map((one) => String(one.step.with['outcome'])),
  ]);
  for (const outcome of Object.keys(step.on)) {
    if (known.has(outcome)) continue;
    const message = `The flow ${called.flow.id} never comes back with "${outcome}". ${suggestion(outcome, [...known])}`;
    source.problem('outcome.unknown', source.keyAt(['on', outcome], node), message);
  }
}
