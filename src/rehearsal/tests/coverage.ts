import { type Edge, edgesOf } from '../../flow/edges.ts';
import type { StepKind } from '../../flow/step-kind.ts';
import { STEPS } from '../../flow/steps.ts';
import type { Flow, FlowSet, Step } from '../../model/flow-set.ts';
import type { FlowId, StepId } from '../../model/ids.ts';
import type { Trace } from '../trace.ts';

/** What no test touched: a step, or of a step that was entered one way out, with the outcomes that lead there. */
export type Untouched = {
  readonly step: StepId;
  /** File and line. */
  readonly at: string;
  /** Null: the step itself. */
  readonly outcomes: readonly string[] | null;
};

/** Steps and ways out of steps of one flow, and how many of them tests touched. */
export type FlowCoverage = {
  readonly flow: FlowId;
  readonly places: number;
  readonly touched: number;
  readonly untouched: readonly Untouched[];
};

/** Collects which steps were entered and by which outcomes they were left. */
export class Coverage {
  readonly #entered = new Set<string>();
  readonly #left = new Map<string, Set<string>>();

  add(trace: Trace): void {
    for (const { flow, step } of trace.path) this.#entered.add(`${flow}/${step}`);
    for (const { flow, step, outcome } of trace.outcomes) {
      const name = `${flow}/${step}`;
      const outcomes = this.#left.get(name) ?? new Set();
      this.#left.set(name, outcomes.add(outcome));
    }
  }

  /** Every flow of the folder, in the order of their names. */
  report({ flows, site }: FlowSet): FlowCoverage[] {
    const own = Object.values(flows).filter(({ id }) => !id.startsWith('strowger.'));
    return own.sort((a, b) => (a.id < b.id ? -1 : 1)).map((flow) => this.#ofFlow(flow, site));
  }

  #ofFlow(flow: Flow, site: FlowSet['site']): FlowCoverage {
    let places = 0;
    const untouched: Untouched[] = [];
    let missed = 0;
    for (const step of livingSteps(flow, site)) {
      const ways = waysOut(flow, step, site);
      places += 1 + ways.length;
      const name = `${flow.id}/${step.id}`;
      const { id, at } = step;
      if (!this.#entered.has(name)) {
        missed += 1 + ways.length;
        untouched.push({ step: id, at, outcomes: null });
        continue;
      }
      const edges = edgesOf(flow, step, site);
      const left = new Set([...(this.#left.get(name) ?? [])].map((outcome) => wayName(step, edges, outcome)));
      for (const way of ways.filter(({ name: one }) => !left.has(one))) {
        missed += 1;
        untouched.push({ step: id, at, outcomes: way.outcomes });
      }
    }
    return { flow: flow.id, places, touched: places - missed, untouched };
  }
}

/** Touched places of all, in percent; of nothing at all everything is touched. */
export function percentOf(flows: readonly FlowCoverage[]): number {
  const places = flows.reduce((sum, flow) => sum + flow.places, 0);
  const touched = flows.reduce((sum, flow) => sum + flow.touched, 0);
  return places === 0 ? 100 : (100 * touched) / places;
}

type WayOut = { readonly name: string; readonly outcomes: string[] };

/**
 * The ways out of a step as its author sees them: each outcome that the step names is one, and all that it does not name are one
 * together where they lead to the same place. Errors are one only where the step names them, for any step may have some.
 */
function waysOut(flow: Flow, step: Step, site: FlowSet['site']): WayOut[] {
  const ways = new Map<string, WayOut>();
  const edges = livingEdges(flow, step, site);
  for (const { outcome } of edges) {
    const name = wayName(step, edges, outcome);
    if (name === undefined) continue;
    const way = ways.get(name) ?? { name, outcomes: [] };
    way.outcomes.push(outcome);
    ways.set(name, way);
  }
  return [...ways.values()];
}

/** The steps that can be come to in this release, in the order of the file. */
function livingSteps(flow: Flow, site: FlowSet['site']): Step[] {
  const begins = [flow.start, flow.onHangup, ...Object.values(flow.on), ...Object.values(flow.keys)];
  const reached = new Set(begins.filter((id) => id !== undefined));
  for (const id of reached) {
    const step = flow.steps[id];
    // The set grows while it is walked through.
    for (const { to } of step ? livingEdges(flow, step, site) : []) if ('step' in to) reached.add(to.step);
  }
  return Object.values(flow.steps).filter(({ id }) => reached.has(id));
}

/** A step whose engine is not built yet can only fail, or be passed over. */
function livingEdges(flow: Flow, step: Step, site: FlowSet['site']): Edge[] {
  const edges = edgesOf(flow, step, site);
  if (STEPS.get(step.type)?.notAvailable === undefined) return edges;
  return edges.filter(({ outcome }) => COMMON_OUTCOMES.has(outcome));
}

const COMMON_OUTCOMES: ReadonlySet<string> = new Set(['error', 'skipped', 'max_visits', 'hangup']);

/** By which way an outcome leads out; undefined where it counts for none. */
function wayName(step: Step, edges: readonly Edge[], outcome: string): string | undefined {
  const kind = STEPS.get(step.type);
  let last: Edge | undefined;
  for (let one: string | undefined = outcome; one !== undefined; one = standIn(kind, one)) {
    if (Object.hasOwn(step.on, one) || kind?.target?.(step.with, one) !== undefined) return `outcome ${one}`;
    // To pass over a step is a decision of its own, also where it leads to the same place.
    if (one === 'skipped') return 'outcome skipped';
    if (one === 'error') return undefined;
    last = edges.find((edge) => edge.outcome === one) ?? last;
  }
  return last && `to ${JSON.stringify(last.to)}`;
}

function standIn(kind: StepKind | undefined, outcome: string): string | undefined {
  return kind?.fallbacks?.get(outcome) ?? (outcome === 'max_visits' ? 'error' : undefined);
}
