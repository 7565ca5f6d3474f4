import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { PROBLEMS, type ProblemCode, problemLine } from '../../src/flow/problem.ts';
import { load, SITE } from './receptionist.ts';

const FINE = 'steps: { end: { type: hangup } }';

/** What an ops engineer wrote wrong, and where the check must point; the line and column count from 1. */
const CASES: readonly [ProblemCode, string, string, RegExp][] = [
  ['yaml.syntax', 'steps:\n  a:\n    type: play\n    prompt: Press 1: sales\n', '4:', /quotes/],
  ['yaml.syntax', 'steps:\n  a: { type: menu, prompt: x, options: { *: a } }\n', '2:', /./],
  ['yaml.duplicate', 'steps:\n  a: { type: hangup }\n  a: { type: hangup }\n', '3:3', /./],
  ['yaml.template', 'steps:\n  a: { type: play, prompt: {{ vars.x }} }\n', '2:', /dollar/],
  ['key.unknown', 'steps:\n  a: { type: play, promt: Hi }\n', '2:20', /prompt/],
  ['key.missing', 'steps:\n  a: { type: play }\n', '2:6', /prompt/],
  ['key.missing', '', '1:1', /steps/],
  ['value.type', 'steps: [a, b]\n', '1:8', /map/],
  ['value.type', 'steps:\n  a: { type: menu, prompt: x, timeout: soon, options: { "1": a } }\n', '2:40', /duration/],
  ['value.range', 'steps:\n  a: { type: menu, prompt: x, attempts: 99, options: { "1": a } }\n', '2:41', /20/],
  ['value.choice', 'steps:\n  a: { type: hangup, cause: bussy }\n', '2:29', /busy/],
  ['value.choice', 'steps:\n  a: { type: menu, prompt: x, options: { "12": a } }\n', '2:42', /key/],
  ['step.type_unknown', 'steps:\n  a: { type: plya, prompt: Hi }\n', '2:14', /play/],
  ['step.unknown', 'steps:\n  welcome: { type: play, prompt: Hi, next: welcom }\n', '2:44', /welcome/],
  ['step.unreachable', 'steps:\n  a: { type: hangup }\n  lost: { type: hangup }\n', '3:3', /lost/],
  ['outcome.unknown', 'steps:\n  a: { type: play, prompt: Hi, on: { no_inptu: a } }\n', '2:38', /no outcome/],
  ['queue.unknown', 'steps:\n  a: { type: queue, queue: salse }\n', '2:28', /sales/],
  ['skill.unknown', 'steps:\n  a: { type: queue, queue: sales, skills: [englsh] }\n', '2:44', /english/],
  ['skill.level_unreached', 'steps:\n  a: { type: queue, queue: sales, skills: { english: 9 } }\n', '2:54', /has 5/],
  ['agent.unknown', 'steps:\n  a: { type: queue, queue: sales, preferred_agents: [ana] }\n', '2:54', /anna/],
  ['label.unknown', 'steps:\n  a: { type: queue, queue: sales, label: vip }\n', '2:42', /vip/],
  ['calendar.unknown', 'steps:\n  a: { type: schedule, calendar: offce, on: { closed: a } }\n', '2:34', /offce/],
  ['prompt.missing', 'steps:\n  a: { type: play, prompt: { file: helo } }\n', '2:36', /hello/],
  ['prompt.format', 'steps:\n  a: { type: play, prompt: { file: music } }\n', '2:36', /8000/],
  ['prompt.ssml', 'steps:\n  a: { type: play, prompt: <speak>Hi <b>you</speak> }\n', '2:44', /closes/],
  ['prompt.ssml', `steps:\n  a: { type: play, prompt: { say: '<speak>A & B</speak>' } }\n`, '2:45', /&amp;/],
  ['variable.unknown', 'steps:\n  a: { type: play, prompt: "${{ vars.nme }}" }\n', '2:33', /nme/],
  ['expression.invalid', 'steps:\n  a: { type: play, prompt: "${{ 1 + }}" }\n', '2:', /./],
];

for (const [code, text, place, hint] of CASES) {
  test(`${code} is found at ${place} in ${JSON.stringify(text.slice(0, 60))}`, () => {
    const { set, problems } = load({ 'site.yaml': SITE, 'main.yaml': text, 'x.yaml': FINE }, ['hello'], ['music']);
    assert.equal(set, undefined);
    const found = problems.find((problem) => problem.code === code && problem.file === 'main.yaml');
    assert.ok(found, problems.map(problemLine).join('\n') || 'no problem was found');
    assert.ok(problemLine(found).startsWith(`main.yaml:${place}`), problemLine(found));
    assert.match(found.message, hint);
  });
}

test('a folder without site.yaml, a flow in two files and an unstaffed queue are problems', () => {
  assert.equal(load({ 'main.yaml': FINE }).problems[0]!.code, 'site.missing');
  const twice = load({ 'site.yaml': SITE, 'main.yaml': FINE, 'b.yaml': `flow: main\n${FINE}` });
  assert.equal(twice.problems[0]!.code, 'flow.duplicate');
  const site = SITE.replace('sales: {}', 'sales: {}\n  empty: {}');
  const unstaffed = load({ 'site.yaml': site, 'main.yaml': 'steps: { a: { type: queue, queue: empty } }' });
  assert.equal(unstaffed.problems[0]!.code, 'queue.unstaffed');
});

test('a step asks the agents of its own queue, not those of others', () => {
  const site = SITE.replace('sales: {}', 'sales: {}\n  support: {}').replace(
    'agents:',
    'agents:\n  ben: { extension: "1002", queues: [support], skills: { english: 9 } }',
  );
  const flow = 'steps:\n  a: { type: queue, queue: sales, skills: { english: 7 } }\n';
  const { problems } = load({ 'site.yaml': site, 'main.yaml': flow });
  assert.match(problems.map(problemLine).join(), /^main\.yaml:2:54 skill\.level_unreached .*sales.*the best has 5/);
});

test('numbers keep their zeros and plus signs although YAML reads them as numbers', () => {
  const site = SITE.replace('"100": main', '0049: main\n  +15551234567: main').replace('"1001"', '0815');
  const { set, problems } = load({ 'site.yaml': site, 'main.yaml': FINE });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    set!.site.numbers.map((rule) => rule.number),
    ['0049', '+15551234567', '0800*'],
  );
  assert.equal(set!.site.agents['anna']!.extension, '0815');
});

test('the shipped flows are fine, without a warning', () => {
  const dir = new URL('../../flows/', import.meta.url);
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'),
  );
  assert.ok(names.length > 5);
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, dir), 'utf8')]));
  assert.deepEqual(load(files).problems.map(problemLine), []);
});

test('whatever stands in a file, the check ends and every problem has a place', () => {
  const words = [
    'steps:',
    'type: menu',
    'options:',
    '"1": a',
    '- ',
    '{',
    '}',
    '${{',
    '}}',
    '*',
    '&x',
    ':',
    '\t',
    'a:',
    '0800',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 })), { maxLength: 25 }),
      (parts) => {
        const text = parts.join(parts.length % 2 ? '\n' : ' ');
        const { set, problems } = load({ 'site.yaml': SITE, 'main.yaml': text });
        assert.equal(set === undefined, problems.length > 0);
        for (const problem of problems) {
          assert.ok(problem.line >= 1 && problem.column >= 1 && problem.code in PROBLEMS, problemLine(problem));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('names that every object has, and names that would change an object, are no way around the check', () => {
  const site = SITE;
  const proto = load({ 'site.yaml': site, 'main.yaml': 'steps:\n  __proto__: { type: hangup }\n' });
  assert.ok(proto.problems.some((problem) => problem.code === 'value.type' && problem.line === 2));
  const empty = load({ 'site.yaml': site, 'main.yaml': 'steps: { a: {} }\n' });
  assert.ok(
    empty.problems.some((problem) => problem.code === 'key.missing'),
    'a step without a type',
  );
  const taken = load({ 'site.yaml': site, 'main.yaml': FINE, 'strowger.log_in.yaml': FINE });
  assert.ok(taken.problems.some((problem) => problem.code === 'value.type' && problem.file === 'strowger.log_in.yaml'));
});
