import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { FILE_SCHEMAS, schemaText } from '../../src/commands/file-schemas.ts';
import { isError } from '../../src/flow/problem.ts';
import { STEPS } from '../../src/flow/steps.ts';
import { page } from '../documents/page.ts';
import { load } from '../flow/receptionist.ts';

type Tree = { readonly [key: string]: unknown };

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false });
ajv.addKeyword('enumDescriptions');
const schemas = new Map(FILE_SCHEMAS.map((one) => [one.name, one.schema() as Tree]));
const fits = ajv.compile(schemas.get('flow')!);

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const shipped = readdirSync(new URL('../../flows/', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.yaml') && !/(^|\/)site\.yaml$|\.(test|table)\.yaml$/.test(name),
);
const guide = [...page('flows.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
  .map((found) => found[1]!)
  .filter((text) => /^steps:/m.test(text));
const flows = [...shipped.map((name) => read(`flows/${name}`)), ...guide];

for (const one of FILE_SCHEMAS) {
  test(`docs/${one.file} is the one that is made from the program, and of draft-07`, () => {
    assert.equal(page(one.file), schemaText(one), 'run: npm run generate:schemas');
    const schema = schemas.get(one.name)!;
    assert.equal(schema['$schema'], 'http://json-schema.org/draft-07/schema#');
    assert.ok(ajv.validateSchema(schema), JSON.stringify(ajv.errors));
  });

  test(`every key of docs/${one.file} is explained`, () => {
    const silent: string[] = [];
    const definitions = (schemas.get(one.name)!['definitions'] ?? {}) as Record<string, Tree>;
    const walk = (node: unknown, at: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Tree };
      for (const [key, value] of at.endsWith('/if') ? [] : Object.entries(properties ?? {})) {
        const named = (value as Tree)['$ref'] as string | undefined;
        const about = named ? definitions[named.replace('#/definitions/', '')] : (value as Tree);
        if (typeof about?.['description'] !== 'string') silent.push(`${at}/${key}`);
      }
      for (const [key, value] of Object.entries(node)) walk(value, `${at}/${key}`);
    };
    walk(schemas.get(one.name), '');
    assert.deepEqual(silent, []);
  });
}

test('every shipped flow and every example of the guide fits the schema, and the shipped ones name it', () => {
  assert.ok(flows.length > 10);
  for (const text of flows) assert.ok(fits(parse(text)), `${JSON.stringify(fits.errors?.slice(0, 3))}\n${text}`);
  for (const name of shipped) {
    const up = '../'.repeat(name.split('/').length);
    assert.equal(
      read(`flows/${name}`).split('\n')[0],
      `# yaml-language-server: $schema=${up}docs/flow.schema.json`,
      name,
    );
  }
});

test('the schema tells of every step type what it does and which outcomes it has', () => {
  const definitions = schemas.get('flow')!['definitions'] as Record<string, { description: string }>;
  for (const { type, summary } of STEPS.values()) {
    const { description } = definitions[`step.${type}`]!;
    assert.ok(description.startsWith(summary), description);
    assert.match(description, /[Oo]utcomes/, type);
  }
  assert.match(definitions['step.play']!.description, /Outcomes: ok, interrupted, failed\./);
});

/** What an editor must mark. */
const BROKEN: readonly (readonly [string, string])[] = [
  ['an unknown key of the flow', 'stpes: {}\nsteps: { a: { type: hangup } }'],
  ['a flow without steps', 'description: x'],
  ['an unknown key of a step', 'steps: { a: { type: play, promt: Hi } }'],
  ['a key of another type', 'steps: { a: { type: play, prompt: Hi, options: {} } }'],
  ['a step without a type', 'steps: { a: { prompt: Hi } }'],
  ['a type that does not exist', 'steps: { a: { type: plya, prompt: Hi } }'],
  ['a missing key', 'steps: { a: { type: play } }'],
  ['a word that is none of the choices', 'steps: { a: { type: hangup, cause: bussy } }'],
  ['a key that no telephone has', 'steps: { a: { type: menu, prompt: x, options: { "12": a } } }'],
  ['a duration without a number', 'steps: { a: { type: menu, prompt: x, timeout: soon, options: { "1": a } } }'],
  ['a list in the place of steps', 'steps: [a, b]'],
  ['a part of a prompt that does not exist', 'steps: { a: { type: play, prompt: { saay: Hi } } }'],
];
for (const [what, text] of BROKEN) {
  test(`the schema refuses ${what}, and so does the check`, () => {
    assert.equal(fits(parse(text)), false);
    const { problems } = load({ 'site.yaml': '{}', 'main.yaml': text });
    assert.ok(problems.some((problem) => problem.file === 'main.yaml' && isError(problem)));
  });
}

/** Every place in a tree, as the way to it. */
function places(tree: unknown): (readonly string[])[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => [[key], ...places(value).map((below) => [key, ...below])]);
}

type Change = (value: unknown, key: string) => [string, unknown];

function changed(tree: unknown, [key, ...below]: readonly string[], change: Change): unknown {
  const entries = Object.entries(tree as object).map(([one, value]): [string, unknown] => {
    if (one !== key) return [one, value];
    return below.length === 0 ? change(value, one) : [one, changed(value, below, change)];
  });
  return Array.isArray(tree) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

test('what the schema refuses because of a key or a word, the check refuses, wherever it stands', () => {
  const trees = flows.map((text) => parse(text) as Tree);
  const words = new Set(['additionalProperties', 'enum', 'const', 'required', 'propertyNames']);
  let refused = 0;
  const trial = fc.constantFrom(...trees).chain((tree) =>
    fc.record({
      tree: fc.constant(tree),
      place: fc.constantFrom(...places(tree)),
      change: fc.constantFrom<Change>(
        (value, key) => [`${key}x`, value],
        (_, key) => [key, 'qqqq'],
        (_, key) => [key, { qqqq: 1 }],
        (value, key) => [`@${key}`, value],
      ),
    }),
  );
  fc.assert(
    fc.property(trial, ({ tree, place, change }) => {
      const broken = changed(tree, place, change);
      if (fits(broken) || !fits.errors!.some(({ keyword }) => words.has(keyword))) return;
      refused += 1;
      const { problems } = load({ 'site.yaml': '{}', 'main.yaml': JSON.stringify(broken) });
      const told = problems.some((problem) => problem.file === 'main.yaml' && isError(problem));
      assert.ok(told, `${place.join('.')}: ${JSON.stringify(fits.errors!.slice(0, 2))}`);
    }),
    { numRuns: 300 },
  );
  assert.ok(refused > 40, `only ${refused} were refused`);
});
