import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { CONTACT_NAMES } from '../../src/flow/expression.ts';
import { problemLine } from '../../src/flow/problem.ts';
import type { StepKind } from '../../src/flow/step-kind.ts';
import { STEPS } from '../../src/flow/steps.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { load } from '../flow/receptionist.ts';
import { names, page, rows, section, unquoted } from './page.ts';

type Tree = Record<string, unknown>;

const guide = page('flows.md');
const examples = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((found) => found[1]!);
const recordings = [...guide.matchAll(/^ *- file: (\S+)$/gm)].map((found) => found[1]!);
/** The example of site.yaml, with numbers for the flow of a test. */
const site = parse(examples.find((text) => text.startsWith('# site.yaml'))!) as Tree;
const TABLE_OF_STEPS = '## Step types';

/** Loads one flow with the guide's site. */
function loadOne(flow: unknown, about: unknown = site): { set: FlowSet | undefined; problems: string[] } {
  const text = typeof flow === 'string' ? flow : stringify(flow);
  const files = { 'site.yaml': stringify({ ...(about as Tree), numbers: { '100': 'main' } }), 'main.yaml': text };
  const { set, problems } = load(files, recordings);
  return { set, problems: problems.map(problemLine) };
}

/** The keys that a map may have, as the check itself tells them when it meets one that is unknown. */
function knownKeys(flow: unknown, about?: unknown): string[] {
  const { problems } = loadOne(flow, about);
  const told = problems.map((line) => / key\.unknown .*Known are: (.+)\.$/.exec(line)?.[1]).find(Boolean);
  assert.ok(told, problems.join('\n'));
  return told.split(', ').sort();
}

function stepSection(kind: StepKind): string {
  return section(guide, `### ${kind.type}`);
}

/** The section's own example, and the step of the kind in it. */
function stepExample(kind: StepKind): { flow: Tree; step: Tree; id: string } {
  const text = /^```yaml\n([\s\S]*?)^```$/m.exec(stepSection(kind))?.[1];
  assert.ok(text, `${kind.type} has no example`);
  const flow = parse(text) as Tree;
  const found = Object.entries(flow['steps'] as Tree).find(([, step]) => (step as Tree)['type'] === kind.type);
  assert.ok(found, `the example of ${kind.type} has no such step`);
  return { flow, step: found[1] as Tree, id: found[0] };
}

const UNKNOWN = { qqqqqqqqqqqqqqqqqqqqqqqqqqqq: 1 };
const END = { steps: { end: { type: 'hangup' } } };
test('every example of the guide passes the check', () => {
  assert.ok(examples.length >= STEPS.size + 3);
  const files = examples.map((text, at): [string, string] => [
    /^# (\S+\.yaml)$/m.exec(text)?.[1] ?? `${at}.yaml`,
    text,
  ]);
  assert.equal(new Set(files.map(([name]) => name)).size, files.length);
  const { problems } = load(Object.fromEntries(files), recordings);
  assert.deepEqual(problems.map(problemLine), []);
});

test('every step type has a section, and there is no other', () => {
  const sections = [...section(guide, TABLE_OF_STEPS).matchAll(/^### (.+)$/gm)].map((found) => found[1]);
  assert.deepEqual(sections.sort(), [...STEPS.keys()].sort());
});

for (const kind of STEPS.values()) {
  test(`the section of ${kind.type} names exactly its parameters and its outcomes`, () => {
    assert.deepEqual(names(stepSection(kind)).sort(), [...kind.parameters].sort());
    const fixed = kind.outcomes({ options: {}, cases: {} });
    const sentence = /Outcomes: ([^.]*)\./.exec(stepSection(kind).replaceAll('\n', ' '))?.[1] ?? '';
    const named = [...sentence.replace(/\([^)]*\)/g, '').matchAll(/(?<!of )`(\w+)`/g)].map((found) => found[1]!);
    assert.deepEqual(named.sort(), [...fixed].sort());
  });

  test(`the defaults and limits of ${kind.type} are those of the code`, () => {
    for (const [cell, byDefault = '', limits = ''] of rows(stepSection(kind))) {
      const name = unquoted(cell!);
      const { flow, step, id } = stepExample(kind);
      const tried = (value: unknown) => {
        const { [name]: _, ...others } = step;
        const changed = value === undefined ? others : { ...others, [name]: value };
        return loadOne({ ...flow, steps: { ...(flow['steps'] as Tree), [id]: changed } });
      };
      const parametersOf = (value: unknown) => tried(value).set?.flows['main']?.steps[id]?.with;
      compare({ name, byDefault, limits, tried: (value) => tried(value).problems, read: parametersOf });
    }
  });
}

const TABLES: readonly [string, (value: Tree) => { flow: unknown; about: unknown }, (set: FlowSet) => unknown][] = [
  ['### The keys of a flow', (more) => ({ flow: { ...END, ...more }, about: site }), (set) => set.flows['main']],
  [
    '### The keys of every step',
    (more) => ({ flow: { steps: { end: { type: 'answer', description: 'x', ...more } } }, about: site }),
    (set) => set.flows['main'],
  ],
];

for (const [heading, place, picked] of TABLES) {
  test(`the table under "${heading}" has exactly the keys that the check knows, with their defaults and limits`, () => {
    const table = rows(section(guide, heading));
    const { flow, about } = place(UNKNOWN);
    assert.deepEqual(table.map(([name]) => unquoted(name!)).sort(), knownKeys(flow, about));
    for (const [cell, byDefault = '', limits = ''] of table) {
      const name = unquoted(cell!);
      // A key whose value is undefined is left out of the file.
      const tried = (value: unknown) => {
        const given = place({ [name]: value });
        return loadOne(given.flow, given.about);
      };
      const read = (value: unknown) => {
        const { set } = tried(value);
        return set && picked(set);
      };
      compare({ name, byDefault, limits, tried: (value) => tried(value).problems, read });
    }
  });
}

/** Compares one row with what the check does. */
function compare(row: {
  readonly name: string;
  readonly byDefault: string;
  readonly limits: string;
  readonly tried: (value: unknown) => string[];
  readonly read: (value: unknown) => unknown;
}): void {
  const { name, byDefault, limits, tried, read } = row;
  if (byDefault === 'required') {
    assert.ok(
      tried(undefined).some((line) => line.includes('key.missing')),
      `${name} is not required`,
    );
  } else if (byDefault !== '') {
    const value = unquoted(byDefault);
    assert.ok(read(undefined), `${name}: ${tried(undefined).join('\n')}`);
    assert.deepEqual(read(value === '[]' ? [] : value), read(undefined), `the default of ${name}`);
  }
  const range = /^(\S+) to (\S+)$/.exec(limits);
  const choices = [...limits.matchAll(/`([^`]+)`/g)].map((found) => found[1]);
  if (range) {
    const told = tried('9999999').join('\n') + tried('99999h').join('\n');
    assert.match(told, new RegExp(`between ${range[1]} and ${range[2]}, not`), `the limits of ${name}`);
  } else if (choices.length > 0) {
    for (const choice of choices) assert.deepEqual(tried(choice), [], `${name}: ${choice}`);
    const told = tried('zzzzzzzzzzzzzzzzz').join('\n');
    assert.ok(told.includes(`Known are: ${choices.join(', ')}.`), told);
  } else {
    assert.doesNotMatch(tried('9999999').join('\n'), /value\.range/, `${name} has limits`);
  }
}

test('the guide names exactly the parts of a prompt and the names of expressions', () => {
  const flow = { steps: { a: { type: 'play', prompt: { say: 'x', ...UNKNOWN } } } };
  assert.deepEqual(names(section(guide, '## Prompts')).sort(), knownKeys(flow));
  assert.deepEqual(names(section(guide, '## Expressions')).sort(), [...CONTACT_NAMES].sort());
});
