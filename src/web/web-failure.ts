import { type Failure, failed } from '../model/failure.ts';
import type { WebFailureCode } from '../model/web.ts';

export type WebFailed = { readonly ok: false; readonly failure: Failure };

/** A failure of this room. The sentence stands in the journal, so it never holds a path, a query, a header's value or a body. */
export function webFailed(code: WebFailureCode, message: string, details?: Failure['details']): WebFailed {
  return failed(code, message, details);
}
