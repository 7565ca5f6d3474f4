import { isMap, type Node } from 'yaml';
import type { Step } from '../model/flow-set.ts';
import { COMMON_FIELDS, type CommonFields } from './common-fields.ts';
import { suggestion, withArticle } from './nearest.ts';
import type { Note } from './note.ts';
import { object } from './shape/object.ts';
import type { Shape, Tell } from './shape/shape.ts';
import type { Source } from './source.ts';
import type { StepKind, StepParameters } from './step-kind.ts';
import { STEPS } from './steps.ts';

/** Most steps of one flow. */
export const STEPS_MAX = 5000;
const STEP_NAME = /^[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}$/;

/** A step that was read, with where it stands and what it names. */
export type ReadStep = {
  readonly step: Step;
  readonly kind: StepKind;
  readonly keyNode: Node;
  readonly node: Node;
  readonly nextWritten: boolean;
  readonly notes: readonly Note[];
};

type Written = CommonFields & StepParameters;
const SHAPES = new Map<string, Shape<Written>>();

/** Everything that may stand in a step of one type. */
export function shapeOf(kind: StepKind): Shape<Written> {
  const known = SHAPES.get(kind.type);
  if (known) return known;
  const shape = object({ ...COMMON_FIELDS, ...kind.fields }) as Shape<Written>;
  SHAPES.set(kind.type, shape);
  return shape;
}

/** Reads the map of steps in the order of the file; those that cannot be used are left out, having been told. */
export function readSteps(source: Source, node: Node | null | undefined): ReadStep[] {
  const entries = source.entries(node, 'steps');
  if (entries.length > STEPS_MAX) {
    source.problem(
      'value.range',
      node,
      `A flow has at most ${STEPS_MAX} steps. Put some of them into flows of their own.`,
    );
  }
  return entries.slice(0, STEPS_MAX).flatMap(({ key, keyNode, value }, place) => {
    // A step without `next` goes on with the one that stands below it, as people read it.
    const step = readStep(source, key, keyNode, value, entries[place + 1]?.key);
    return step ? [step] : [];
  });
}

function readStep(
  source: Source,
  id: string,
  keyNode: Node,
  node: Node | null,
  below: string | undefined,
): ReadStep | undefined {
  if (!STEP_NAME.test(id)) {
    source.problem('value.type', keyNode, `"${id}" cannot be a step's name: letters, digits, space, - _ and . only.`);
  }
  const kind = kindOf(source, id, keyNode, node);
  if (!kind || !node) return undefined;
  const notesBefore = source.notes.length;
  const toldBefore = source.told;
  const written = shapeOf(kind).read(source, node, `${withArticle(kind.type)} step`);
  const notes = source.notes.slice(notesBefore);
  if (!written) return undefined;
  const { type: _, description: __, if: when, next: nextGiven, on, save, max_visits, tags, ...parameters } = written;
  const own = kind.given ? kind.given(parameters) : parameters;
  const tell: Tell = (code, path, message) => source.problem(code, source.nodeAt(path, node), message);
  // Parameters that could not be read are as if they were missing; what follows from that is no help.
  if (source.told === toldBefore) kind.check?.(own, tell);
  const next = nextGiven ?? (goesOnBelow(kind, own) ? below : undefined);
  const step: Step = {
    id,
    type: kind.type,
    with: own,
    on,
    ...(next === undefined ? {} : { next }),
    ...(when === undefined ? {} : { if: when }),
    ...(Object.keys(save).length === 0 ? {} : { save }),
    ...(max_visits === undefined ? {} : { maxVisits: max_visits }),
    ...(tags.length === 0 ? {} : { tags }),
    at: `${source.file}:${source.place(keyNode).line}`,
  };
  return { step, kind, keyNode, node, nextWritten: nextGiven !== undefined, notes };
}

/** Steps of which nothing follows do not lead to what happens to stand below them. */
function goesOnBelow(kind: StepKind, given: StepParameters): boolean {
  return kind.outcomes(given).length > 0 || kind.outcomesElsewhere === true;
}

function kindOf(source: Source, id: string, keyNode: Node, node: Node | null): StepKind | undefined {
  const raw = source.entries(node, `Step ${id}`);
  if (raw.length === 0 && !isMap(node)) return undefined;
  const typed = raw.find(({ key }) => key === 'type');
  if (!typed) {
    source.problem('key.missing', keyNode, `Step ${id} needs a "type".`);
    return undefined;
  }
  const type = source.text(typed.value, 'type');
  if (type === undefined) return undefined;
  const kind = STEPS.get(type);
  if (kind) return kind;
  const hint = suggestion(type, [...STEPS.keys()]);
  source.problem('step.type_unknown', typed.value, `There is no step type "${type}". ${hint}`);
  return undefined;
}
