import type { ASTNode } from '@marcbachmann/cel-js';
import { functionNamed } from '../functions/functions.ts';
import { literalOf } from '../literal.ts';
import { macroOf } from '../macro.ts';
import { KIND_WORDS, kindOf } from '../values/kind.ts';
import { compileFunction } from './call.ts';
import { compileMacro } from './macro.ts';
import { asNumber, type BinaryOperator, number, OPERATIONS } from './operators.ts';
import { type Locals, type Run, yesNo } from './run.ts';
import { Stop, stop, type Work } from './work.ts';

type Json = Readonly<Record<string, unknown>>;

/** Turns a checked tree into functions that call each other, once, so that working it out reads no tree. */
export function compile(tree: ASTNode, locals: Locals): Run {
  switch (tree.op) {
    case 'value': {
      const value = literalOf(tree.args);
      return () => value;
    }
    case 'id':
      return compileName(tree.args, locals);
    case '.':
      return compileField(tree.args[0], tree.args[1], locals);
    case '[]':
      return compileIndex(tree.args[0], tree.args[1], locals);
    case 'list': {
      const entries = tree.args.map((entry) => compile(entry, locals));
      return (work) => entries.map((entry) => entry(work));
    }
    case 'map': {
      const entries = tree.args.map(([key, value]) => [compile(key, locals), compile(value, locals)] as const);
      return (work) => Object.fromEntries(entries.map(([key, value]) => [keyOf(key(work)), value(work)]));
    }
    case '?:': {
      const [condition, then, otherwise] = tree.args.map((part) => compile(part, locals)) as [Run, Run, Run];
      return (work) => (yesNo(condition(work)) ? then(work) : otherwise(work));
    }
    case '&&':
      return compileLogical(tree.args, false, locals);
    case '||':
      return compileLogical(tree.args, true, locals);
    case '!_': {
      const value = compile(tree.args, locals);
      return (work) => !yesNo(value(work));
    }
    case '-_': {
      const value = compile(tree.args, locals);
      return (work) => number(-asNumber(value(work), '-'));
    }
    case 'call':
      return compileCall(tree.args[0], tree.args[1], locals);
    case 'rcall': {
      const macro = macroOf(tree);
      return macro
        ? compileMacro(macro, locals, compile)
        : compileCall(tree.args[0], [tree.args[1], ...tree.args[2]], locals);
    }
    case '.?':
    case '[?]':
      return () => stop('Optional fields are not part of this language.');
    default:
      return compileBinary(tree.op, tree.args, locals);
  }
}

function compileName(name: string, { places }: Locals): Run {
  const place = places.get(name);
  if (place !== undefined) return (work) => work.locals[place];
  return (work) => (Object.hasOwn(work.scope, name) ? work.scope[name] : null);
}

/** A name such as `vars.account` is looked up in two steps without anything in between. */
function compileField(of: ASTNode, field: string, locals: Locals): Run {
  if (of.op === 'id' && !locals.places.has(of.args)) {
    const group = of.args;
    return ({ scope }) => {
      const values = Object.hasOwn(scope, group) ? scope[group] : undefined;
      return values && Object.hasOwn(values, field) ? values[field] : null;
    };
  }
  const value = compile(of, locals);
  return (work) => fieldOf(value(work), field);
}

/** A field that is not there is nothing, so that an answer with a part missing does not end a flow. */
function fieldOf(value: unknown, field: string): unknown {
  const kind = kindOf(value);
  if (kind === 'map') return Object.hasOwn(value as Json, field) ? (value as Json)[field] : null;
  return kind === 'nothing'
    ? null
    : stop(`".${field}" asks for a field of ${KIND_WORDS[kind]}; only maps have fields.`);
}

function compileIndex(of: ASTNode, at: ASTNode, locals: Locals): Run {
  const value = compile(of, locals);
  const index = compile(at, locals);
  return (work) => {
    const from = value(work);
    const wanted = index(work);
    if (from === null || from === undefined) return null;
    if (!Array.isArray(from)) return fieldOf(from, keyOf(wanted));
    const place = asNumber(wanted, '[ ]');
    if (Number.isInteger(place) && place >= 0 && place < from.length) return from[place];
    return stop(`The list has ${from.length} entries, counted from 0, and none at ${place}.`);
  };
}

function keyOf(value: unknown): string {
  return typeof value === 'string' ? value : stop('The keys of a map are texts.');
}

/** One side that decides is enough, as CEL has it: a failure on the other side does not count then. */
function compileLogical(sides: readonly [ASTNode, ASTNode], decides: boolean, locals: Locals): Run {
  const [left, right] = [compile(sides[0], locals), compile(sides[1], locals)];
  return (work) => {
    try {
      if (yesNo(left(work)) === decides) return decides;
    } catch (failure) {
      if (failure instanceof Stop && yesNo(right(work)) === decides) return decides;
      throw failure;
    }
    return yesNo(right(work));
  };
}

function compileBinary(operator: BinaryOperator, sides: readonly [ASTNode, ASTNode], locals: Locals): Run {
  const [left, right] = [compile(sides[0], locals), compile(sides[1], locals)];
  const isNull = (side: ASTNode): boolean => side.op === 'value' && side.args === null;
  if ((operator === '==' || operator === '!=') && sides.some(isNull)) {
    // "== null" asks whether there is a value at all; 0 and the empty text are values.
    const value = isNull(sides[0]) ? right : left;
    return (work) => (kindOf(value(work)) === 'nothing') === (operator === '==');
  }
  const operation = OPERATIONS[operator];
  return (work: Work) => operation(left(work), right(work), work);
}

function compileCall(name: string, args: readonly ASTNode[], locals: Locals): Run {
  const runs = args.map((arg) => compile(arg, locals));
  if (name === 'has') return (work) => kindOf(runs[0]!(work)) !== 'nothing';
  return compileFunction(functionNamed(name)!, runs);
}
