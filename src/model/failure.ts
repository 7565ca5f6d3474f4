/** A failure that was expected, as a value: a stable code, a sentence for people, and what it is about. */
export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
};

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(code: string, message: string, details?: Failure['details']): { ok: false; failure: Failure } {
  return { ok: false, failure: details ? { code, message, details } : { code, message } };
}

/** What makes the failures of a room out of its table of codes and what each says to people. */
export function failuresOf<Code extends string>(
  table: Readonly<Record<Code, string>>,
): (code: Code, details?: Failure['details']) => { readonly ok: false; readonly failure: Failure } {
  return (code, details) => failed(code, table[code], details);
}
