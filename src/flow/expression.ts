import type { Node } from 'yaml';
import type { Channel } from '../model/channel.ts';
import type { FlowValue, FlowValues } from '../model/event.ts';
import { suggestion } from './nearest.ts';
import type { Source } from './source.ts';

/** What expressions may name besides the flow's own variables. */
export const CONTACT_NAMES = ['contact.id', 'contact.from', 'contact.to', 'contact.channel'] as const;

/** Where the values come from while a flow runs. */
export type Scope = {
  readonly contact: { readonly id: string; readonly from: string; readonly to: string; readonly channel: Channel };
  readonly vars: FlowValues;
};

const PLACE = /\$\{\{\s*(.*?)\s*\}\}/g;
const NAME = /^(?:contact|vars)\.[A-Za-z_][A-Za-z0-9_]*$/;

/** Replaces every `${{ name }}` in a text. A name that has no value yet becomes nothing. */
export function fill(text: string, scope: Scope): string {
  if (!text.includes('${{')) return text;
  return text.replace(PLACE, (_, name: string) => String(lookUp(name, scope) ?? ''));
}

function lookUp(name: string, scope: Scope): FlowValue | undefined {
  const dot = name.indexOf('.');
  const field = name.slice(dot + 1);
  if (name.slice(0, dot) === 'contact') return scope.contact[field as keyof Scope['contact']];
  return Object.hasOwn(scope.vars, field) ? scope.vars[field] : undefined;
}

/** Checks all expressions of a text at load; the variables named are given to `uses`, to be compared with those that are set. */
export function checkExpressions(
  source: Source,
  node: Node | null | undefined,
  text: string,
  uses: VariableUses,
): void {
  const rest = text.replace(PLACE, (_, name: string) => {
    checkName(source, node, name, uses);
    return '';
  });
  if (rest.includes('${{')) {
    source.problem(
      'expression.invalid',
      node,
      'An expression begins with a dollar sign and two braces but has no end.',
    );
  }
}

function checkName(source: Source, node: Node | null | undefined, name: string, uses: VariableUses): void {
  if (!NAME.test(name)) {
    const message = `"${name}" is not a name such as vars.account or contact.from.`;
    return source.problem('expression.invalid', node, message);
  }
  if (name.startsWith('contact.') && !CONTACT_NAMES.some((known) => known === name)) {
    return source.problem('variable.unknown', node, `There is no "${name}". ${suggestion(name, CONTACT_NAMES)}`);
  }
  if (name.startsWith('vars.')) uses.push({ name: name.slice(5), node: node ?? null });
}

export type VariableUses = { name: string; node: Node | null }[];
