import { mapOf } from '../../shape/map-of.ts';
import { defaulted, required } from '../../shape/object.ts';
import { choice, wholeNumber } from '../../shape/scalars.ts';
import { stepKind } from '../../step-kind.ts';
import { stepIdOf } from './step-id.ts';

const WEIGHT = { min: 0, max: 1_000_000 };
const BRANCHES = {
  pattern: /^\S{1,64}$/,
  asked: 'a branch has 1 to 64 characters and no blank',
  entry: (key: string) => `The weight of ${key}`,
  max: 50,
};

/** Sends a share of the contacts each way: a trial of something new, or a share for another site. */
export const split = stepKind({
  type: 'split',
  summary: 'Sends a share of the contacts each way.',
  fields: {
    weights: required(
      mapOf(BRANCHES, wholeNumber(WEIGHT)),
      'Outcomes and their weights, such as `{ new: 20, old: 80 }`; each gets its part of the sum.',
      {},
    ),
    sticky_by: defaulted(
      choice(['caller', 'contact']),
      'contact',
      'Who gets the same outcome each time: everybody who comes from one address, or one contact.',
    ),
  },
  answers: false,
  needsCustomer: false,
  outcomes: ({ weights }) => Object.keys(weights),
  check: ({ weights }, tell) => {
    if (Object.values(weights).every((weight) => weight === 0)) {
      tell('value.range', ['weights'], 'A split step needs at least one weight above 0.');
    }
  },
  gives: () => ({ result: { fields: { branch: 'text' } } }),
  enter: ({ weights, sticky_by: by }, context) => {
    const { id, from } = context.scope['contact'] ?? {};
    const flowId = String(context.scope['flow']?.['id'] ?? '');
    const drawn = context.draw(String(by === 'caller' ? from : id), flowId, stepIdOf(context));
    const outcome = branchAt(Object.entries(weights), drawn);
    return { outcome, result: { branch: outcome } };
  },
});

/** The branch into whose part of the sum a number from 0 to 1 falls. */
function branchAt(weights: readonly (readonly [string, number])[], drawn: number): string {
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  let left = drawn * sum;
  for (const [branch, weight] of weights) {
    left -= weight;
    if (left < 0) return branch;
  }
  return weights.at(-1)![0];
}
