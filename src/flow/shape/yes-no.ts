import { isScalar } from 'yaml';
import type { Shape } from './shape.ts';

/** `true` or `false`. */
export const YES_NO: Shape<boolean> = {
  read: (source, node, what) => {
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    source.problem('value.choice', node, `${what} can only be true or false.`);
    return undefined;
  },
  schema: () => ({ type: 'boolean' }),
};
