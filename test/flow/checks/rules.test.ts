import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemCode } from '../../../src/flow/problem.ts';
import { problemLine } from '../../../src/flow/problem.ts';
import { load } from '../receptionist.ts';
import { check, SITE, told } from './checked.ts';

const END = '  end: { type: hangup }\n';
const OTHER_END = 'steps: { end: { type: hangup } }\n';

/** Asserts that there is exactly this problem, at this place and with these words. */
function only(found: ReturnType<typeof check>, code: ProblemCode, place: string, words: RegExp): void {
  assert.deepEqual(
    found.map((problem) => problem.code),
    [code],
    found.map(problemLine).join('\n'),
  );
  const line = problemLine(found[0]!);
  assert.ok(line.includes(`yaml:${place} `), line);
  assert.match(line, words);
}

test('a key that does not exist is told with the nearest one', () => {
  only(
    check('steps:\n  a: { type: play, prompt: Hi, intrruptible: true }\n'),
    'key.unknown',
    '2:32',
    /"interruptible"/,
  );
});

test('a target that is no step is told with the nearest one', () => {
  const flow = `steps:\n  a: { type: play, prompt: Hi, on: { interrupted: ned } }\n${END}`;
  only(check(flow), 'step.unknown', '2:51', /"end"/);
});

test('an outcome that the step cannot have is told with the nearest one, at its own place', () => {
  only(
    check(`steps:\n  a: { type: menu, prompt: Hi, options: { 1: end }, on: { no_inptu: end } }\n${END}`),
    'outcome.unknown',
    '2:59',
    /"no_input"/,
  );
});

test('an outcome that would exist beside another key is told so', () => {
  const flow = `steps:\n  a:\n    type: play\n    prompt: Hi\n    on:\n      ok: end\n      max_visits: end\n${END}`;
  only(check(flow), 'outcome.unknown', '7:7', /when it has a "max_visits"/);
});

test('a step that nothing leads to is told', () => {
  only(check(`steps:\n  a: { type: hangup }\n  lost: { type: hangup }\n`), 'step.unreachable', '3:3', /lost/);
});

test('a step that could not be read is no reason to call those below it unreachable', () => {
  assert.deepEqual(
    check(`steps:\n  a: { type: plya }\n  b: { type: play, prompt: Hi }\n${END}`).map(({ code }) => code),
    ['step.type_unknown'],
  );
});

test('steps that go round by themselves are told, once for each circle', () => {
  const flow =
    'steps:\n  a: { type: set, vars: { x: 1 } }\n  b: { type: play, prompt: Hi }\n  c: { type: switch, value: "${{ vars.x }}", cases: { "1": a }, default: end }\n';
  only(check(flow + END), 'step.circular', '2:3', /^.*Steps a, b, c lead to each other without waiting.*max_visits/);
});

test('a circle with a bound, or in which a customer is asked or waits, is fine', () => {
  const circle = (step: string, on = '') =>
    `steps:\n  a: { type: play, prompt: Hi${on} }\n  b: { ${step} }\n  c: { type: set, vars: { x: 1 }, next: a }\n${END}`;
  for (const [step, on] of [
    ['type: menu, prompt: Hi, options: { 1: a, 2: end }', ''],
    ['type: queue, queue: sales, on: { handled: end }', ''],
    ['type: wait, duration: 5s, on: { elapsed: c }, next: end', ', on: { failed: end }'],
    ['type: loop, max: 3, on: { again: c, done: end }', ''],
    ['type: goto, step: c, max: 3, on: { done: end }', ''],
    ['type: set, vars: { y: 1 }', ', max_visits: 3, on: { max_visits: end }'],
  ]) {
    const found = told(circle(step!, on)).filter((line) => !/unreachable/.test(line));
    assert.deepEqual(found, [], step);
  }
});

test('errors that a step leaves to its flow make no circle', () => {
  assert.deepEqual(
    told(
      `on_error: sorry\nsteps:\n  a: { type: play, prompt: Hi, next: end }\n  sorry: { type: play, prompt: Sorry. }\n${END}`,
    ),
    [],
  );
});

test('a choice that always leads back to itself is told: the customer can only hang up', () => {
  const flow =
    'steps:\n  a: { type: menu, prompt: Hi, options: { 1: b }, next: a }\n  b: { type: play, prompt: Hi, next: a }\n';
  only(check(flow), 'step.endless', '2:3', /Steps a, b lead to each other, and no way leads from there to an end/);
});

test('an outcome of which something must be said is told when nobody says it', () => {
  const flow = `steps:\n  a: { type: authenticate, KEYS }\n${END}`;
  const kind = flow.replace('type: authenticate, KEYS', 'type: confirm, prompt: Sure?');
  only(check(kind), 'outcome.missing', '2:3', /"no"/);
  assert.deepEqual(told(kind.replace('Sure?', 'Sure?, on: { "no": end }')), []);
});

test('a step that this release cannot do yet must say where its error leads', () => {
  const flow = `steps:\n  a: { type: stream, action: stop }\n${END}`;
  only(check(flow), 'outcome.missing', '2:3', /"error" in this release .*on_error/);
  assert.deepEqual(told(flow.replace('action: stop', 'action: stop, on: { error: end }')), []);
  assert.deepEqual(told(`on_error: end\n${flow}`), []);
  assert.deepEqual(told(flow, { 'sorry.yaml': OTHER_END }, `${SITE}on_error: sorry\n`), []);
});

test('a variable that nobody sets is told with the nearest one', () => {
  const flow = `steps:\n  a: { type: set, vars: { account: 1 } }\n  b: { type: play, prompt: "\${{ vars.acount }}" }\n${END}`;
  only(check(flow), 'variable.unknown', '3:33', /account/);
});

test('a variable that only later steps fill is told, and not where some way fills it before', () => {
  const flow = (more: string) =>
    `steps:\n  a: { type: menu, prompt: Hi, options: { 1: b, 2: c } }\n  b: { type: set, vars: { x: 1 }${more} }\n  c: { type: play, prompt: "\${{ vars.x }}" }\n${END}`;
  assert.deepEqual(told(flow('')), []);
  only(check(flow(', next: end')), 'variable.unset', '4:28', /always empty here: only b fills it/);
  assert.deepEqual(
    told(
      flow(', next: end')
        .replace('${{ vars.x }}', '${{ has(vars.x) ? "a" : "b" }}')
        .replace(/prompt: "(.*)" }/, "prompt: '$1' }"),
    ),
    [],
  );
});

test('what follows the hang-up, and a flow to which contacts come with variables, may read everything', () => {
  const clean = `on_hangup: c\nsteps:\n  a: { type: play, prompt: Hi }\n  b: { type: set, vars: { x: 1 }, next: end }\n  c: { type: set, vars: { y: "\${{ vars.x }}" } }\n${END}`;
  assert.deepEqual(told(clean), []);
  const other = `steps:\n  c: { type: play, prompt: "\${{ vars.x }}" }\n  b: { type: set, vars: { x: 1 } }\n`;
  assert.deepEqual(told('steps:\n  a: { type: transfer_flow, flow: other }\n', { 'other.yaml': other }), []);
  assert.match(
    told('steps:\n  a: { type: call_flow, flow: other }\n', { 'other.yaml': other }).join(),
    /variable\.unset/,
  );
});

test('a step that needs a customer is told where the flow goes on after the hang-up', () => {
  const flow = `on_hangup: note\nsteps:\n  a: { type: play, prompt: Hi, next: end }\n  note: { type: set, vars: { x: 1 } }\n  bye: { type: play, prompt: Bye }\n${END}`;
  only(check(flow), 'step.customer_gone', '5:3', /bye \(play\).*on_hangup/);
  const site = `${SITE}on_hangup: gone\n`;
  const gone = 'steps:\n  bye: { type: play, prompt: Bye }\n';
  only(check(OTHER_END, { 'gone.yaml': gone }, site), 'step.customer_gone', '2:3', /on_hangup of site\.yaml/);
});

test('sensitive input that would be spoken, kept or put into an address is told', () => {
  const ask = 'steps:\n  pin: { type: gather, prompt: PIN?, into: pin, sensitive: true }\n';
  for (const [step, column] of [
    ['type: play, prompt: "${{ vars.pin }}"', 32],
    ['type: log, message: "${{ vars.pin }}"', 32],
    ['type: http, url: "https://example.com/${{ vars.pin }}", on: { error: end }', 49],
  ] as const) {
    only(check(`${ask}  a: { ${step} }\n${END}`), 'sensitive.exposed', `3:${column + 1}`, /vars\.pin/);
  }
});

test('a recording that is not there is told with the nearest one', () => {
  only(check(`steps:\n  a: { type: play, prompt: { file: helo } }\n`), 'prompt.missing', '2:36', /"hello"/);
});

test('a prompt by language that leaves out a language of the site is a warning', () => {
  const flow = 'steps:\n  a:\n    type: play\n    prompt:\n      by_language:\n        en: Hello\n';
  const found = check(flow);
  only(found, 'language.missing', '5:7', /Warning: Nothing is said in de here/);
  assert.equal(found[0]!.severity, 'warning');
  assert.ok(load({ 'site.yaml': SITE, 'main.yaml': flow }).set, 'it comes into service all the same');
  for (const more of ['de: Hallo', 'other: Hallo', 'de-AT: x\n        de: Hallo']) {
    assert.deepEqual(told(`${flow}        ${more}\n`), [], more);
  }
});

test('a pause between digits that is longer than the wait for the first one is a warning', () => {
  const flow = (times: string) => `steps:\n  a: { type: gather, prompt: Hi, into: x, ${times} }\n`;
  only(check(flow('inter_digit_timeout: 8s')), 'timeout.order', '2:64', /8s.*longer than timeout \(5s\)/);
  only(check(flow('timeout: 2s, inter_digit_timeout: 3s')), 'timeout.order', '2:77', /3s.*2s/);
  assert.deepEqual(told(flow('timeout: 2s')), [], 'defaults are nobody’s mistake');
});

test('a pattern that nothing can match between the fewest and the most digits is told, and so is one that cannot be bounded', () => {
  const flow = (rule: string) =>
    `steps:\n  a: { type: gather, prompt: Hi, into: x, min: 4, max: 6, validate: ${rule} }\n`;
  assert.match(told(flow("{ pattern: '[0-9]{8}' }")).join(), /pattern\.never_matches/);
  assert.match(told(flow("{ pattern: '([0-9]+)\\1' }")).join(), /pattern\.invalid/);
  assert.deepEqual(told(flow("{ pattern: '[0-9]{5}' }")), []);
});

test('words that mean two options are told', () => {
  const flow = `steps:\n  a:\n    type: menu\n    prompt: Hi\n    options:\n      1: { next: end, say: [sales] }\n      2: { next: end, say: [Sales!] }\n${END}`;
  assert.match(told(flow).join(), /phrase\.duplicate "sales" means key 1 and key 2/);
});

test('a calendar, a queue, a flow and a table that are not there are told', () => {
  for (const [step, code] of [
    ['type: schedule, calendar: offce, on: { closed: end }', 'calendar.unknown'],
    ['type: queue, queue: slaes', 'queue.unknown'],
    ['type: call_flow, flow: othr', 'flow.unknown'],
    ['type: lookup, table: prices, key: "1"', 'table.unknown'],
  ] as const) {
    assert.ok(
      check(`steps:\n  a: { ${step} }\n${END}`).some((one) => one.code === code),
      step,
    );
  }
});

test('flows that call each other on every way are told, those that may also end are fine', () => {
  const calls = (other: string) => `steps:\n  a: { type: call_flow, flow: ${other} }\n`;
  only(check(calls('main')), 'flow.circular', '2:31', /calls itself on every way through/);
  only(
    check(calls('other'), { 'other.yaml': calls('main') }),
    'flow.circular',
    '2:31',
    /The flows main, other call each other/,
  );
  const may =
    'steps:\n  a: { type: menu, prompt: Hi, options: { 1: b }, on: { no_input: c } }\n  b: { type: call_flow, flow: main }\n  c: { type: return }\n';
  assert.deepEqual(told(calls('other'), { 'other.yaml': may }), []);
});

const ASKS = 'params: { account: {}, tries: { default: 3 } }\nsteps:\n  a: { type: return, outcome: found }\n';

test('what a flow is given is compared with its parameters', () => {
  const call = (given: string) => `steps:\n  a: { type: call_flow, flow: other, with: { ${given} } }\n`;
  only(check(call('acount: 1, account: 2'), { 'other.yaml': ASKS }), 'parameter.unknown', '2:46', /"account"/);
  only(check(call('tries: 1'), { 'other.yaml': ASKS }), 'parameter.missing', '2:31', /must be given account/);
  assert.deepEqual(told(call('account: 1'), { 'other.yaml': ASKS }), []);
});

test('a number cannot lead to a flow that must be given something', () => {
  const found = check('params: { account: {} }\nsteps: { end: { type: hangup } }\n');
  only(found, 'parameter.missing', '4:19', /The number 100 leads to the flow main, which must be given account/);
  assert.equal(found[0]!.file, 'site.yaml');
});

test('an outcome with which the flow that is called never comes back is told', () => {
  const call = (outcome: string) =>
    `steps:\n  a: { type: call_flow, flow: other, with: { account: 1 }, on: { ${outcome}: end } }\n${END}`;
  only(
    check(call('fuond'), { 'other.yaml': ASKS }),
    'outcome.unknown',
    '2:66',
    /never comes back with "fuond".*"found"/,
  );
  for (const fine of ['found', 'ok', 'error']) assert.deepEqual(told(call(fine), { 'other.yaml': ASKS }), [], fine);
});

test('a flow to which nothing leads is a warning', () => {
  const found = check(OTHER_END, { 'lost.yaml': OTHER_END });
  only(found, 'flow.unused', '1:1', /Warning: Nothing leads to the flow lost/);
});

test('what a step names wrongly does not bring about a second problem of the same cause', () => {
  const flow = `steps:\n  a: { type: switch, value: {{ x }}, cases: { "1": end } }\n${END}`;
  assert.deepEqual(
    check(flow).map(({ code }) => code),
    ['yaml.template'],
  );
});

test('braces without the dollar sign inside a text are told, at their place', () => {
  only(check('steps:\n  a: { type: play, prompt: "Hello {{ vars.name }}" }\n'), 'yaml.template', '2:35', /dollar sign/);
  assert.deepEqual(told('steps:\n  a: { type: play, prompt: "Hello ${{ contact.from }} }} {{" }\n'), []);
});

test('a key that is like none of the known ones is told with all that a step has', () => {
  only(
    check('steps:\n  a: { type: menu, prompt: Hi, options: { 1: end }, qqqqqqq: 1 }\n  end: { type: hangup }\n'),
    'key.unknown',
    '2:53',
    /A menu step has no key "qqqqqqq"\. Known are: type, .*barge_in/,
  );
});

test('a key of an earlier release is told with the place where it stands now', () => {
  only(check('max_steps: 20\nsteps: { a: { type: hangup } }\n'), 'key.unknown', '1:1', /It stands under "limits" now/);
});
