import { isMap, type Node } from 'yaml';
import type { Flow, Step } from '../model/flow-set.ts';
import { suggestion } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Reading } from './reading.ts';
import { Source } from './source.ts';
import { STEPS } from './steps.ts';
import { wholeNumber } from './values.ts';

const FLOW_KEYS = ['flow', 'description', 'language', 'start', 'max_steps', 'steps'];
const COMMON_KEYS = ['type', 'description', 'next', 'on'];
const MAX_STEPS = 1000;
/** Far below the most decisions that one event may bring about (controller/decide.ts). */
const MAX_STEPS_LIMIT = 10_000;
const STEP_NAME = /^[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}$/;
const FLOW_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** A flow that was read, with what it names outside itself. */
export type ReadFlow = { readonly flow: Flow; readonly reading: Reading; readonly node: Node | null };

/** Reads one flow file. Problems are added to the list; undefined when there is no flow to speak of. */
export function readFlow(
  file: { path: string; text: string },
  site: Pick<Reading, 'language' | 'recordings' | 'unplayable'>,
  problems: Problem[],
): ReadFlow | undefined {
  const source = new Source(file.path, file.text, problems);
  if (!source.root) return emptyFile(source, problems);
  const fields = source.fields(source.root, 'A flow', FLOW_KEYS);
  const id = fields.has('flow') ? source.text(fields.get('flow'), 'flow') : baseName(file.path);
  const language = (fields.has('language') && source.text(fields.get('language'), 'language')) || site.language;
  const reading: Reading = {
    source,
    language,
    recordings: site.recordings,
    unplayable: site.unplayable,
    uses: [],
    sets: new Set(),
    targets: [],
    steps: new Map(),
    queues: [],
    skills: [],
    agents: [],
    calendars: [],
    labels: [],
  };
  if (!fields.has('steps')) {
    source.problem('key.missing', source.root, 'A flow needs "steps", a map of step names and steps.');
    return undefined;
  }
  const nodes = source.entries(fields.get('steps'), 'steps');
  const steps = readSteps(reading, nodes);
  const start = fields.has('start') ? source.text(fields.get('start'), 'start') : nodes[0]?.key;
  if (id !== undefined && !FLOW_NAME.test(id)) {
    const message = `"${id}" cannot be a flow's name: letters, digits, - and _ only. A file may say "flow: other-name".`;
    source.problem('value.type', fields.get('flow') ?? source.root, message);
  }
  if (start === undefined || id === undefined) {
    source.problem('key.missing', fields.get('steps') ?? source.root, 'A flow needs at least one step.');
    return undefined;
  }
  if (fields.has('start')) reading.targets.push({ name: start, node: fields.get('start') ?? null, from: '' });
  checkTargets(reading, nodes, steps, start);
  checkVariables(reading);
  const maxSteps = fields.has('max_steps')
    ? wholeNumber(source, fields.get('max_steps'), 'max_steps', { min: 1, max: MAX_STEPS_LIMIT })
    : undefined;
  return { flow: { id, language, start, maxSteps: maxSteps ?? MAX_STEPS, steps }, reading, node: source.root };
}

function emptyFile(source: Source, problems: Problem[]): undefined {
  const told = problems.some((problem) => problem.file === source.file);
  if (!told) source.problem('key.missing', null, 'The file is empty. A flow needs "steps".');
  return undefined;
}

function readSteps(reading: Reading, nodes: ReturnType<Source['entries']>): Record<string, Step> {
  const steps: Record<string, Step> = {};
  nodes.forEach(({ key, keyNode, value }, place) => {
    // A step without `next` goes on with the one that stands below it, as people read it.
    const step = readStep(reading, key, keyNode, value, nodes[place + 1]?.key);
    if (step) steps[key] = step;
  });
  return steps;
}

function readStep(
  reading: Reading,
  id: string,
  keyNode: Node,
  node: Node | null,
  below: string | undefined,
): Step | undefined {
  const { source } = reading;
  if (!STEP_NAME.test(id)) {
    source.problem('value.type', keyNode, `"${id}" cannot be a step's name: letters, digits, space, - _ and . only.`);
  }
  const raw = new Map(source.entries(node, `Step ${id}`).map((entry) => [entry.key, entry.value]));
  if (raw.size === 0 && !isMap(node)) return undefined;
  const type = raw.has('type') ? source.text(raw.get('type'), 'type') : undefined;
  const kind = type === undefined ? undefined : STEPS.get(type);
  if (!kind) {
    if (!raw.has('type')) source.problem('key.missing', keyNode, `Step ${id} needs a "type".`);
    else if (type !== undefined) {
      const hint = suggestion(type, [...STEPS.keys()]);
      source.problem('step.type_unknown', raw.get('type'), `There is no step type "${type}". ${hint}`);
    }
    return undefined;
  }
  const fields = source.fields(node, `A ${kind.type} step`, [...COMMON_KEYS, ...kind.parameters]);
  const given = kind.read(reading, fields, node!, id);
  const on: Record<string, string> = {};
  for (const entry of fields.has('on') ? source.entries(fields.get('on'), 'on') : []) {
    const target = source.text(entry.value, `The step of outcome ${entry.key}`);
    const outcomes = kind.outcomes(given);
    if (!outcomes.includes(entry.key)) {
      const hint = suggestion(entry.key, outcomes);
      source.problem('outcome.unknown', entry.keyNode, `A ${kind.type} step has no outcome "${entry.key}". ${hint}`);
    } else if (target !== undefined) {
      on[entry.key] = target;
      reading.targets.push({ name: target, node: entry.value, from: id });
    }
  }
  const written = fields.has('next') ? source.text(fields.get('next'), 'next') : undefined;
  const next = written ?? below;
  reading.steps.set(id, { node: keyNode, nextWritten: written !== undefined });
  if (next !== undefined && (kind.type !== 'hangup' || written !== undefined)) {
    reading.targets.push({ name: next, node: fields.get('next') ?? null, from: id });
  }
  const at = `${source.file}:${source.place(keyNode).line}`;
  return { id, type: kind.type, with: given, on, at, ...(next === undefined ? {} : { next }) };
}

function checkTargets(
  reading: Reading,
  nodes: ReturnType<Source['entries']>,
  steps: Record<string, Step>,
  start: string,
): void {
  const { source } = reading;
  const names = nodes.map((entry) => entry.key);
  for (const target of reading.targets) {
    if (names.includes(target.name)) continue;
    const message = `There is no step "${target.name}" in this flow. ${suggestion(target.name, names)}`;
    source.problem('step.unknown', target.node, message);
  }
  const reached = new Set([start]);
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const { name } of reading.targets.filter((target) => target.from === from)) {
      if (!reached.has(name)) open.push(name);
      reached.add(name);
    }
  }
  for (const { key, keyNode } of nodes) {
    if (steps[key] && !reached.has(key)) {
      source.problem('step.unreachable', keyNode, `No step leads to "${key}". Name it in a "next" or remove it.`);
    }
  }
}

function checkVariables(reading: Reading): void {
  for (const { name, node } of reading.uses) {
    if (reading.sets.has(name)) continue;
    const hint = suggestion(name, [...reading.sets]);
    reading.source.problem('variable.unknown', node, `Nothing in this flow sets the variable "${name}". ${hint}`);
  }
}

/** `flows/main-menu.yaml` is the flow main-menu unless it says otherwise. */
function baseName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.ya?ml$/, '');
}
