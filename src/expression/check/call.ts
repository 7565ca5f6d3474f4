import type { ASTNode } from '@marcbachmann/cel-js';
import { faulty } from '../fault.ts';
import type { ExpressionFunction } from '../functions/function.ts';
import { FUNCTION_NAMES, functionNamed } from '../functions/functions.ts';
import { KIND_WORDS, type Kind } from '../values/kind.ts';
import type { Side } from './operator.ts';

/** The function that a call names, unless there is none. */
export function calledFunction(tree: ASTNode & { op: 'call' | 'rcall' }): ExpressionFunction {
  const name = tree.args[0];
  const called = functionNamed(name);
  if (called) return called;
  const at = tree.op === 'rcall' ? tree.input.indexOf(name, tree.args[1].end) : tree.start;
  return faulty('expression.invalid', at, `There is no function "${name}".`, { name, known: FUNCTION_NAMES });
}

/** What a call gives, or a fault about its arguments. */
export function checkCall(called: ExpressionFunction, tree: ASTNode, args: readonly Side[]): Kind {
  const { takes, needs = takes.length, signature } = called;
  if (args.length < needs || args.length > takes.length) {
    return faulty('expression.invalid', tree.start, `${called.name}() is written ${signature}.`);
  }
  for (const [i, arg] of args.entries()) checkArgument(called, arg, takes[i]!);
  checkLiteral(called, args);
  return called.gives;
}

function checkArgument({ name }: ExpressionFunction, { kind, written, tree }: Side, takes: readonly Kind[]): void {
  if (kind === 'any' || kind === 'nothing' || takes.includes(kind)) return;
  const asked = takes.map((one) => KIND_WORDS[one]).join(' or ');
  const hint = takes.includes('text') && kind === 'number' ? ` Write string(${written}).` : '';
  faulty('expression.type', tree.start, `${name}() takes ${asked}; ${written} is ${KIND_WORDS[kind]}.${hint}`);
}

function checkLiteral({ name, literal }: ExpressionFunction, args: readonly Side[]): void {
  const tree = literal && args[literal.argument]?.tree;
  if (!literal || !tree) return;
  if (tree.op === 'value' && typeof tree.args === 'string') {
    const wrong = literal.wrong(tree.args);
    if (wrong !== undefined) faulty('expression.invalid', tree.start, wrong);
  } else if (literal.must) {
    faulty(
      'expression.invalid',
      tree.start,
      `${name}() takes a pattern that stands in quotes, so that it can be checked beforehand.`,
    );
  }
}
