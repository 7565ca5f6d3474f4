import { loadFlows } from '../../src/flow/load.ts';
import { problemLine } from '../../src/flow/problem.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import { Rehearsal } from '../../src/rehearsal/rehearsal.ts';
import { runTest, type TestResult } from '../../src/rehearsal/tests/run-test.ts';
import { givenOf, readTests } from '../../src/rehearsal/tests/test-file.ts';

export const SITE = `
language: en
languages: [en, de]
time_zone: Europe/Berlin
numbers:
  "100": main
  "0800*": main
calendars:
  office:
    hours: { mon-fri: 09:00-17:00 }
    holidays: { 12-25: Christmas Day }
queues:
  sales: { name: Sales, answer_within: 20s, service_level: 20s, wrap_up: 5s }
agents:
  anna: { extension: "1001", queues: [sales] }
  ben: { extension: "1002", queues: [sales] }
`;

/** A folder with one flow `main`, or several; throws when the check finds something. */
export function flows(main: string, others: Readonly<Record<string, string>> = {}, recordings: string[] = []): FlowSet {
  const files = Object.entries({ 'site.yaml': SITE, 'main.yaml': main, ...others }).map(([path, text]) => ({
    path,
    text,
  }));
  const { set, problems } = loadFlows({
    version: 'v1',
    files,
    recordings: new Set(recordings),
    unplayable: new Set(),
  });
  const told = problems.map(problemLine);
  if (!set) throw new Error(told.join('\n'));
  return set;
}

/** Somebody comes to the flow `main`. */
export function arrived(set: FlowSet, given: Parameters<typeof givenOf>[0] = {}): Rehearsal {
  return new Rehearsal(set, givenOf(given, 'main', set));
}

/** What was heard, in order. */
export function heard({ trace }: Rehearsal): string[] {
  return trace.heardFrom(0);
}

/** Steps that were entered. */
export function way({ trace }: Pick<Rehearsal, 'trace'>): string[] {
  return trace.path.map(({ step }) => step);
}

/** The problems of a file of tests. */
export function problemsOf(set: FlowSet, text: string): string[] {
  const problems: Parameters<typeof readTests>[2] = [];
  readTests({ path: 'main.test.yaml', text }, set, problems);
  return problems.map(problemLine);
}

/** Runs the tests that stand under `tests:`, each with two blanks before its name. */
export function results(set: FlowSet, tests: string, before = ''): TestResult[] {
  const problems: Parameters<typeof readTests>[2] = [];
  const text = `flow: main\n${before}tests:\n${tests}`;
  const read = readTests({ path: 'main.test.yaml', text }, set, problems);
  if (problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
  return read.map((test) => runTest(set, test));
}

/** Why the tests failed: `line:column message`. */
export function failures(set: FlowSet, tests: string, before = ''): string[] {
  return results(set, tests, before).flatMap(({ failures: all }) =>
    all.map(({ line, column, message }) => `${line}:${column} ${message}`),
  );
}
