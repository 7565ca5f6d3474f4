import type { Destination } from '../note.ts';
import { text } from './scalars.ts';
import type { Shape } from './shape.ts';

/** A text in which every `${{ expression }}` is replaced; it is checked when all variables of the flow are known. */
export function template(goes: Destination): Shape<string> {
  const plain = text();
  return {
    ...plain,
    read: (source, node, what) => {
      const found = plain.read(source, node, what);
      if (found?.includes('${{')) source.note({ what: 'template', text: found, node: node ?? null, goes });
      // What is sent may be a template of the other system's own.
      const bare = found === undefined || goes === 'sent' ? null : WITHOUT_DOLLAR.exec(found);
      if (bare) source.problemIn('yaml.template', node, bare.index + bare[1]!.length, NO_DOLLAR);
      return found;
    },
  };
}

const WITHOUT_DOLLAR = /(^|[^$])\{\{[^{}]*\}\}/;
const NO_DOLLAR = `These braces stay as they are. To put a value here write \${{ name }}, with the dollar sign.`;

/** A template that may use the `result` of its step. */
export const SAVED: Shape<string> = {
  ...text(),
  read: (source, node, what) => {
    const found = text().read(source, node, what);
    if (found?.includes('${{'))
      source.note({ what: 'template', text: found, node: node ?? null, goes: 'used', saved: true });
    return found;
  },
};

/** An expression that must give true or false, with or without `${{ }}` around it. Read without. */
export const CONDITION = expression(true);
/** An expression of any type, with or without `${{ }}` around it. Read without. */
export const EXPRESSION = expression(false);

const BRACES = /^\s*\$\{\{([\s\S]*)\}\}\s*$/;

function expression(yesNo: boolean): Shape<string> {
  const plain = text();
  return {
    ...plain,
    read: (source, node, what) => {
      const found = plain.read(source, node, what);
      if (found === undefined) return undefined;
      const bare = BRACES.exec(found)?.[1] ?? found;
      source.note({ what: 'expression', text: found, node: node ?? null, yesNo });
      return bare.trim();
    },
  };
}

/** The expression of a text, without the braces that people may put around it. */
export function bare(written: string): { readonly text: string; readonly at: number } {
  const inside = BRACES.exec(written)?.[1];
  if (inside === undefined) return { text: written, at: 0 };
  return { text: inside, at: written.indexOf(inside) };
}
