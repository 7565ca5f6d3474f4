/** What is wrong with an expression, found before it is used. */
export type ExpressionFault = {
  readonly code: 'expression.invalid' | 'expression.type' | 'variable.unknown' | 'expression.too_large';
  readonly message: string;
  /** Offset into the expression's text where the fault is, in characters. */
  readonly at: number;
  /** The name that is not known and those that are, for "did you mean". */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };
};

/** A fault on its way out of the tree; `check.ts` catches it. */
export class Faulty extends Error {
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    super(fault.message);
    this.fault = fault;
  }
}

export function faulty(
  code: ExpressionFault['code'],
  at: number,
  message: string,
  unknown?: ExpressionFault['unknown'],
): never {
  throw new Faulty(unknown ? { code, message, at, unknown } : { code, message, at });
}
