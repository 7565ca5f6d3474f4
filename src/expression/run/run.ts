import type { ASTNode } from '@marcbachmann/cel-js';
import { kindOf } from '../values/kind.ts';
import { stop, type Work } from './work.ts';

/** A part of an expression, ready to be worked out. */
export type Run = (work: Work) => unknown;

/** The macros' variables that can be seen from a place, each with its place among the locals of `Work`. */
export type Locals = { readonly places: ReadonlyMap<string, number>; readonly depth: number };
export const NO_LOCALS: Locals = { places: new Map(), depth: 0 };

/** Turns a part of the tree into what can be run; handed to the files that compile one kind of part. */
export type Compile = (tree: ASTNode, locals: Locals) => Run;

/** A condition; nothing counts as false. */
export function yesNo(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  return kindOf(value) === 'nothing' ? false : stop('A condition must be true or false.');
}
