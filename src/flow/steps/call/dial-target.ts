import { dialledNumber } from '../../../model/call/dialled-number.ts';
import type { LegTarget } from '../../../model/call/leg.ts';
import { byKind } from '../../shape/by-kind.ts';
import { object, optional } from '../../shape/object.ts';
import { text } from '../../shape/scalars.ts';
import { checked, mapped, type Shape } from '../../shape/shape.ts';
import { template } from '../../shape/template.ts';
import type { StepContext } from '../../step-kind.ts';
import { AGENT_OR_EXPRESSION } from '../waiting/queue-shapes.ts';

/** Who is dialled, as it is written; texts may hold expressions. */
export type WrittenTarget = { readonly to: (typeof WAYS)[number]; readonly name: string };

const WAYS = ['number', 'agent', 'extension', 'sip'] as const;
const KEPT = template('kept');

/** A number; one that is written as it is must be one. */
const NUMBER: Shape<string> = {
  ...KEPT,
  read: (source, node, what) => {
    const number = KEPT.read(source, node, what);
    if (number === undefined || number.includes('${{') || isNumber(number)) return number;
    source.problem(
      'value.type',
      node,
      `${what} cannot be "${number}": a number has 3 to 15 digits, and a plus in front if need be.`,
    );
    return undefined;
  },
};

/** An extension of an agent. Which one an expression gives shows only when the contact is here. */
const EXTENSION: Shape<string> = {
  ...KEPT,
  read: (source, node, what) => {
    const extension = text().read(source, node, what);
    if (extension?.includes('${{')) return KEPT.read(source, node, what);
    if (extension !== undefined) source.note({ what: 'extension', name: extension, node: node ?? null });
    return extension;
  },
};

/** A number, or a map of one key that says what it is. */
export const DIAL_TARGET: Shape<WrittenTarget> = byKind({
  scalar: mapped(NUMBER, (name): WrittenTarget => ({ to: 'number', name })),
  map: mapped(
    checked(
      object({
        number: optional(NUMBER, 'A number of the public network.'),
        agent: optional(AGENT_OR_EXPRESSION, 'An agent. May be an expression.'),
        extension: optional(EXTENSION, 'The extension of an agent.'),
        sip: optional(KEPT, 'A SIP address. Not available yet: only trunks lead to the outside.'),
      }),
      (written, tell) => {
        const said = WAYS.filter((way) => written[way] !== undefined);
        if (said.length !== 1) tell('key.conflict', [], `Somebody who is dialled has one of: ${WAYS.join(', ')}.`);
      },
    ),
    (written): WrittenTarget => {
      const to = WAYS.find((way) => written[way] !== undefined) ?? 'number';
      return { to, name: written[to] ?? '' };
    },
  ),
});

/** Whom that is for this contact; undefined: there is nobody of that name, and a number is none. */
export function legTarget({ to, name }: WrittenTarget, context: StepContext): LegTarget | undefined {
  const { agents } = context.site;
  const filled = context.fill(name).trim();
  switch (to) {
    case 'agent':
      return Object.hasOwn(agents, filled) ? { to: 'agent', agentId: filled } : undefined;
    case 'extension': {
      const agent = Object.values(agents).find(({ extension }) => extension === filled);
      return agent && { to: 'agent', agentId: agent.id };
    }
    case 'number':
      return isNumber(filled) ? { to: 'number', number: filled } : undefined;
    case 'sip':
      return undefined;
  }
}

/** Whether it could be one; the rules of the site say whether it may be dialled. */
function isNumber(written: string): boolean {
  return dialledNumber(written, '') !== undefined;
}
