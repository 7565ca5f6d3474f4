import { VARIABLE } from '../../shape/keys.ts';
import { optional, required } from '../../shape/object.ts';
import { reference } from '../../shape/reference.ts';
import { template } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';

/** Looks a key up in a table of the flows folder. */
export const lookup = stepKind({
  type: 'lookup',
  summary: 'Looks a key up in a table of the flows folder.',
  fields: {
    table: required(reference('table'), 'Name of a file in the flows folder, without `.table.yaml`.', ''),
    key: required(template('used'), 'What is looked for, letter for letter. May hold expressions.', ''),
    into: optional(VARIABLE, 'The variable for the row: one value, or a map by column. Nothing when it is not found.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['found', 'not_found'],
  gives: ({ into }) => ({
    vars: into === undefined ? {} : { [into]: 'any' },
    result: { fields: { key: 'text', row: 'any' } },
  }),
  enter: ({ table, key: written, into }, context) => {
    const rows = context.table(table);
    if (!rows) return refused('lookup.failed', `There is no table ${table}.`);
    const key = context.fill(written);
    const found = Object.hasOwn(rows, key);
    const row = found ? rows[key]! : null;
    return {
      outcome: found ? 'found' : 'not_found',
      ...(into === undefined ? {} : { set: { [into]: row } }),
      result: { key, row },
    };
  },
});
