import type { ExpressionFunction } from '../functions/function.ts';
import { emptyOf, KIND_WORDS, type Kind, kindOf } from '../values/kind.ts';
import type { Run } from './run.ts';
import { costOf, spend, stop, type Work } from './work.ts';

/** A call of a function with arguments whose number was checked already. */
export function compileFunction(called: ExpressionFunction, args: readonly Run[]): Run {
  const { name, takes, run } = called;
  return (work) => {
    const values = args.map((arg, i) => argument(name, takes[i]!, arg(work), work));
    return run(values, work);
  };
}

/** An argument of one of the kinds that the function takes; nothing is the empty value of the first of them. */
function argument(name: string, kinds: readonly Kind[], value: unknown, work: Work): unknown {
  spend(work, costOf(value));
  const kind = kindOf(value);
  if (kinds.includes(kind)) return value;
  const empty = kind === 'nothing' ? emptyOf(kinds[0]!) : undefined;
  if (empty !== undefined) return empty;
  return stop(`${name}() takes ${kinds.map((one) => KIND_WORDS[one]).join(' or ')}, not ${KIND_WORDS[kind]}.`);
}
