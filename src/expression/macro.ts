import type { ASTNode } from '@marcbachmann/cel-js';

/** A macro that goes through a list: the name of its variable, and what stands for each entry. */
export type Macro = {
  readonly name: 'all' | 'exists' | 'exists_one' | 'filter' | 'map';
  readonly list: ASTNode;
  readonly variable: ASTNode;
  readonly condition: ASTNode | null;
  readonly transform: ASTNode | null;
};

/** Undefined when a call is none, or has another number of arguments. */
export function macroOf(tree: ASTNode): Macro | undefined {
  if (tree.op !== 'rcall') return undefined;
  const [name, list, args] = tree.args;
  const [variable, first, second] = args;
  if (!variable || !first || args.length > 3) return undefined;
  switch (name) {
    case 'all':
    case 'exists':
    case 'exists_one':
    case 'filter':
      return second ? undefined : { name, list, variable, condition: first, transform: null };
    case 'map':
      return { name, list, variable, condition: second ? first : null, transform: second ?? first };
    default:
      return undefined;
  }
}

/** The parts of a tree that stand directly below it. */
export function partsOf(tree: ASTNode): readonly ASTNode[] {
  switch (tree.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [tree.args[0]];
    case '!_':
    case '-_':
      return [tree.args];
    case 'call':
      return tree.args[1];
    case 'rcall':
      return [tree.args[1], ...tree.args[2]];
    case 'map':
      return tree.args.flat();
    default:
      return tree.args;
  }
}

/** How many parts a tree has in all, itself included: the steps that one run through it is. */
export function stepsOf(tree: ASTNode): number {
  return partsOf(tree).reduce((sum, part) => sum + stepsOf(part), 1);
}
