import type { ReadStep } from '../step-shape.ts';

const NAMED = /\bvars\s*\.\s*([A-Za-z_][A-Za-z0-9_]*)|\bvars\s*\[\s*["']([A-Za-z_][A-Za-z0-9_]*)["']\s*\]/g;

/** The variables that a text names in its expressions. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(NAMED)].map((match) => match[1] ?? match[2]!);
}

/**
 * Variables that hold what a customer entered in a sensitive step, or what was worked out from it: a step that copies one
 * makes another.
 */
export function sensitiveVariables(steps: readonly ReadStep[]): string[] {
  const found = new Set(
    steps.flatMap(({ kind, step }) =>
      kind.sensitive?.(step.with) ? Object.keys(kind.gives?.(step.with).vars ?? {}) : [],
    ),
  );
  // What a sensitive step saves of its result is as sensitive as its input.
  for (const { kind, step } of steps) {
    if (kind.sensitive?.(step.with)) for (const name of Object.keys(step.save ?? {})) found.add(name);
  }
  const copies = steps.flatMap(({ kind, step }) => [...copiesOf(step.save), ...copiesOf(kind.copies?.(step.with))]);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { name, from } of copies) if (from.some((one) => found.has(one))) found.add(name);
  }
  return [...found].sort();
}

function copiesOf(values: unknown): { name: string; from: string[] }[] {
  return Object.entries((values ?? {}) as Record<string, unknown>).map(([name, value]) => ({
    name,
    from: textsIn(value).flatMap(variablesIn),
  }));
}

/** All texts of a value, those inside lists and maps too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
