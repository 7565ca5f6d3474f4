import { outcomesOf, wayOf } from '../../src/flow/route.ts';
import { STEPS } from '../../src/flow/steps.ts';
import type { Flow, FlowSet, Step } from '../../src/model/flow-set.ts';

/** One way that somebody wrote down in a flow, and the flow without it. */
export type Cut = {
  /** For people: `file:line outcome`. */
  readonly name: string;
  /** Whoever goes this way may notice: left this step by this outcome, or by the outcome any step of the flow. */
  readonly flow: string;
  readonly step?: string;
  readonly outcome: string;
  readonly set: FlowSet;
};

/** Every way that is written in the flows of a folder: under `on`, as an option, a case, a key, or a handler. */
export function cutsOf(set: FlowSet): Cut[] {
  const own = Object.values(set.flows).filter(({ id }) => !id.startsWith('strowger.'));
  return own.flatMap((flow) => [
    ...Object.values(flow.steps).flatMap((step) => stepCuts(set, flow, step)),
    ...handlerCuts(set, flow),
  ]);
}

/**
 * Ways that lead to the same step without what is written are left out, for nobody could notice; and the outcomes of steps
 * whose engine is not built, for nobody can come to them.
 */
function stepCuts(set: FlowSet, flow: Flow, step: Step): Cut[] {
  const kind = STEPS.get(step.type)!;
  return outcomesOf(step, kind).flatMap((outcome): Cut[] => {
    const written = Object.hasOwn(step.on, outcome) || kind.target?.(step.with, outcome) !== undefined;
    if (!written || (kind.notAvailable !== undefined && outcome !== 'error')) return [];
    const bare = withoutOutcome(step, outcome);
    const [was, is] = [step, bare].map((one) => JSON.stringify(wayOf(set.site, flow, one, kind, outcome)));
    const gone = outcomesOf(bare, kind).includes(outcome) === false;
    if (was === is && !gone) return [];
    const steps = { ...flow.steps, [step.id]: bare };
    const name = `${step.at} ${outcome}`;
    return [{ name, flow: flow.id, step: step.id, outcome, set: withFlow(set, { ...flow, steps }) }];
  });
}

/** Handlers of a whole flow, and its keys. */
function handlerCuts(set: FlowSet, flow: Flow): Cut[] {
  const handlers = Object.keys(flow.on).map((outcome) => ({ outcome, less: { on: without(flow.on, outcome) } }));
  const keys = Object.keys(flow.keys).map((key) => ({ outcome: 'key', less: { keys: without(flow.keys, key) } }));
  return [...handlers, ...keys].map(({ outcome, less }) => {
    const cut = withFlow(set, { ...flow, ...less });
    return { name: `${flow.id} ${Object.keys(less)[0]} ${outcome}`, flow: flow.id, outcome, set: cut };
  });
}

function withFlow(set: FlowSet, flow: Flow): FlowSet {
  return { ...set, flows: { ...set.flows, [flow.id]: flow } };
}

function withoutOutcome(step: Step, outcome: string): Step {
  if (Object.hasOwn(step.on, outcome)) return { ...step, on: without(step.on, outcome) };
  return { ...step, with: withoutChoice(step.with, outcome) as Step['with'] };
}

/** What is written in a step without one of its choices: an option, a condition, a case, an exit key, the default. */
function withoutChoice(value: unknown, outcome: string): unknown {
  if (Array.isArray(value)) {
    return value.filter((one) => !isChoice(one, outcome)).map((one) => withoutChoice(one, outcome));
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inside]) => !(key === nameOf(outcome) && typeof inside === 'string'),
  );
  return Object.fromEntries(kept.map(([key, inside]) => [key, withoutChoice(inside, outcome)]));
}

function isChoice(one: unknown, outcome: string): boolean {
  if (typeof one !== 'object' || one === null || !('next' in one)) return false;
  const { key, id } = one as { readonly key?: string; readonly id?: string };
  return key === outcome || id === outcome;
}

/** By which key of a step's own parameters an outcome is known, where that is another one. */
function nameOf(outcome: string): string {
  return { default: 'otherwise', no_agents: 'noAgents' }[outcome] ?? outcome;
}

function without<T extends object>(map: T, key: string): T {
  return Object.fromEntries(Object.entries(map).filter(([one]) => one !== key)) as T;
}
