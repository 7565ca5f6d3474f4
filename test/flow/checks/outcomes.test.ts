import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemLine } from '../../../src/flow/problem.ts';
import { load } from '../receptionist.ts';

const SITE = `
numbers: { "100": main }
calendars: { office: { hours: { mon-fri: "09:00-17:00" } } }
direct_queue: { overflow: [{ when: { unstaffed: true }, to: { external: "030123" } }] }
queues:
  plain: {}
  sales: { overflow: [{ when: { waited: 1m }, to: { queue: second } }] }
  second: { overflow: [{ when: { waited: 2m }, to: voicemail }] }
agents:
  anna: { extension: "1001", queues: [plain, sales, second] }
`;

/** The problems of a flow of which this is the first step. */
function problems(step: string): string[] {
  const main = `steps:\n  first: { ${step} }\n  below: { type: play, prompt: Below., next: end }\n  end: { type: hangup }\n`;
  const { problems: found } = load({ 'site.yaml': SITE, 'main.yaml': main });
  return found.filter(({ code }) => code !== 'step.unreachable').map(problemLine);
}

test('a queue whose calls may come back by an overflow of which the step says nothing is a problem, by way of other queues too', () => {
  for (const [queue, way] of [
    ['second', 'voicemail'],
    ['sales', 'voicemail'],
    ['"@anna"', 'external'],
  ]) {
    const told = problems(`type: queue, queue: ${queue}, on: { handled: end }`);
    assert.equal(told.length, 1, told.join('\n'));
    assert.match(told[0]!, new RegExp(`^main\\.yaml:2:3 outcome\\.missing .*${way}`));
  }
});

test('who routes the way out, overflow, timeout or everything has said where it leads', () => {
  for (const said of [
    'on: { voicemail: end }',
    'on: { overflow: end }',
    'on: { handled: end, timeout: end }',
    'next: below',
  ]) {
    assert.deepEqual(problems(`type: queue, queue: sales, ${said}`), [], said);
  }
  assert.deepEqual(problems('type: queue, queue: plain'), [], 'a queue without overflow has no such outcome');
  assert.equal(problems('type: queue, queue: sales, on: { callback: end }').length, 1, 'another way out is no help');
});

test('a schedule that goes on in the same way open or closed is a problem', () => {
  const told = problems('type: schedule, calendar: office, on: { holiday: end }');
  assert.match(told.join('\n'), /^main\.yaml:2:3 outcome\.missing .*open or closed/);
  assert.deepEqual(problems('type: schedule, calendar: office, on: { closed: end }'), []);
  assert.deepEqual(problems('type: schedule, calendar: office, on: { open: below, holiday: end }, next: end'), []);
});

test('a schedule without a calendar, and one with a calendar that the site does not have, are problems', () => {
  assert.match(problems('type: schedule, on: { closed: end }').join('\n'), /key\.missing .*calendar/);
  assert.match(
    problems('type: schedule, calendar: ofice, on: { closed: end }').join('\n'),
    /calendar\.unknown .*office/,
  );
});
