import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failures, flows, problemsOf, results } from './folder.ts';

const MAIN = flows(`
steps:
  hello: { type: play, prompt: Welcome  to the Shop. }
  choose:
    type: menu
    prompt: Sales or support?
    no_match_prompt: Pardon?
    barge_in: true
    options: { "1": { next: sales, label: Sales, say: [sales] }, "2": pin, "3": fetch }
    on: { no_input: bye, no_match: bye }
  sales: { type: queue, queue: sales, on: { handled: bye } }
  pin:
    type: gather
    prompt: Your PIN
    into: pin
    min: 4
    max: 4
    sensitive: true
    on: { no_input: bye, no_match: bye }
  check: { type: set, vars: { tries: 1, list: { a: 1, b: [1, 2] } }, next: tell }
  fetch:
    type: http
    method: POST
    url: https://api.example.com/orders/7
    query: { q: "a b" }
    headers: { X-Trace: "5" }
    json: { id: 7, from: "\${{ contact.from }}" }
    save: { state: "\${{ result.body.state }}" }
    on: { ok: tell, error: bye }
  tell: { type: emit, name: order.viewed, data: { order: 7 } }
  note: { type: log, message: An order was viewed. }
  tag: { type: tag, values: { vip: true } }
  deutsch: { type: language, value: de }
  bye: { type: play, prompt: Goodbye., next: end }
  end: { type: hangup }
`);

test('a test that says what is so passes', () => {
  const tests = `
  sales by key:
    given: { agents: [anna] }
    do:
      - expect: welcome to the shop
      - expect: [SALES, /support\\?$/]
      - expect_not: goodbye
      - press: 1
      - answer: anna
      - wait: 1m
      - end: anna
      - expect: Goodbye.
    expect: { path: [hello, choose, sales, bye, end], outcomes: { choose: "1", sales: handled }, end: hung up }
  an order:
    given: { http: { fetch: { body: { state: shipped } } } }
    do:
      - press: 3
    expect:
      path: [..., main/fetch, tell, ..., end]
      vars: { state: shipped, tries: null }
      language: de
      tags: { vip: true }
      emitted: [{ name: order.viewed, data: { order: 7 } }]
      noted: an order
      requests:
        - { step: fetch, method: POST, url: api.example.com/orders, query: { q: a b }, headers: { x-trace: "5" }, body: { id: 7 } }
  a caller who says nothing, then leaves in the middle of a word:
    do:
      - silence
      - expect: Sales
      - silence: 6s
      - { say: what, confidence: 0.1 }
      - expect: "Goodbye"
    expect: { outcomes: { choose: no_match } }
  a guest:
    given: { channel: chat }
    do:
      - expect: 1) Sales
      - reply: sales
      - hangup
    expect: { end: customer left }
`;
  assert.deepEqual(failures(MAIN, tests), []);
});

test('each thing that is not so is told at the line and column where the test says it', () => {
  const why = (lines: string): string[] => failures(MAIN, `  t:\n${lines}`);
  assert.deepEqual(why('    do:\n      - expect: Wellcome\n'), ['5:9 "Wellcome" was not heard.']);
  assert.deepEqual(why('    do:\n      - expect: [Welcome, Bye]\n'), ['5:9 "Bye" was not heard.']);
  assert.deepEqual(why('    do:\n      - expect_not: sales\n'), ['5:9 "sales" was heard.']);
  assert.deepEqual(why('    do:\n      - press: 1\n      - end: anna\n'), [
    '6:9 This agent does not talk with the customer. (agent anna)',
  ]);
  assert.deepEqual(why('    do:\n      - hangup\n      - press: 1\n'), ['6:9 The contact is over.']);
  const expected: readonly [string, string][] = [
    ['path: [hello, end]', '5:13 The way was hello, choose, not hello, end.'],
    ['end: hung up', '5:12 The end is "step choose", not "hung up".'],
    ['outcomes: { hello: failed }', '5:17 Step hello was left with "ok", not with "failed".'],
    ['outcomes: { end: ok }', '5:17 Step end was not left, not with "ok".'],
    ['vars: { tries: 1 }', '5:13 The variable tries is nothing, not 1.'],
    ['language: de', '5:17 The language is en, not de.'],
    ['tags: { vip: true }', '5:13 The tag vip is nothing, not true.'],
    ['emitted: order.viewed', '5:16 There were 0 events, not 1.'],
    ['noted: x', '5:14 There were 0 notes, not 1.'],
    ['requests: [{ step: fetch }]', '5:17 There were 0 requests, not 1.'],
  ];
  for (const [line, told] of expected) assert.deepEqual(why(`    expect:\n      ${line}\n`), [told], line);
  assert.deepEqual(why('    expect: { end: hung up, language: de }\n').length, 2, 'all of them are told');
});

test('what of a request, an event or a note is another one is named', () => {
  const why = (expected: string): string[] =>
    failures(
      MAIN,
      `  t:\n    given: { http: { fetch: 200 } }\n    do: [{ press: 3 }]\n    expect: { ${expected} }\n`,
    ).map((line) => line.replace(/^\S+ /, ''));
  const requests: readonly [string, string][] = [
    ['step: tell', 'The first request is of step fetch, not tell.'],
    ['method: GET', 'The first request has the method "POST", not "GET".'],
    ['url: example.org', 'The first request has the address "https://api.example.com/orders/7", not "example.org".'],
    ['query: { q: b }', 'The first request has the query {"q":"a b"}, not {"q":"b"}.'],
    ['headers: { x-trace: "6" }', 'The first request has the headers {"X-Trace":"5"}, not {"x-trace":"6"}.'],
    ['body: { id: "7" }', 'The first request has the body {"id":7,"from":"15551234"}, not {"id":"7"}.'],
  ];
  for (const [line, told] of requests) assert.deepEqual(why(`requests: [{ ${line} }]`), [told]);
  assert.deepEqual(why('emitted: [order.lost]'), ['The first event is order.viewed, not order.lost.']);
  assert.deepEqual(why('emitted: [{ name: order.viewed, data: { order: 8 } }]'), [
    'The first event has the data {"order":7}, not {"order":8}.',
  ]);
  assert.deepEqual(why('noted: [lost]'), ['The first note is "An order was viewed.", not "lost".']);
});

test('a sensitive variable can be compared and is never printed', () => {
  const tests = (pin: string): string =>
    `  t:\n    do: [{ press: 2 }, { press: 8642 }]\n    expect: { vars: { pin: "${pin}" } }\n`;
  assert.deepEqual(failures(MAIN, tests('8642')), []);
  const [failed] = results(MAIN, tests('1357'));
  assert.match(failed!.failures[0]!.message, /pin has another value; it is sensitive/);
  assert.doesNotMatch(JSON.stringify([failed!.failures, failed!.trace.lines]), /8642/);
});

test('what an inner flow was told in confidence is masked in what a failed test prints, also when it is over', () => {
  const inner = `
steps:
  pin: { type: gather, prompt: PIN, into: pin, min: 4, max: 4, sensitive: true, on: { no_input: back, no_match: back } }
  send: { type: http, url: https://api.example.com/, json: { pin: "\${{ vars.pin }}" }, on: { ok: back, error: back } }
  back: { type: return }
`;
  const set = flows('steps:\n  a: { type: call_flow, flow: inner }\n  b: { type: hangup }\n', { 'inner.yaml': inner });
  const tests =
    '  t:\n    given: { http: { send: 200 } }\n    do: [{ press: 8642 }]\n    expect: { requests: [{ body: { pin: "1" } }], path: [a, pin, inner/send, back, b] }\n';
  assert.deepEqual(failures(set, tests), ['6:25 The first request has the body {"pin":"***"}, not {"pin":"1"}.']);
});

test('a request of which the test says nothing fails it, with the address', () => {
  assert.deepEqual(failures(MAIN, '  t:\n    do: [{ press: 3 }]\n'), [
    '4:10 Step fetch asked POST https://api.example.com/orders/7, and the test does not say what comes of it: name it under "given", "http".',
  ]);
});

test('what a file gives to all its tests is put together with what one test gives', () => {
  const before = 'given: { agents: [ben], http: { fetch: 500 }, vars: { a: 1, b: 1 } }\n';
  const tests = `
  a:
    do: [{ press: 1 }, { answer: ben }]
    expect: { vars: { a: 1, b: 1 }, end: agent ben }
  b:
    given: { agents: anna, vars: { b: 2 } }
    do: [{ press: 1 }, { answer: anna }]
    expect: { vars: { a: 1, b: 2 }, end: agent anna }
`;
  assert.deepEqual(failures(MAIN, tests, before), []);
});

test('a file of tests that is wrong is refused with line, column and the nearest name', () => {
  const told = (text: string): string[] => problemsOf(MAIN, text).map((line) => line.replace('main.test.yaml:', ''));
  const one = (test: string): string[] => told(`flow: main\ntests:\n  t:\n    ${test}\n`);
  assert.match(told('')[0]!, /^1:1 key\.missing The file is empty/);
  assert.match(told('flow: main\n')[0]!, /key\.missing .*needs "tests"/);
  assert.match(told('flow: mian\ntests: { t: { do: [hangup] } }\n')[0]!, /^1:7 flow\.unknown .*"main"/);
  const wrong: readonly [string, RegExp][] = [
    ['do: [{ pres: 1 }]', /^4:12 key\.unknown .*Did you mean "press"/],
    ['do: [{ press: 1, say: a }]', /^4:10 test\.action .*exactly one thing/],
    ['do: [hang]', /^4:10 test\.action .*one of expect, /],
    ['do: [{ press: a }]', /^4:19 value\.type .*keys are 0 to 9/],
    ['do: [{ expect: /(/ }]', /^4:20 pattern\.invalid /],
    ['do: [{ answer: ana }]', /^4:20 agent\.unknown .*"anna"/],
    ['do: [{ wait: long }]', /^4:18 value\.type .*duration/],
    ['description: nothing', /^3:3 test\.empty /],
    ['given: { time: 2026-02-30T10:00 }\n    do: [hangup]', /^4:20 value\.type .*moment/],
    ['given: { calendars: { ofice: open } }\n    do: [hangup]', /calendar\.unknown .*"office"/],
    ['given: { queues: { sale: {} } }\n    do: [hangup]', /queue\.unknown .*"sales"/],
    ['given: { agents: [bend] }\n    do: [hangup]', /^4:23 agent\.unknown .*"ben"/],
    ['given: { http: { fetsch: 200 } }\n    do: [hangup]', /step\.unknown .*"fetch"/],
    ['given: { http: { fetch: 99 } }\n    do: [hangup]', /value\.range .*between 100 and 599/],
    ['expect: { path: [helo] }', /^4:22 step\.unknown .*"hello"/],
    ['expect: { outcomes: { chose: "1" } }', /step\.unknown .*"choose"/],
    ['expect: { end: finished }', /^4:20 value\.type .*"hung up"/],
  ];
  for (const [line, pattern] of wrong) assert.match(one(line).join('\n'), pattern, line);
  for (const [line] of wrong) assert.equal(one(line).length, 1, `${line}: ${one(line).join('\n')}`);
});

test('two hundred tests of a flow take a second of a processor at most', () => {
  const tests = Array.from(
    { length: 200 },
    (_, at) =>
      `  t${at}:\n    given: { agents: [anna] }\n    do: [{ press: 1 }, { answer: anna }, { end: anna }]\n    expect: { end: hung up }\n`,
  );
  const began = process.cpuUsage();
  assert.equal(results(MAIN, tests.join('')).filter((one) => one.failures.length > 0).length, 0);
  const { user, system } = process.cpuUsage(began);
  assert.ok(user + system < 1_000_000, `${(user + system) / 1000} ms`);
});
