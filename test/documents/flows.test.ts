import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { COMMON_FIELDS } from '../../src/flow/common-fields.ts';
import { FLOW_FIELDS } from '../../src/flow/flow-fields.ts';
import { KNOWN_NAMES } from '../../src/flow/names.ts';
import { isError, problemLine } from '../../src/flow/problem.ts';
import { outcomesOf } from '../../src/flow/route.ts';
import { PROMPT } from '../../src/flow/shape/prompt.ts';
import type { JsonSchema } from '../../src/flow/shape/shape.ts';
import type { StepKind } from '../../src/flow/step-kind.ts';
import { STEPS } from '../../src/flow/steps.ts';
import type { FlowSet, Step } from '../../src/model/flow-set.ts';
import { load } from '../flow/receptionist.ts';
import { fieldRows, type Row, rowLine, schemaRows } from './field-rows.ts';
import { names, page, rows, section, unquoted } from './page.ts';
import { factsOf, SHARED } from './step-facts.ts';

type Tree = Record<string, unknown>;

const guide = page('flows.md');
/** Every example by the name of its file, which its first line says where that matters. */
const examples = new Map(
  [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text], at) => [
    /^# (\S+\.yaml)$/m.exec(text!)?.[1] ?? `example-${at}.yaml`,
    text!,
  ]),
);
const recordings = [...guide.matchAll(/\bfile: ([\w/-]+)/g)].map((found) => found[1]!);
/** Those that others name: the site, tables, and flows that are called. */
const NAMED = Object.fromEntries([...examples].filter(([file]) => !file.startsWith('example-')));

function loaded(files: Record<string, string>): { set: FlowSet | undefined; problems: string[] } {
  const { set, problems } = load(files, recordings);
  return { set, problems: problems.filter(isError).map(problemLine) };
}

const all = loaded(Object.fromEntries(examples));

test('every example of the guide passes the check', () => {
  assert.deepEqual(all.problems, []);
  assert.ok(examples.size >= STEPS.size + 5);
});

test('every step type has a section, and there is no other', () => {
  const sections = [...section(guide, '## Step types').matchAll(/^### (.+)$/gm)].map((found) => found[1]);
  assert.deepEqual(sections.sort(), [...STEPS.keys()].sort());
});

test('the list of step types has every one, and marks those that are not available yet', () => {
  const list = section(guide, '## Step types').split('\n### ')[0]!;
  const listed = [...list.matchAll(/\[(\w+)\]\(#\1\)(\*?)/g)].map(([, type, star]) => `${type}${star}`);
  const known = [...STEPS.values()].map(({ type, notAvailable }) => `${type}${notAvailable === undefined ? '' : '*'}`);
  assert.deepEqual(listed.sort(), known.sort());
});

/** A step in the example of a section, as it was read and as it is written. */
type Example = { readonly file: string; readonly flow: Tree; readonly id: string; readonly step: Step };

function exampleOf(kind: StepKind): Example {
  const own = section(guide, `### ${kind.type}`);
  for (const [file, text] of examples) {
    if (file.endsWith('.table.yaml') || !own.includes(text)) continue;
    const flow = parse(text) as Tree;
    const id = Object.entries(flow['steps'] as Tree).find(([, step]) => (step as Tree)['type'] === kind.type)?.[0];
    const flows = Object.values(all.set?.flows ?? {});
    const read = flows.find(({ steps }) => id !== undefined && steps[id]?.at.startsWith(`${file}:`));
    if (read) return { file, flow, id: id!, step: read.steps[id!]! };
  }
  throw new Error(`the section of ${kind.type} has no example with such a step`);
}

function written({ flow, id }: Example): Tree {
  return (flow['steps'] as Tree)[id] as Tree;
}

for (const kind of STEPS.values()) {
  test(`the section of ${kind.type} says what the program knows of it`, () => {
    const example = exampleOf(kind);
    const facts = factsOf(kind, example.step, written(example));
    const lines = section(guide, `### ${kind.type}`).trim().split('\n');
    assert.equal(lines[0], [facts.summary, facts.limits].filter(Boolean).join(' '));
    assert.equal(lines[2], [facts.outcomes, facts.result, facts.shared].filter(Boolean).join(' '));
    hasRows(lines.join('\n'), facts.rows);
  });

  test(`the example of ${kind.type} names only outcomes that the step can have`, () => {
    const { step } = exampleOf(kind);
    for (const outcome of Object.keys(step.on)) assert.ok(outcomesOf(step, kind).includes(outcome), outcome);
  });

  test(`the defaults and limits of ${kind.type} are those that the check goes by`, () => {
    const example = exampleOf(kind);
    for (const row of fieldRows(kind.fields)) {
      if (/[.[]/.test(row[0])) continue;
      compare(row, (value) => tried(example, unquoted(row[0]), value));
    }
  });
}

const TABLES: readonly [heading: string, rows: () => readonly Row[]][] = [
  ['### The keys of a flow', () => fieldRows(FLOW_FIELDS)],
  ['### The keys of every step', () => fieldRows(COMMON_FIELDS)],
  ['## Prompts', () => schemaRows(pieceSchema())],
  ...Object.entries(SHARED).map(([heading, fields]): [string, () => Row[]] => [
    `### ${heading}`,
    () => fieldRows(fields),
  ]),
];

for (const [heading, expected] of TABLES) {
  test(`the table under "${heading}" is that of the program`, () => hasRows(section(guide, heading), expected()));
}

test('the guide names every group and name of expressions', () => {
  const known = Object.entries(KNOWN_NAMES).flatMap(([group, { fields }]) =>
    Object.keys(fields).map((name) => `${group}.${name}`),
  );
  const groups = ['vars', 'constants', 'given', 'result', 'queue'].map((group) => `${group}.NAME`);
  assert.deepEqual(names(section(guide, '## Expressions')), [...known, ...groups]);
  for (const group of Object.keys(KNOWN_NAMES)) assert.ok(guide.includes(`\`${group}.`), group);
});

test('the guide names the outcomes that every step may have', () => {
  const step: Step = { id: 'a', type: 'answer', with: {}, on: { hangup: 'b' }, if: 'true', maxVisits: 1, at: '' };
  const known = outcomesOf(step, { ...STEPS.get('answer')!, outcomes: () => [] });
  assert.deepEqual(names(section(guide, '## Where an outcome leads')).sort(), known.sort());
});

test('every link of the guide leads to a heading, also of other pages', () => {
  for (const [, file = '', target] of guide.matchAll(/\]\(([a-z-]+\.md)?#([^)]+)\)/g)) {
    const text = file === '' ? guide : page(file);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!));
    assert.ok(headings.includes(target!), `${file}#${target}`);
  }
});

function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/** One piece of a prompt, written as a map. */
function pieceSchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  PROMPT.schema(definitions);
  const [piece] = definitions.get('prompt')!['anyOf'] as JsonSchema[];
  return (piece!['anyOf'] as JsonSchema[])[1]!;
}

/** The rows of the first table that has one of them, as text, so that a difference can be pasted. */
function hasRows(text: string, expected: readonly Row[]): void {
  const found = rows(text).filter((cells) => cells.length === 4) as unknown as Row[];
  assert.deepEqual(found.map(rowLine), expected.map(rowLine));
}

type Tried = { readonly problems: string[]; readonly read: unknown };

/** What the check says of the example with another value of one parameter; undefined leaves it out. */
function tried({ file, flow, id }: Example, name: string, value: unknown): Tried {
  const steps = flow['steps'] as Tree;
  const { [name]: _, ...others } = steps[id] as Tree;
  const changed = value === undefined ? others : { ...others, [name]: value };
  const { set, problems } = loaded({ ...NAMED, [file]: stringify({ ...flow, steps: { ...steps, [id]: changed } }) });
  const found = Object.values(set?.flows ?? {}).find(({ steps: read }) => read[id]?.at.startsWith(`${file}:`));
  return { problems, read: found?.steps[id]?.with };
}

/** Compares one row with what the check does. */
function compare([cell, byDefault, limits]: Row, read: (value: unknown) => Tried): void {
  const name = unquoted(cell);
  const told = (value: unknown) => read(value).problems.join('\n');
  if (byDefault === 'required') assert.match(told(undefined), /key\.missing/, `${name} is not required`);
  else if (byDefault !== '' && read(undefined).read) {
    assert.deepEqual(read(parse(unquoted(byDefault))).read, read(undefined).read, `the default of ${name}`);
  }
  const range = /^(\S+) to (\S+)$/.exec(limits);
  const words = [...limits.matchAll(/`([^`]+)`/g)].map((found) => found[1]!);
  if (range) {
    const tooMuch = told('9999999') + told('99999h');
    assert.match(tooMuch, new RegExp(`between ${range[1]} and ${range[2]}, not`), `the limits of ${name}`);
  } else if (words.length > 0) {
    for (const word of words) assert.doesNotMatch(told(word), /value\./, `${name}: ${word}`);
    assert.match(told('zz zz'), /value\.|\.unknown/, `${name} takes anything`);
  } else if (limits === 'a key') assert.match(told('zz'), /is not a key/, name);
  else assert.doesNotMatch(told('9999999'), /value\.range/, `${name} has limits`);
}
