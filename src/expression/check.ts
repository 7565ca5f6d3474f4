import { checkTree } from './check/tree.ts';
import { type ExpressionFault, Faulty } from './fault.ts';
import type { Names } from './names.ts';
import { type Parsed, parseExpression } from './parse.ts';
import type { ValueType } from './value-type.ts';
import { KIND_WORDS, type Kind } from './values/kind.ts';

export type Checked =
  | { readonly ok: true; readonly type: ValueType; readonly uses: readonly string[] }
  | { readonly ok: false; readonly fault: ExpressionFault };

/**
 * Checks one expression (the text between the braces) against the names. Gives the type of what `evaluate` will give, so
 * times and lengths of time, which become texts, are 'text'; and which names it uses, such as `vars.account`. Never throws.
 */
export function checkExpression(text: string, names: Names): Checked {
  const parsed = parseExpression(text);
  if (!parsed.ok) return parsed;
  const uses = new Set<string>();
  const checked = kindOfTree(text, parsed, names, uses);
  return typeof checked === 'string'
    ? { ok: true, type: typeOf(checked), uses: [...uses] }
    : { ok: false, fault: checked };
}

/** As `checkExpression`, for a place where true or false is asked for. */
export function checkCondition(text: string, names: Names): Checked {
  const checked = checkExpression(text, names);
  if (!checked.ok || checked.type === 'yes_no' || checked.type === 'any') return checked;
  const message = `This must be true or false, and is ${KIND_WORDS[checked.type]}. Compare it with something.`;
  return { ok: false, fault: { code: 'expression.type', message, at: 0 } };
}

/** What is wrong with an expression whatever its names mean; undefined: nothing. */
export function structureFault(text: string, parsed: Parsed & { ok: true }): ExpressionFault | undefined {
  const checked = kindOfTree(text, parsed, null, new Set());
  return typeof checked === 'string' ? undefined : checked;
}

function kindOfTree(
  text: string,
  { tree }: Parsed & { ok: true },
  names: Names | null,
  uses: Set<string>,
): Kind | ExpressionFault {
  try {
    return checkTree({ text, names, uses, locals: new Map(), nested: 0 }, tree);
  } catch (error) {
    if (error instanceof Faulty) return error.fault;
    throw error;
  }
}

function typeOf(kind: Kind): ValueType {
  if (kind === 'time' || kind === 'duration') return 'text';
  return kind === 'nothing' ? 'any' : kind;
}
