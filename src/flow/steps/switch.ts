import { checkExpressions, fill } from '../expression.ts';
import type { StepKind } from '../step-kind.ts';

/** Goes to the step of the case that equals the value, letter for letter. */
export const switchStep: StepKind = {
  type: 'switch',
  summary: 'Branches on a value.',
  parameters: ['value', 'cases', 'default'],
  answers: false,
  read: (reading, fields, node, stepId) => {
    const { source } = reading;
    for (const key of ['value', 'cases']) {
      if (!fields.has(key)) source.problem('key.missing', node, `A switch step needs "${key}".`);
    }
    const value = fields.has('value') ? (source.text(fields.get('value'), 'value') ?? '') : '';
    checkExpressions(source, fields.get('value'), value, reading.uses);
    const cases: Record<string, string> = {};
    for (const entry of fields.has('cases') ? source.entries(fields.get('cases'), 'cases') : []) {
      const step = source.text(entry.value, `The step of case ${entry.key}`);
      if (step === undefined) continue;
      cases[entry.key] = step;
      reading.targets.push({ name: step, node: entry.value, from: stepId });
    }
    const otherwise = fields.has('default') ? source.text(fields.get('default'), 'default') : undefined;
    if (otherwise !== undefined) {
      reading.targets.push({ name: otherwise, node: fields.get('default') ?? null, from: stepId });
    }
    return { value, cases, otherwise };
  },
  outcomes: (given) => [...Object.keys(given['cases'] as object), 'default'],
  target: (given, outcome) => {
    const cases = given['cases'] as Record<string, string>;
    if (Object.hasOwn(cases, outcome)) return cases[outcome];
    return outcome === 'default' ? (given['otherwise'] as string | undefined) : undefined;
  },
  enter: (given, { scope }) => {
    const value = fill(given['value'] as string, scope);
    return { outcome: Object.hasOwn(given['cases'] as object, value) ? value : 'default' };
  },
};
