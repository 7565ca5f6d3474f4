import type { Node } from 'yaml';
import type { Flow, HandledOutcome } from '../model/flow-set.ts';
import { HANDLED_OUTCOMES } from '../model/flow-set.ts';
import { checkExpressions } from './checks/expressions.ts';
import { sensitiveVariables } from './checks/sensitive.ts';
import { checkTargets } from './checks/targets.ts';
import { FLOW_FIELDS } from './flow-fields.ts';
import type { Problem } from './problem.ts';
import { object, required } from './shape/object.ts';
import type { Shape } from './shape/shape.ts';
import { type Moved, Source } from './source.ts';
import { type ReadStep, readSteps } from './step-shape.ts';

const FLOW_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** A flow that was read, with where everything of it stands. */
export type ReadFlow = {
  readonly flow: Flow;
  readonly source: Source;
  readonly node: Node;
  readonly steps: ReadonlyMap<string, ReadStep>;
  /** False when a step could not be read, which has been told: what leads by way of it is not known. */
  readonly whole: boolean;
};

/** Steps are read by their types, which a schema says elsewhere (flow-schema.ts). */
const STEPS_READ: Shape<readonly ReadStep[]> = {
  read: (source, node) => readSteps(source, node),
  schema: () => ({}),
};
const MOVED: Moved = { max_steps: 'It stands under "limits" now: limits: { max_steps: ... }.' };
const FLOW = object({ ...FLOW_FIELDS, steps: required(STEPS_READ, 'The steps.', []) }, MOVED);

/** Reads one flow file. Problems are added to the list; undefined when there is no flow to speak of. */
export function readFlow(file: { path: string; text: string }, problems: Problem[]): ReadFlow | undefined {
  const source = new Source(file.path, file.text, problems);
  if (!source.root) return emptyFile(source, problems);
  const written = FLOW.read(source, source.root, 'A flow');
  if (!written) return undefined;
  const id = written.flow ?? flowNameOf(file.path);
  if (!FLOW_NAME.test(id)) {
    const message = `"${id}" cannot be a flow's name: letters, digits, - and _ only. A file may say "flow: other-name".`;
    source.problem('value.type', source.nodeAt(['flow']), message);
    return undefined;
  }
  const read = written.steps;
  const start = written.start ?? read[0]?.step.id;
  if (start === undefined) {
    const told = problems.some((problem) => problem.file === source.file);
    if (!told) source.problem('key.missing', source.nodeAt(['steps']), 'A flow needs at least one step.');
    return undefined;
  }
  const steps = new Map(read.map((step) => [step.step.id, step]));
  const flow: Flow = {
    id,
    ...(written.description === undefined ? {} : { description: written.description }),
    ...(written.language === undefined ? {} : { language: written.language }),
    start,
    limits: written.limits,
    steps: Object.fromEntries(read.map(({ step }) => [step.id, step])),
    on: handlersOf(written),
    ...(written.on_hangup === undefined ? {} : { onHangup: written.on_hangup }),
    keys: Object.fromEntries(written.keys.map(({ key, value }) => [key, value])),
    params: written.params,
    constants: written.constants,
    sensitive: sensitiveVariables(read),
  };
  const stepsNode = source.nodeIn(['steps']);
  const whole = source.entries(stepsNode, 'steps').length === steps.size;
  const found: ReadFlow = { flow, source, node: source.root, steps, whole };
  checkTargets(found);
  checkExpressions(found);
  return found;
}

function handlersOf(written: Readonly<Record<`on_${HandledOutcome}`, string | undefined>>): Flow['on'] {
  const given = HANDLED_OUTCOMES.flatMap((outcome) => {
    const step = written[`on_${outcome}`];
    return step === undefined ? [] : [[outcome, step] as const];
  });
  return Object.fromEntries(given);
}

function emptyFile(source: Source, problems: readonly Problem[]): undefined {
  const told = problems.some((problem) => problem.file === source.file);
  if (!told) source.problem('key.missing', null, 'The file is empty. A flow needs "steps".');
  return undefined;
}

/** `flows/main-menu.yaml` is the flow main-menu unless it says otherwise. */
export function flowNameOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}
