import { checkCondition } from '../../expression/check.ts';
import { ITEM_NAMES } from '../../expression/item-names.ts';
import { suggestion } from '../nearest.ts';
import { text } from '../shape/scalars.ts';
import type { Shape } from '../shape/shape.ts';
import { bare } from '../shape/template.ts';

/** A condition about the item, with or without `${{ }}` around it; read without, and checked at once. */
export const RULE_EXPRESSION: Shape<string> = {
  ...text(),
  read: (source, node, what) => {
    const written = text().read(source, node, what);
    if (written === undefined) return undefined;
    const { text: expression, at } = bare(written);
    const checked = checkCondition(expression, ITEM_NAMES);
    if (checked.ok) return expression.trim();
    const { code, message, at: inside, unknown } = checked.fault;
    const hint = unknown ? ` ${suggestion(unknown.name, unknown.known)}` : '';
    source.problemIn(code, node, at + inside, message + hint);
    return undefined;
  },
};
