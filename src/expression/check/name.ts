import type { ASTNode } from '@marcbachmann/cel-js';
import { faulty } from '../fault.ts';
import type { Kind } from '../values/kind.ts';
import type { Checking } from './checking.ts';

/** A name such as `vars.account`, or `vars["account"]`, as its group and its field; undefined for any other part. */
export function nameOf(
  tree: ASTNode,
  { locals }: Checking,
): { readonly group: ASTNode & { op: 'id' }; readonly field: string } | undefined {
  if (tree.op !== '.' && tree.op !== '[]') return undefined;
  const [group, field] = tree.args;
  if (group.op !== 'id' || locals.has(group.args)) return undefined;
  if (typeof field === 'string') return { group, field };
  return field.op === 'value' && typeof field.args === 'string' ? { group, field: field.args } : undefined;
}

/** The kind of a name that is known; the name is noted as used. */
export function checkName(checking: Checking, tree: ASTNode, group: ASTNode & { op: 'id' }, field: string): Kind {
  const { names, uses } = checking;
  if (!names) return 'any';
  const known = Object.hasOwn(names, group.args) ? names[group.args] : undefined;
  if (!known) return unknownGroup(checking, group);
  const name = `${group.args}.${field}`;
  if (Object.hasOwn(known.fields, field)) {
    uses.add(name);
    return known.fields[field]!;
  }
  if (!known.open) {
    const all = Object.keys(known.fields).map((one) => `${group.args}.${one}`);
    return faulty('variable.unknown', tree.start, `There is no "${name}".`, { name, known: all });
  }
  uses.add(name);
  return 'any';
}

/** A name that stands alone: the variable of a macro, or a mistake. */
export function checkAlone(checking: Checking, tree: ASTNode & { op: 'id' }): Kind {
  const { names, locals } = checking;
  const name = tree.args;
  const local = locals.get(name);
  if (local) return local;
  if (!names) return 'any';
  if (!Object.hasOwn(names, name)) return unknownGroup(checking, tree);
  return faulty('expression.invalid', tree.start, `"${name}" is a group of names: write ${name}.NAME.`);
}

function unknownGroup({ names, locals }: Checking, { args: name, start }: ASTNode & { op: 'id' }): never {
  const known = [...Object.keys(names ?? {}), ...locals.keys()];
  const vars = names && Object.hasOwn(names, 'vars') ? names['vars'] : undefined;
  const hint = vars && Object.hasOwn(vars.fields, name) ? ` Did you mean "vars.${name}"?` : ' A text stands in quotes.';
  return faulty('variable.unknown', start, `There is no "${name}".${hint}`, { name, known });
}
