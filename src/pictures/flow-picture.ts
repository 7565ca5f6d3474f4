import type { Edge } from '../flow/edges.ts';
import { edgesOf } from '../flow/edges.ts';
import { type Way, wayOf } from '../flow/route.ts';
import { STEPS } from '../flow/steps.ts';
import type { Flow, FlowSet, Step } from '../model/flow-set.ts';
import { aboutStep, optionLabel } from './about-step.ts';
import { familyOf } from './families.ts';
import type { Picture, PictureEdge, PictureNode } from './picture.ts';

/**
 * One flow as a picture. Ways that steps leave to the flow or the site (`on_error`, `on_no_input` and the like) are not drawn
 * from each step, for they would cover everything: each handler is an entry of its own. With `errors` they are drawn.
 */
export function flowPicture(set: FlowSet, flow: Flow, { errors = false } = {}): Picture {
  const steps = Object.values(flow.steps);
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  for (const entry of entriesOf(set, flow)) {
    nodes.push({ id: `entry ${entry.name}`, family: 'entry', name: entry.name, about: '' });
    const kind = entry.begins ? 'usual' : 'handler';
    edges.push({ from: `entry ${entry.name}`, to: stepNode(entry.step), outcomes: [], kind });
  }
  for (const step of steps) nodes.push(nodeOf(set, step));
  for (const step of steps) {
    const ways = edgesOf(flow, step, set.site).filter((edge) => isDrawn(flow, step, edge, errors));
    for (const edge of merged(set, step, ways)) {
      if (!nodes.some(({ id }) => id === edge.to)) nodes.push(targetOf(edge.to));
      edges.push(edge);
    }
  }
  return { title: flow.id, nodes, edges };
}

type Entry = { readonly name: string; readonly step: string; readonly begins: boolean };

function entriesOf({ site }: FlowSet, flow: Flow): Entry[] {
  const numbers = site.numbers.filter((rule) => rule.flow === flow.id).map(({ number }) => number);
  const begins = { name: numbers.length === 0 ? 'start' : shortList(numbers), step: flow.start, begins: true };
  const handlers = Object.entries(flow.on).map(([outcome, step]) => ({ name: `on ${outcome}`, step, begins: false }));
  const keys = Object.entries(flow.keys).map(([key, step]) => ({ name: `key ${key}`, step, begins: false }));
  const gone = flow.onHangup === undefined ? [] : [{ name: 'after hang-up', step: flow.onHangup, begins: false }];
  return [begins, ...handlers, ...keys, ...gone];
}

function nodeOf({ site }: FlowSet, step: Step): PictureNode {
  return { id: stepNode(step.id), family: familyOf(step.type), name: step.id, about: aboutStep(step, site.language) };
}

function stepNode(stepId: string): string {
  return `step ${stepId}`;
}

/** What a way leads to besides steps: the end, which each step has for itself, and other flows. */
function targetOf(id: string): PictureNode {
  if (id.startsWith('flow ')) return { id, family: 'flow', name: id.slice('flow '.length), about: 'flow' };
  return { id, family: 'end', name: 'end', about: '' };
}

function isDrawn(flow: Flow, step: Step, { outcome }: Edge, errors: boolean): boolean {
  if (errors) return true;
  const kind = STEPS.get(step.type)!;
  const by = { ...flow, on: {} };
  const without = wayOf({ on: {} }, by, step, kind, outcome);
  if (without === 'unhandled') return false;
  const handled = Object.keys(flow.on).length === 0 ? without : wayOf({ on: {} }, flow, step, kind, outcome);
  return sameWay(without, handled);
}

function sameWay(a: Way, b: Way): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** One edge for each target, in the order of the outcomes; without words where all outcomes lead to the same. */
function merged(set: FlowSet, step: Step, ways: readonly Edge[]): PictureEdge[] {
  const from = stepNode(step.id);
  const byTarget = new Map<string, { outcomes: string[]; error: boolean }>();
  for (const { outcome, to } of ways) {
    const error = outcome === 'error' || outcome === 'max_visits';
    const target = 'step' in to ? stepNode(to.step) : 'flow' in to ? `flow ${to.flow}` : `end of ${step.id}`;
    const key = `${error} ${target}`;
    const known = byTarget.get(key) ?? { outcomes: [], error };
    byTarget.set(key, known);
    if (!isImplied(step, outcome, ways)) known.outcomes.push(optionLabel(step, outcome, set.site.language) ?? outcome);
  }
  const usual = [...byTarget.values()].filter(({ error }) => !error).length;
  return [...byTarget].flatMap(([key, { outcomes, error }]): PictureEdge[] => {
    const to = key.slice(key.indexOf(' ') + 1);
    if (outcomes.length === 0) return [];
    return [{ from, to, outcomes: usual === 1 && !error ? [] : outcomes, kind: error ? 'error' : 'usual' }];
  });
}

/** An outcome that goes the way of the one that stands in for it says nothing new. */
function isImplied(step: Step, outcome: string, ways: readonly Edge[]): boolean {
  const standIn = STEPS.get(step.type)?.fallbacks?.get(outcome);
  const same = ways.find((way) => way.outcome === standIn);
  const own = ways.find((way) => way.outcome === outcome);
  return same !== undefined && JSON.stringify(same.to) === JSON.stringify(own?.to);
}

const LISTED_MAX = 3;

function shortList(names: readonly string[]): string {
  const more = names.length > LISTED_MAX ? ` and ${names.length - LISTED_MAX} more` : '';
  return `${names.slice(0, LISTED_MAX).join(', ')}${more}`;
}
