import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { isError, type Problem, problemLine } from '../flow/problem.ts';
import type { FlowSet } from '../model/flow-set.ts';
import { Coverage, percentOf } from '../rehearsal/tests/coverage.ts';
import { runTest } from '../rehearsal/tests/run-test.ts';
import type { FlowTest } from '../rehearsal/tests/test-file.ts';
import type { CliCommand } from './command.ts';
import { readOptions } from './options.ts';
import { readFolder } from './read-folder.ts';
import { readTestFolder } from './rehearsal/read-tests.ts';
import { failedOf, type TestReport, testJson, testText } from './rehearsal/test-report.ts';
import { wrongUsage } from './wrong-usage.ts';

export const flowTest: CliCommand = {
  name: 'test',
  usage: '[FOLDER] [--filter TEXT] [--min-coverage PERCENT] [--json]',
  summary: 'runs the tests of the flows (*.test.yaml) on a virtual clock and tells what no test goes through',
  async run(args, env) {
    const options = readOptions(args, { values: ['filter', 'min-coverage'], flags: ['json'] });
    if (typeof options === 'string') return wrongUsage(flowTest, options);
    const [folder, ...others] = options.others;
    if (others.length > 0) return wrongUsage(flowTest, 'It takes one folder at most.');
    const { filter, 'min-coverage': wanted } = options.values;
    const least = Number(wanted ?? 0);
    if (!(least >= 0 && least <= 100)) return wrongUsage(flowTest, '--min-coverage takes a number from 0 to 100.');
    if (wanted !== undefined && filter !== undefined) {
      return wrongUsage(flowTest, '--min-coverage is about all tests, and goes without --filter.');
    }
    const dir = folder === undefined ? readConfig(env).flowsDir : resolve(folder);
    const { set, problems: ofFlows } = await readFolder(dir);
    const problems: Problem[] = [...ofFlows];
    const tests = set ? await readTestFolder(dir, set, problems) : [];
    if (!set || problems.some(isError)) return refused(problems, options.flags.has('json'));
    const report = runAll(set, tests, filter);
    process.stdout.write(options.flags.has('json') ? testJson(report) : testText(report));
    if (report.coverage && percentOf(report.coverage) < least) {
      process.stderr.write(`The tests go through less than ${least} % of the flows.\n`);
      return 1;
    }
    return failedOf(report).length > 0 ? 1 : 0;
  },
};

function refused(problems: readonly Problem[], json: boolean): number {
  const lines = problems.map((problem) => `${problemLine(problem)}\n`).join('');
  process.stdout.write(
    json
      ? `${JSON.stringify({ problems }, undefined, 2)}\n`
      : `${lines}${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n`,
  );
  return 1;
}

function runAll(set: FlowSet, tests: readonly FlowTest[], filter: string | undefined): TestReport {
  const beganMs = performance.now();
  const coverage = new Coverage();
  const wanted = filter?.toLowerCase();
  const chosen = tests.filter(
    ({ file, name }) => wanted === undefined || `${file} ${name}`.toLowerCase().includes(wanted),
  );
  const results = chosen.map((test) => {
    const result = runTest(set, test);
    coverage.add(result.trace);
    return result;
  });
  const tookMs = performance.now() - beganMs;
  return { results, coverage: filter === undefined ? coverage.report(set) : null, tookMs };
}
