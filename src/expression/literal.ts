import type { ASTNode } from '@marcbachmann/cel-js';

type Literal = Extract<ASTNode, { readonly op: 'value' }>['args'];

/** A value that stands in an expression. There is one kind of number, so the library's whole numbers become plain ones. */
export function literalOf(value: Literal): string | number | boolean | null | undefined {
  if (typeof value === 'bigint') return Number(value);
  // Bytes and unsigned numbers are refused when the expression is checked.
  return typeof value === 'object' && value !== null ? undefined : value;
}
