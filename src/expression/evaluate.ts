import { failed, ok, type Result } from '../model/failure.ts';
import type { Value } from '../model/value.ts';
import { boundedCache } from './bounded-cache.ts';
import { structureFault } from './check.ts';
import { COMPILED_KEPT_MAX, STEPS_MAX } from './limits.ts';
import { parseExpression } from './parse.ts';
import { compile } from './run/compile.ts';
import { resultOf } from './run/result.ts';
import { NO_LOCALS, type Run } from './run/run.ts';
import { Stop, stop } from './run/work.ts';

/** Values by group, such as `{ contact: {...}, vars: {...} }`: JSON values, and Dates for times. */
export type Scope = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Works an expression out. Pure, bounded in time and size. What fails (division by zero, an index beyond a list, a text
 * that is no number) is a failure `expression.failed`; no text and no scope makes it throw.
 *
 * A name that is checked but has no value yet, a field that is not there, and null are *nothing*. Nothing takes the empty
 * value of what it stands beside: '' with text, 0 with a number, false as a condition, an empty list for `in` and macros.
 * So `vars.tries + 1` is 1 the first time, `vars.name + "!"` is "!", and no flow fails for it. Only `== null` and `has()`
 * tell nothing from an empty value. Nothing alone, or added to nothing, gives null.
 *
 * Numbers are one kind, whole or not: 7 / 2 is 3.5. One beyond 2^53 is a failure. Times and lengths of time leave as texts.
 */
export function evaluate(text: string, scope: Scope): Result<Value> {
  return settled(() => resultOf(run(text, scope)));
}

/** A condition; what is neither true, false nor nothing (which is false) is a failure. */
export function holds(text: string, scope: Scope): Result<boolean> {
  return settled(() => {
    const value = run(text, scope);
    if (typeof value === 'boolean') return value;
    return value === null || value === undefined ? false : stop('The condition gave neither true nor false.');
  });
}

const compiled = boundedCache(COMPILED_KEPT_MAX, (text): Run => {
  const parsed = parseExpression(text);
  if (!parsed.ok) return () => stop(parsed.fault.message);
  const fault = structureFault(text, parsed);
  return fault ? () => stop(fault.message) : compile(parsed.tree, NO_LOCALS);
});

function run(text: string, scope: Scope): unknown {
  const work = { scope, locals: [], steps: 0 };
  const value = compiled(text)(work);
  // One side of "||" may have decided although the other had already taken too much.
  return work.steps > STEPS_MAX ? stop('This takes too much work.') : value;
}

function settled<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Stop) return failed('expression.failed', error.message);
    throw error;
  }
}
