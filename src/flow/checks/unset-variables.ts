import type { StepId } from '../../model/ids.ts';
import type { ReadFlow } from '../flow-file.ts';
import type { Note } from '../note.ts';
import type { ReadStep } from '../step-shape.ts';
import { variablesIn } from './sensitive.ts';
import { reachedFrom, type Ways } from './ways.ts';

/** Whoever writes one of these says what is to happen while the variable is empty. */
const EXPECTS_NOTHING = /\b(?:has|default|coalesce)\s*\(/;

/**
 * Variables that are read in a step although no way leads there from any step that fills them: they are always empty.
 * Where at least one way fills them nothing is said, for what fills them may be optional.
 */
export function checkUnsetVariables({ flow, source, steps }: ReadFlow, ways: Ways): void {
  const fillers = fillersOf(steps);
  const after = new Map<string, ReadonlySet<StepId>>();
  const afterFilling = (name: string): ReadonlySet<StepId> => {
    const known = after.get(name) ?? reachedFrom(fillers.get(name) ?? [], ways);
    after.set(name, known);
    return known;
  };
  // A customer may leave in any step, so everything may have been filled before what follows the hang-up.
  const anyTime = flow.onHangup === undefined ? new Set() : withFollowing(flow.onHangup, ways);
  for (const { step, notes } of steps.values()) {
    if (anyTime.has(step.id)) continue;
    for (const { name, note } of readsIn(notes)) {
      if (Object.hasOwn(flow.params, name) || !fillers.has(name) || afterFilling(name).has(step.id)) continue;
      const by = fillers.get(name)!.join(', ');
      const message = `vars.${name} is always empty here: only ${by} fills it, and no way leads from there to ${step.id}. Fill it before, or write has(vars.${name}) where it may be missing.`;
      source.problem('variable.unset', note.node, message);
    }
  }
}

function fillersOf(steps: ReadonlyMap<StepId, ReadStep>): Map<string, StepId[]> {
  const fillers = new Map<string, StepId[]>();
  for (const { step, kind } of steps.values()) {
    const names = [...Object.keys(kind.gives?.(step.with).vars ?? {}), ...Object.keys(step.save ?? {})];
    for (const name of new Set(names)) fillers.set(name, [...(fillers.get(name) ?? []), step.id]);
  }
  return fillers;
}

type Written = Extract<Note, { what: 'template' | 'expression' }>;

function readsIn(notes: readonly Note[]): { name: string; note: Written }[] {
  return notes.flatMap((note) => {
    if ((note.what !== 'template' && note.what !== 'expression') || EXPECTS_NOTHING.test(note.text)) return [];
    return [...new Set(variablesIn(note.text))].map((name) => ({ name, note }));
  });
}

function withFollowing(stepId: StepId, ways: Ways): Set<StepId> {
  return new Set([stepId, ...reachedFrom([stepId], ways)]);
}
