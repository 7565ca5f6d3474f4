import type { Values } from '../../../model/value.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { optional } from '../../shape/object.ts';
import { wholeNumber } from '../../shape/scalars.ts';
import { EXPRESSION } from '../../shape/template.ts';
import { stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { roundsOf } from './rounds.ts';

const ROUNDS = { min: 1, max: 1000 };

/** Goes round: `again` so many times, or once for each entry of a list, and `done` then. Counts anew after that. */
export const loop = stepKind({
  type: 'loop',
  summary: 'Goes round a number of times, or once for each entry of a list.',
  fields: {
    max: optional(wholeNumber(ROUNDS), 'How often the outcome is `again`, at most.'),
    over: optional(EXPRESSION, 'A list: once for each of its entries.'),
    as: optional(VARIABLE, 'Beside `over`: the variable that holds the entry.'),
  },
  answers: false,
  needsCustomer: false,
  outcomes: () => ['again', 'done'],
  mustRoute: () => ['again'],
  gives: ({ as }) => ({
    vars: as === undefined ? {} : { [as]: 'any' },
    result: { fields: { round: 'number', item: 'any' } },
  }),
  copies: ({ over = '', as }) => (as === undefined ? {} : { [as]: over }),
  check: ({ max, over, as }, tell) => {
    if (max === undefined && over === undefined) {
      tell('key.missing', [], 'A loop step needs "max", or "over", a list.');
    }
    if (as !== undefined && over === undefined) {
      tell('key.conflict', ['as'], 'as holds an entry of the list "over", which is missing here.');
    }
  },
  enter: ({ max = ROUNDS.max, over, as }, context) => {
    const { variable, rounds } = roundsOf(context);
    const list = over === undefined ? undefined : (context.value(`\${{ ${over} }}`) ?? []);
    if (list !== undefined && !Array.isArray(list)) return refused('step.invalid', 'What a loop goes over is no list.');
    const finished = rounds >= max || (list !== undefined && rounds >= list.length);
    if (finished) return { outcome: 'done', set: { [variable]: 0 }, result: { round: rounds, item: null } };
    const item = list === undefined ? null : list[rounds];
    const set: Values = { [variable]: rounds + 1, ...(as === undefined ? {} : { [as]: item }) };
    return { outcome: 'again', set, result: { round: rounds + 1, item } };
  },
});
