import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import { SITE } from '../rehearsal/folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-flow-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const FLOW = `steps:
  choose:
    type: menu
    prompt: Sales or support?
    options: { "1": sales, "2": bye }
    on: { no_input: bye, no_match: bye }
  sales: { type: queue, queue: sales, on: { handled: bye } }
  bye: { type: hangup }
`;

let count = 0;
/** Runs `bin/strowger test` over a folder with these files beside the site. */
function run(files: Readonly<Record<string, string>>, ...options: string[]) {
  count += 1;
  const folder = join(dir, String(count));
  for (const [name, text] of Object.entries({ 'site.yaml': SITE, 'main.yaml': FLOW, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return spawnSync(resolve(projectDir, 'bin/strowger'), ['test', folder, ...options], { encoding: 'utf8' });
}

const GOOD = 'flow: main\ntests:\n  two: { do: [{ press: 2 }], expect: { end: hung up } }\n';
const BAD = 'flow: main\ntests:\n  one:\n    do:\n      - expect: Wellcome\n';

test('tests that pass end with status 0, and what they do not go through is told with file and line', () => {
  const { status, stdout } = run({ 'main.test.yaml': GOOD });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^1 tests: 1 passed, 0 failed \(\d+\.\d s\)\n\nSteps, and ways out/);
  assert.match(stdout, /^ {4}main\.yaml:7 sales: no test comes here$/m);
  assert.match(stdout, /^ {4}main\.yaml:2 choose: no test leaves it by no_match$/m);
  assert.match(stdout, /^ {2}all flows +\d+ % {2}\d+ of \d+$/m);
});

test('a test that fails ends with status 1 and a line that editors can go to, with what was heard and the way so far', () => {
  const { status, stdout } = run({ 'voice/main.test.yaml': BAD, 'main.test.yaml': GOOD });
  assert.equal(status, 1);
  assert.match(stdout, /^voice\/main\.test\.yaml:5:9 test\.failed "one": "Wellcome" was not heard\.$/m);
  assert.match(stdout, /^ {4}heard: Sales or support\?\n {4}way: {3}choose \(step choose\)$/m);
  assert.match(stdout, /^2 tests: 1 passed, 1 failed/m);
});

test('a wanted coverage that is not reached ends with status 1', () => {
  assert.equal(run({ 'main.test.yaml': GOOD }, '--min-coverage', '10').status, 0);
  const { status, stderr } = run({ 'main.test.yaml': GOOD }, '--min-coverage', '90');
  assert.deepEqual([status, stderr], [1, 'The tests go through less than 90 % of the flows.\n']);
});

test('a filter takes the tests whose name or file has these words, and says nothing of coverage', () => {
  const { status, stdout } = run({ 'a.test.yaml': GOOD, 'b.test.yaml': BAD }, '--filter', 'TWO');
  assert.equal(status, 0);
  assert.match(stdout, /^1 tests: 1 passed, 0 failed \([\d.]+ s\)\n$/);
});

test('for programs there is one JSON object', () => {
  const { status, stdout } = run({ 'a.test.yaml': GOOD, 'b.test.yaml': BAD }, '--json');
  assert.equal(status, 1);
  const report = JSON.parse(stdout) as {
    passed: number;
    failed: number;
    tests: { file: string; name: string; passed: boolean; failures: object[]; end: string }[];
    coverage: { percent: number; flows: { flow: string; untouched: object[] }[] };
  };
  assert.deepEqual([report.passed, report.failed], [1, 1]);
  assert.deepEqual(report.tests[1]?.failures, [
    { line: 5, column: 9, message: '"Wellcome" was not heard.', heard: 'Sales or support?' },
  ]);
  assert.deepEqual([report.tests[0]?.name, report.tests[0]?.end], ['two', 'hung up']);
  assert.equal(report.coverage.flows[0]?.flow, 'main');
});

test('tests and flows that are wrong as files are told like those of check, and nothing is run', () => {
  const wrong = run({ 'main.test.yaml': 'flow: mian\ntests:\n  a: { do: [hangup] }\n' });
  assert.equal(wrong.status, 1);
  assert.match(wrong.stdout, /^main\.test\.yaml:1:7 flow\.unknown .*Did you mean "main"\?\n1 problem\n$/);
  const broken = run({ 'main.yaml': 'steps:\n  a: { type: hangupp }\n', 'main.test.yaml': GOOD }, '--json');
  assert.equal(broken.status, 1);
  const { problems } = JSON.parse(broken.stdout) as { problems: { code: string }[] };
  assert.equal(problems[0]?.code, 'step.type_unknown');
});

test('a wrong usage ends with status 2', () => {
  for (const options of [['a'], ['--min-coverage', '200'], ['--filter'], ['--filter', 'a', '--min-coverage', '1']]) {
    const { status, stderr } = run({ 'main.test.yaml': GOOD }, ...options);
    assert.equal(status, 2, options.join(' '));
    assert.match(stderr, /\nUsage: bin\/strowger test /);
  }
});
