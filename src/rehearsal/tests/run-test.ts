import type { FlowSet } from '../../model/flow-set.ts';
import { listensFirst, perform } from '../action.ts';
import { endingOf } from '../ending.ts';
import { masked } from '../masked.ts';
import { Rehearsal } from '../rehearsal.ts';
import { failureText } from '../rehearsal-failure.ts';
import type { Trace } from '../trace.ts';
import { checkExpectation } from './check-expectation.ts';
import type { Matcher } from './matcher.ts';
import type { FlowTest } from './test-file.ts';
import type { TestLine } from './test-line.ts';

/** Where a test failed, and why. */
export type TestFailure = {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What the customer heard since the line before, where that is what is wrong. */
  readonly heard?: string;
};

export type TestResult = {
  readonly test: FlowTest;
  /** Empty: it passed. The first line that fails ends a test; of what is expected at the end all is compared. */
  readonly failures: readonly TestFailure[];
  readonly ending: string;
  readonly trace: Trace;
};

/** Lives one test. */
export function runTest(set: FlowSet, test: FlowTest): TestResult {
  const rehearsal = new Rehearsal(set, test.given);
  const failures = runLines(test, rehearsal);
  return { test, failures, ending: endingOf(rehearsal), trace: rehearsal.trace };
}

function runLines(test: FlowTest, rehearsal: Rehearsal): TestFailure[] {
  const since = { place: 0 };
  for (const { value, line, column } of test.lines) {
    const told = runLine(value, rehearsal, since) ?? trouble(rehearsal);
    if (told) return [{ line, column, ...told }];
  }
  rehearsal.listen();
  const told = trouble(rehearsal);
  if (told) return [{ line: test.line, column: test.column, ...told }];
  return test.expect ? checkExpectation(test.expect, rehearsal) : [];
}

type Told = Pick<TestFailure, 'message' | 'heard'>;
/** From which line of the trace on the customer's ear is looked at. */
type Since = { place: number };

function runLine(line: TestLine, rehearsal: Rehearsal, since: Since): Told | undefined {
  if ('texts' in line) {
    const compare = line.do === 'expect' ? expectHeard : expectNotHeard;
    return compare(line.texts, rehearsal, since);
  }
  if (listensFirst(line)) rehearsal.listen();
  since.place = rehearsal.trace.lines.length;
  const done = perform(rehearsal, line);
  return done.ok ? undefined : { message: failureText(done.failure) };
}

function expectHeard(texts: readonly Matcher[], rehearsal: Rehearsal, { place }: Since): Told | undefined {
  const heard = (): string => rehearsal.trace.heardFrom(place).join('\n');
  const missing = texts.find((text) => !rehearsal.listenUntil(() => text.matches(heard())));
  return missing && { message: `"${missing.written}" was not heard.`, heard: heard() };
}

function expectNotHeard(texts: readonly Matcher[], rehearsal: Rehearsal, { place }: Since): Told | undefined {
  rehearsal.listen();
  const heard = rehearsal.trace.heardFrom(place).join('\n');
  const unwanted = texts.find((text) => text.matches(heard));
  return unwanted && { message: `"${unwanted.written}" was heard.`, heard };
}

/** What no line of a test says, and what makes every test fail. */
function trouble(rehearsal: Rehearsal): Told | undefined {
  if (rehearsal.fault) return { message: `A rule of the program broke: ${rehearsal.fault.message}` };
  const open = rehearsal.unanswered[0];
  if (!open) return undefined;
  const { method = '', url = '' } = open.request ?? {};
  const asked = `Step ${open.event.stepId} asked ${method} ${masked(url, rehearsal.secrets)}`;
  return { message: `${asked}, and the test does not say what comes of it: name it under "given", "http".` };
}
