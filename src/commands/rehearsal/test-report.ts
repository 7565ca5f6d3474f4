import { type Problem, problemLine } from '../../flow/problem.ts';
import { type FlowCoverage, percentOf } from '../../rehearsal/tests/coverage.ts';
import type { TestResult } from '../../rehearsal/tests/run-test.ts';

/** What a run of flow tests came to. `coverage` is null where only some of the tests were run. */
export type TestReport = {
  readonly results: readonly TestResult[];
  readonly coverage: readonly FlowCoverage[] | null;
  readonly tookMs: number;
};

export function failedOf({ results }: TestReport): readonly TestResult[] {
  return results.filter(({ failures }) => failures.length > 0);
}

/** The report for people; every failure begins with a line that editors and CI systems make clickable. */
export function testText(report: TestReport): string {
  const { results, coverage, tookMs } = report;
  const failed = failedOf(report);
  const counts = `${results.length} tests: ${results.length - failed.length} passed, ${failed.length} failed`;
  return [
    ...failed.map(failureText),
    `${counts} (${(tookMs / 1000).toFixed(1)} s)`,
    ...(coverage === null ? [] : ['', coverageText(coverage)]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function failureText({ test, failures, ending, trace }: TestResult): string {
  const way = trace.path.map(({ step }) => step).join(', ');
  const lines = failures.flatMap((failure) => [
    problemLine(problemOf(test, failure)),
    ...(failure.heard === undefined ? [] : [`    heard: ${quoted(failure.heard)}`]),
  ]);
  return [...lines, `    way:   ${way} (${ending})`, ''].join('\n');
}

function problemOf(test: TestResult['test'], { line, column, message }: TestResult['failures'][number]): Problem {
  return { code: 'test.failed', file: test.file, line, column, message: `"${test.name}": ${message}` };
}

function quoted(heard: string): string {
  return heard === '' ? 'nothing' : heard.split('\n').join('\n           ');
}

function coverageText(flows: readonly FlowCoverage[]): string {
  const width = Math.max(...flows.map(({ flow }) => flow.length), 'all flows'.length);
  const lines = flows.flatMap((flow) => [
    `  ${row(flow.flow, width, [flow])}`,
    ...flow.untouched.map(({ step, at, outcomes }) => {
      const what = outcomes === null ? 'no test comes here' : `no test leaves it by ${listed(outcomes)}`;
      return `    ${at} ${step}: ${what}`;
    }),
  ]);
  return ['Steps, and ways out of steps, that tests go through:', ...lines, `  ${row('all flows', width, flows)}`].join(
    '\n',
  );
}

function row(name: string, width: number, flows: readonly FlowCoverage[]): string {
  const places = flows.reduce((sum, flow) => sum + flow.places, 0);
  const touched = flows.reduce((sum, flow) => sum + flow.touched, 0);
  return `${name.padEnd(width)}  ${String(Math.floor(percentOf(flows))).padStart(3)} %  ${touched} of ${places}`;
}

function listed(outcomes: readonly string[]): string {
  const last = outcomes.at(-1) ?? '';
  return outcomes.length < 2 ? last : `${outcomes.slice(0, -1).join(', ')} or ${last}`;
}

/** The same for programs. */
export function testJson(report: TestReport): string {
  const { results, coverage, tookMs } = report;
  const failed = failedOf(report).length;
  const tests = results.map(({ test, failures, ending, trace }) => ({
    file: test.file,
    line: test.line,
    column: test.column,
    name: test.name,
    flow: test.given.flowId,
    passed: failures.length === 0,
    failures,
    path: trace.path.map(({ flow, step }) => ({ flow, step })),
    end: ending,
  }));
  const flows = coverage?.map((flow) => ({ ...flow, percent: percentOf([flow]) }));
  const all = coverage && { percent: percentOf(coverage), flows };
  const whole = { passed: results.length - failed, failed, tookMs: Math.round(tookMs), tests, coverage: all };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}
