import { checkExpression } from '../../expression/check.ts';
import type { ExpressionFault } from '../../expression/fault.ts';
import type { Names } from '../../expression/names.ts';
import { templateParts } from '../../expression/template.ts';
import type { ValueType } from '../../expression/value-type.ts';
import type { ReadFlow } from '../flow-file.ts';
import { KNOWN_NAMES } from '../names.ts';
import { suggestion } from '../nearest.ts';
import type { Note } from '../note.ts';
import { bare } from '../shape/template.ts';
import type { ReadStep } from '../step-shape.ts';
import { variablesIn } from './sensitive.ts';

type Written = Extract<Note, { what: 'template' | 'expression' }>;

/** Every expression of a flow: its grammar, its types, its names, and that nothing sensitive goes where it would be kept. */
export function checkExpressions(read: ReadFlow): void {
  const { source, steps } = read;
  const names = namesOf(read);
  const ofSteps = new Set<Note>();
  for (const step of steps.values()) {
    for (const note of step.notes) {
      ofSteps.add(note);
      if (note.what !== 'template' && note.what !== 'expression') continue;
      const own = step.kind.gives?.(step.step.with).result;
      const saved = note.what === 'template' && note.saved;
      // A step's own prompts and checks may use what was just entered.
      const result = saved || own ? { result: own ?? { fields: {} } } : {};
      // What is saved of an answer is worked out when it comes, and stands in the journal from then on.
      const kept = saved && step.kind.web !== undefined && !step.kind.sensitive?.(step.step.with);
      const written: Written = kept ? { ...note, goes: 'kept' } : note;
      check(read, written, { ...names, ...result, ...step.kind.names?.(step.step.with) });
    }
  }
  for (const note of source.notes) {
    if (!ofSteps.has(note) && (note.what === 'template' || note.what === 'expression')) check(read, note, names);
  }
}

function check(read: ReadFlow, note: Written, names: Names): void {
  const { source, flow } = read;
  const parts = note.what === 'template' ? expressionsIn(read, note) : [bare(note.text)];
  for (const { text, at } of parts) {
    const found = checkExpression(text, names);
    if (!found.ok) {
      source.problemIn(found.fault.code, note.node, at + found.fault.at, faultText(found.fault));
      continue;
    }
    if (note.what === 'expression' && note.yesNo && found.type !== 'yes_no' && found.type !== 'any') {
      const message = `This must give true or false, and gives ${SPOKEN[found.type]}. Compare it with something, as in "vars.tries > 3".`;
      source.problemIn('expression.type', note.node, at, message);
    }
    if (note.what !== 'template' || note.goes === 'used' || note.goes === 'sent') continue;
    const shown = variablesIn(text).find((name) => flow.sensitive.includes(name));
    if (shown === undefined) continue;
    const where = note.goes === 'told' ? 'spoken or shown' : 'kept';
    const message = `vars.${shown} holds sensitive input and must not be ${where}. It may be compared, and sent in the body of an http step.`;
    source.problemIn('sensitive.exposed', note.node, at, message);
  }
}

/** What is wrong, with the nearest known name where one is not known and no better one was found. */
function faultText({ message, unknown }: ExpressionFault): string {
  return unknown && !message.includes('Did you mean')
    ? `${message} ${suggestion(unknown.name, unknown.known)}`
    : message;
}

const SPOKEN: Readonly<Record<ValueType, string>> = {
  text: 'a text',
  number: 'a number',
  yes_no: 'true or false',
  list: 'a list',
  map: 'a map',
  time: 'a moment',
  any: 'anything',
};

function expressionsIn(
  { source }: ReadFlow,
  note: Extract<Written, { what: 'template' }>,
): { text: string; at: number }[] {
  const found = templateParts(note.text);
  if (!found.ok) {
    source.problemIn(found.fault.code, note.node, found.fault.at, found.fault.message);
    return [];
  }
  return found.parts.flatMap((part) => ('expression' in part ? [{ text: part.expression, at: part.at }] : []));
}

/** What expressions of the flow may name. A variable that is filled in several ways has the type that all have, or any. */
function namesOf({ flow, steps }: ReadFlow): Names {
  const types = new Map<string, ValueType>();
  const fill = (name: string, type: ValueType): void => {
    // The name of a variable that could not be read.
    if (name === '') return;
    const known = types.get(name);
    types.set(name, known === undefined || known === type ? type : 'any');
  };
  for (const [name, { default: otherwise }] of Object.entries(flow.params)) {
    fill(name, otherwise === undefined ? 'any' : typeOf(otherwise));
  }
  for (const step of steps.values()) for (const [name, type] of filledBy(step)) fill(name, type);
  const constants = Object.entries(flow.constants).map(([name, value]) => [name, typeOf(value)] as const);
  return {
    ...KNOWN_NAMES,
    vars: { fields: Object.fromEntries(types) },
    constants: { fields: Object.fromEntries(constants) },
  };
}

function filledBy({ kind, step }: ReadStep): [string, ValueType][] {
  const given = Object.entries(kind.gives?.(step.with).vars ?? {});
  const saved = Object.entries(step.save ?? {}).map(([name, text]): [string, ValueType] => [name, savedType(text)]);
  return [...given, ...saved];
}

/** A text that is one expression alone keeps the type of its value, which shows at run time only. */
function savedType(text: string): ValueType {
  const found = templateParts(text);
  return found.ok && found.parts.length === 1 && 'expression' in found.parts[0]! ? 'any' : 'text';
}

function typeOf(value: unknown): ValueType {
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes_no';
    default:
      return value === null ? 'any' : 'map';
  }
}
