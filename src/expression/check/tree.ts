import type { ASTNode } from '@marcbachmann/cel-js';
import { faulty } from '../fault.ts';
import { MACROS_NESTED_MAX } from '../limits.ts';
import { literalOf } from '../literal.ts';
import { type Macro, macroOf } from '../macro.ts';
import type { BinaryOperator } from '../run/operators.ts';
import { KIND_WORDS, type Kind, kindOf } from '../values/kind.ts';
import { calledFunction, checkCall } from './call.ts';
import type { Checking } from './checking.ts';
import { checkAlone, checkName, nameOf } from './name.ts';
import { checkOperator, type Side } from './operator.ts';

/** The kind that a part of an expression gives; throws a `Faulty` at the first thing that is wrong. */
export function checkTree(checking: Checking, tree: ASTNode): Kind {
  switch (tree.op) {
    case 'value':
      return checkValue(tree);
    case 'id':
      return checkAlone(checking, tree);
    case '.':
    case '[]':
      return checkAccess(checking, tree);
    case 'list':
      for (const entry of tree.args) checkTree(checking, entry);
      return 'list';
    case 'map':
      return checkMap(checking, tree.args);
    case '?:': {
      condition(checking, tree.args[0]);
      const [then, otherwise] = [checkTree(checking, tree.args[1]), checkTree(checking, tree.args[2])];
      return then === otherwise ? then : 'any';
    }
    case '&&':
    case '||':
      for (const side of tree.args) condition(checking, side);
      return 'yes_no';
    case '!_':
      condition(checking, tree.args);
      return 'yes_no';
    case '-_':
      return checkNegative(sideOf(checking, tree.args));
    case 'call':
      return tree.args[0] === 'has' ? checkHas(checking, tree, tree.args[1]) : call(checking, tree, tree.args[1]);
    case 'rcall': {
      const macro = macroOf(tree);
      return macro ? checkMacro(checking, macro) : call(checking, tree, [tree.args[1], ...tree.args[2]]);
    }
    case '.?':
    case '[?]':
      return faulty('expression.invalid', tree.start, 'A field that is not there reads as nothing: write "." alone.');
    default:
      return checkBinary(checking, tree);
  }
}

type Binary = Extract<ASTNode, { readonly op: BinaryOperator }>;

function sideOf(checking: Checking, tree: ASTNode): Side {
  return { kind: checkTree(checking, tree), written: checking.text.slice(tree.start, tree.end), tree };
}

function checkValue(tree: ASTNode & { op: 'value' }): Kind {
  const value = literalOf(tree.args);
  if (value === undefined) {
    return faulty('expression.invalid', tree.start, 'Bytes and unsigned numbers are not part of this language.');
  }
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const message = `A number beyond ${Number.MAX_SAFE_INTEGER} would not be exact. Write digits as a text, in quotes.`;
    return faulty('expression.invalid', tree.start, message);
  }
  return kindOf(value);
}

function checkAccess(checking: Checking, tree: ASTNode & { op: '.' | '[]' }): Kind {
  const name = nameOf(tree, checking);
  if (name) return checkName(checking, tree, name.group, name.field);
  const of = sideOf(checking, tree.args[0]);
  const index = tree.args[1];
  if (typeof index !== 'string') checkIndex(checking, of, index);
  else if (!['map', 'any', 'nothing'].includes(of.kind)) {
    faulty('expression.type', tree.pos, `".${index}" asks for a field; ${of.written} is ${KIND_WORDS[of.kind]}.`);
  }
  return 'any';
}

function checkIndex(checking: Checking, of: Side, index: ASTNode): void {
  const { kind, written } = sideOf(checking, index);
  if (!['map', 'list', 'any', 'nothing'].includes(of.kind)) {
    faulty('expression.type', index.start, `"[ ]" takes from a list or map; ${of.written} is ${KIND_WORDS[of.kind]}.`);
  }
  const asked = of.kind === 'list' ? 'number' : of.kind === 'map' ? 'text' : kind;
  if (kind === 'any' || kind === asked) return;
  const message = `The entries of ${KIND_WORDS[of.kind]} are asked for by ${KIND_WORDS[asked]}; ${written} is ${KIND_WORDS[kind]}.`;
  faulty('expression.type', index.start, message);
}

function checkMap(checking: Checking, entries: readonly (readonly [ASTNode, ASTNode])[]): Kind {
  for (const [key, value] of entries) {
    const { kind, written } = sideOf(checking, key);
    if (kind !== 'text' && kind !== 'any') {
      faulty('expression.type', key.start, `The keys of a map are texts; ${written} is ${KIND_WORDS[kind]}.`);
    }
    checkTree(checking, value);
  }
  return 'map';
}

function condition(checking: Checking, tree: ASTNode): void {
  const { kind, written } = sideOf(checking, tree);
  if (kind === 'yes_no' || kind === 'any' || kind === 'nothing') return;
  const hint = kind === 'text' ? ` Write ${written} != "".` : kind === 'number' ? ` Write ${written} != 0.` : '';
  faulty('expression.type', tree.start, `A condition is true or false; ${written} is ${KIND_WORDS[kind]}.${hint}`);
}

function checkNegative({ kind, written, tree }: Side): Kind {
  if (kind === 'number' || kind === 'any' || kind === 'nothing') return 'number';
  return faulty('expression.type', tree.start, `"-" needs a number; ${written} is ${KIND_WORDS[kind]}.`);
}

function checkHas(checking: Checking, tree: ASTNode, args: readonly ASTNode[]): Kind {
  const [field] = args;
  if (args.length !== 1 || (field?.op !== '.' && field?.op !== '[]')) {
    return faulty('expression.invalid', tree.start, 'has() takes a name such as vars.account.');
  }
  checkTree(checking, field);
  return 'yes_no';
}

function call(checking: Checking, tree: ASTNode & { op: 'call' | 'rcall' }, args: readonly ASTNode[]): Kind {
  const called = calledFunction(tree);
  return checkCall(
    called,
    tree,
    args.map((arg) => sideOf(checking, arg)),
  );
}

function checkMacro(checking: Checking, macro: Macro): Kind {
  const { name, list, variable } = macro;
  const of = sideOf(checking, list);
  if (!['list', 'map', 'any', 'nothing'].includes(of.kind)) {
    faulty(
      'expression.type',
      list.start,
      `${name}() goes through a list or map; ${of.written} is ${KIND_WORDS[of.kind]}.`,
    );
  }
  const nested = checking.nested + 1;
  if (nested > MACROS_NESTED_MAX) {
    faulty(
      'expression.too_large',
      variable.start,
      `Calls such as ${name}() stand in each other more than ${MACROS_NESTED_MAX} deep.`,
    );
  }
  const entry = variable.op === 'id' ? variable.args : '';
  const inside = {
    ...checking,
    nested,
    locals: new Map(checking.locals).set(entry, of.kind === 'map' ? 'text' : 'any'),
  };
  if (macro.condition) condition(inside, macro.condition);
  if (macro.transform) checkTree(inside, macro.transform);
  return name === 'filter' || name === 'map' ? 'list' : 'yes_no';
}

function checkBinary(checking: Checking, tree: Binary): Kind {
  const [left, right] = tree.args;
  const sides = [sideOf(checking, left), sideOf(checking, right)] as const;
  const kind = checkOperator(tree.op, tree.start, ...sides);
  if (tree.op === 'in' && right.op === 'list') {
    for (const entry of right.args) checkOperator('==', entry.start, sides[0], sideOf(checking, entry));
  }
  return kind;
}
