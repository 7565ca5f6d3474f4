import { edgesOf } from '../edges.ts';
import type { ReadFlow } from '../flow-file.ts';
import { suggestion } from '../nearest.ts';

/** Steps that are named and not there, and steps that nothing leads to. */
export function checkTargets({ flow, source, steps, whole }: ReadFlow): void {
  const names = [...steps.keys()];
  for (const note of source.notes) {
    if (note.what !== 'step' || steps.has(note.name) || isBroken(source.nodeAt(['steps']), note.name)) continue;
    const message = `There is no step "${note.name}" in this flow. ${suggestion(note.name, names)}`;
    source.problem('step.unknown', note.node, message);
  }
  // What only a step leads to that could not be read is not lost.
  if (!whole) return;
  const begins = [flow.start, flow.onHangup, ...Object.values(flow.on), ...Object.values(flow.keys)];
  const reached = new Set(begins.filter((id) => id !== undefined));
  for (const id of reached) {
    const step = flow.steps[id];
    // The set grows while it is walked through.
    for (const { to } of step ? edgesOf(flow, step) : []) if ('step' in to) reached.add(to.step);
  }
  for (const { step, keyNode } of steps.values()) {
    if (reached.has(step.id)) continue;
    source.problem('step.unreachable', keyNode, `No step leads to "${step.id}". Name it in a "next" or remove it.`);
  }
}

/** A step that could not be read is there all the same; what is wrong with it has been told. */
function isBroken(stepsNode: ReturnType<ReadFlow['source']['nodeAt']>, name: string): boolean {
  return stepsNode !== null && 'has' in stepsNode && (stepsNode as { has(key: string): boolean }).has(name);
}
