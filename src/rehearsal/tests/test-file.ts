import type { Problem } from '../../flow/problem.ts';
import { list } from '../../flow/shape/list.ts';
import { type KeyRule, mapOf } from '../../flow/shape/map-of.ts';
import { defaulted, object, optional, required, type ValueOf } from '../../flow/shape/object.ts';
import { text } from '../../flow/shape/scalars.ts';
import { Source } from '../../flow/source.ts';
import type { FlowSet } from '../../model/flow-set.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { Given } from '../given.ts';
import { numberOf } from '../given-set.ts';
import { momentOf } from '../moment.ts';
import { EXPECTATION, type Expectation } from './expectation.ts';
import { GIVEN, together, type WrittenGiven } from './given-shape.ts';
import { type Placed, placed } from './placed.ts';
import { TEST_LINE, type TestLine } from './test-line.ts';
import { TestNames } from './test-names.ts';

/** A plain Tuesday at ten, so that a test without a time is the same whenever it is run. */
const USUAL_TIME = '2026-01-06T10:00:00';
const USUAL_CALLER = '15551234';
const USUAL_CONTACT = 'rehearsal';
const LINES_MAX = 1000;
const TEST_NAME: KeyRule = {
  pattern: /^\S.{0,198}$/,
  asked: 'a test has a name of at most 200 characters',
  entry: (key) => `The test "${key}"`,
  max: 1000,
};

const TEST = object({
  description: optional(text(), 'For people.'),
  given: optional(GIVEN, 'What the world is like; it stands before what the file says for all of its tests.'),
  do: defaulted(list(placed(TEST_LINE), LINES_MAX), [], 'What happens, line by line.', []),
  expect: optional(EXPECTATION, 'What must be so at the end.'),
});

/** Everything that may stand in a file of tests. */
export const TEST_FILE = object({
  flow: required(text(), 'The flow that is tested.', ''),
  description: optional(text(), 'For people.'),
  given: optional(GIVEN, 'What the world is like in all tests of the file.'),
  tests: required(mapOf(TEST_NAME, TEST), 'The tests by name, as people read them.', {}),
});

/** One test that was read. */
export type FlowTest = {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly given: Given;
  readonly lines: readonly Placed<TestLine>[];
  readonly expect: Expectation | undefined;
};

/** Reads one file of tests against the flows that they are for. Problems are added to the list; then there are no tests. */
export function readTests(file: { path: string; text: string }, set: FlowSet, problems: Problem[]): FlowTest[] {
  const before = problems.length;
  const source = new Source(file.path, file.text, problems);
  if (!source.root) {
    if (problems.length === before)
      source.problem('key.missing', null, 'The file is empty. It needs "flow" and "tests".');
    return [];
  }
  const written = TEST_FILE.read(source, source.root, 'A file of tests');
  if (!written || problems.length > before) return [];
  const names = new TestNames(source, set);
  names.flow(written.flow, ['flow']);
  names.given(written.given, ['given']);
  const tests = Object.entries(written.tests).map(([name, test]) => {
    names.test(test, ['tests', name]);
    const at = source.place(source.nodeAt(['tests', name]));
    return { file: file.path, name, ...at, written: test };
  });
  if (problems.length > before) return [];
  return tests
    .map(({ written: test, ...about }) => {
      const given = givenOf(together(written.given, test.given), written.flow, set);
      return { ...about, given, lines: test.do, expect: test.expect };
    })
    .sort((a, b) => a.line - b.line);
}

export type WrittenTest = ValueOf<typeof TEST>;

/** The world of a test, complete. */
export function givenOf(written: Partial<WrittenGiven>, flowId: string, set: FlowSet): Given {
  const zone = timeZoneNamed(set.site.timeZone) ?? timeZoneNamed('UTC')!;
  return {
    flowId,
    contactId: written.contact ?? USUAL_CONTACT,
    atMs: momentOf(written.time ?? USUAL_TIME, zone)!,
    channel: written.channel ?? 'voice',
    from: written.from ?? USUAL_CALLER,
    to: written.to ?? numberOf(set, flowId),
    ...(written.language === undefined ? {} : { language: written.language }),
    given: written.given ?? {},
    vars: written.vars ?? {},
    calendars: written.calendars ?? {},
    agents: written.agents ?? [],
    queues: written.queues ?? {},
    doNotCall: written.do_not_call ?? [],
    callbacks: written.callbacks ?? {},
    http: written.http ?? {},
  };
}
