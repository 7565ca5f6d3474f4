import type { FlowValue } from '../../model/event.ts';
import { checkExpressions, fill } from '../expression.ts';
import type { StepKind } from '../step-kind.ts';

/** Gives values to variables of the flow. */
export const set: StepKind = {
  type: 'set',
  summary: 'Gives values to variables.',
  parameters: ['vars'],
  answers: false,
  read: (reading, fields, node) => {
    const { source } = reading;
    if (!fields.has('vars')) {
      source.problem('key.missing', node, 'A set step needs "vars", a map of names and values.');
      return { vars: {} };
    }
    const vars: Record<string, string> = {};
    for (const { key, keyNode, value } of source.entries(fields.get('vars'), 'vars')) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
        source.problem('value.type', keyNode, `"${key}" cannot be a variable's name: letters, digits and _ only.`);
        continue;
      }
      const text = source.text(value, `The value of ${key}`);
      if (text === undefined) continue;
      checkExpressions(source, value, text, reading.uses);
      reading.sets.add(key);
      vars[key] = text;
    }
    return { vars };
  },
  outcomes: () => ['ok'],
  enter: (given, { scope }) => {
    const vars = given['vars'] as Record<string, string>;
    const values: Record<string, FlowValue> = {};
    for (const [name, text] of Object.entries(vars)) values[name] = fill(text, scope);
    return { outcome: 'ok', set: values };
  },
};
