import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderOf } from '../../src/rehearsal/order.ts';
import { arrived, failures, flows, heard, problemsOf, results, SITE } from './folder.ts';

// Calls of more than two, messages and orders are lived through by a test as by the real switchboard, recorder and orders.

const TRUNK = `
trunks: { provider: { host: 192.0.2.10 } }
outgoing: { country: "+49", caller_id: "+493012345", rules: [{ prefix: +49, trunks: provider }] }
music: { jazz: { stream: "https://radio.example.com/jazz" } }
`;
const CALLS = { 'site.yaml': `${SITE}${TRUNK}` };

const DIALS = flows(
  `
steps:
  out:
    type: dial
    to: ["+49301111", { agent: anna }]
    order: serial
    timeout: 20s
    ringback: jazz
    on: { busy: busy, no_answer: nobody, completed: bye, declined: busy, unavailable: nobody, failed: nobody }
  busy: { type: play, prompt: Engaged., next: bye }
  nobody: { type: play, prompt: Nobody., next: bye }
  bye: { type: hangup }
`,
  CALLS,
);

test('who is dialled answers, is busy, or lets it ring, as the test says', () => {
  assert.deepEqual(
    failures(
      DIALS,
      `
  they talk:
    do: [expect: "[music jazz]", dial: answered, wait: 1m, dial: ends]
    expect: { path: [out, bye], outcomes: { out: completed } }
  the first is busy, and so is the second:
    do: [dial: busy, dial: busy, expect: Engaged]
    expect: { outcomes: { out: busy } }
  the first declines, the second answers:
    do: [dial: declined, dial: answered, dial: ends]
    expect: { outcomes: { out: completed } }
  nobody answers in time:
    do: [wait: 20s, wait: 20s, expect: Nobody]
    expect: { outcomes: { out: no_answer } }
  the caller hangs up while it rings:
    do: [hangup]
    expect: { end: customer left }
`,
    ),
    [],
  );
});

test('a key takes the call where one is asked for', () => {
  const set = flows(
    `
steps:
  out: { type: dial, to: "+49301111", answer_confirm: { prompt: Press 5., key: "5" } }
  bye: { type: hangup }
`,
    CALLS,
  );
  assert.deepEqual(
    failures(
      set,
      `
  it is taken:
    do: [dial: answered, dial: "4", dial: "5", wait: 10s, dial: ends]
    expect: { outcomes: { out: completed }, end: hung up }
  a mailbox presses nothing:
    do: [dial: answered, dial: ends]
    expect: { outcomes: { out: declined } }
`,
    ),
    [],
  );
});

test('a number that the site does not allow is not dialled', () => {
  const [result] = results(
    flows('steps:\n  out: { type: transfer, to: "+33123456" }\n  bye: { type: hangup }\n', CALLS),
    '  nobody is rung:\n    expect: { outcomes: { out: failed } }\n',
  );
  assert.deepEqual(result!.failures, []);
  assert.ok(result!.trace.lines.some((line) => line.what === 'not_dialled' && line.code === 'outgoing.not_allowed'));
});

test('conferences, machines and keys are lived through', () => {
  const set = flows(
    `
steps:
  who: { type: detect_machine, on: { machine: bye, fax: bye, unknown: bye } }
  keys: { type: send_dtmf, digits: 1w2 }
  room: { type: conference, room: team, pin: "47", on: { left: bye, full: full, ended: bye, denied: bye } }
  full: { type: play, prompt: Full. }
  bye: { type: hangup }
`,
    CALLS,
  );
  assert.deepEqual(
    failures(
      set,
      `
  a human comes into the room until it ends:
    do: [machine: human, expect: PIN, press: "47", wait: 5m, room: ended]
    expect: { path: [who, keys, room, bye], outcomes: { who: human, room: ended } }
  the room is full:
    do: [machine: human, press: "47", room: full, expect: Full]
  a wrong PIN:
    do: [machine: human, press: "11", press: "12", press: "13"]
    expect: { outcomes: { room: denied } }
  nobody can tell who answered:
    do: [wait: 10s]
    expect: { outcomes: { who: unknown } }
`,
    ),
    [],
  );
});

test('a flow runs while the customer waits, and who answers ends it', () => {
  const set = flows(
    `
steps:
  wait: { type: queue, queue: sales, while_waiting: { flow: news, repeat: 1m }, on: { handled: bye, exit: out } }
  out: { type: play, prompt: You left. }
  bye: { type: hangup }
`,
    {
      'news.yaml': `
steps:
  news: { type: play, prompt: News of the day. }
  ask: { type: menu, prompt: "To leave, press 5.", options: { "5": leave }, on: { no_input: end, no_match: end } }
  leave: { type: return, outcome: exit }
  end: { type: return }
`,
    },
  );
  assert.deepEqual(
    failures(
      set,
      `
  the news are heard again and again:
    do:
      - expect: News of the day
      - silence
      - silence
      - silence
      - wait: 1m
      - expect: News of the day
    expect: { end: queue sales }
  an agent answers in the middle of it:
    given: { agents: [] }
    do: [expect: To leave, log_in: anna, answer: anna, expect_not: News, end: anna]
    expect: { outcomes: { wait: handled }, end: hung up }
  a key of the flow leads out:
    do: [expect: To leave, press: 5, expect: You left]
    expect: { outcomes: { wait: exit } }
`,
    ),
    [],
  );
});

test('music and prompts take turns: nobody hears both', () => {
  const set = flows(
    `
steps:
  wait:
    type: queue
    queue: sales
    announcements: { first_after: 5s, every: 5s, position: true }
    while_waiting: { flow: news, repeat: 20s }
`,
    { 'news.yaml': 'steps: { a: { type: play, prompt: News one. }, b: { type: play, prompt: News two. } }' },
  );
  const caller = arrived(set);
  caller.pass(120_000);
  const told = heard(caller);
  for (const [at, one] of told.entries()) {
    const before = told[at - 1];
    if (one === '[music default]') assert.notEqual(before, one, 'music begins once');
  }
  assert.ok(told.filter((one) => one === 'News one.').length >= 3);
  assert.ok(told.filter((one) => one.startsWith('You are next')).length >= 3);
});

test('a message is as long as the customer speaks, and ends by silence, a key, or the end of the call', () => {
  const set = flows(
    `
steps:
  say: { type: record, prompt: Say it., into: words, max_duration: 20s, end_silence: 3s, on: { silence: nothing, max: long } }
  thanks: { type: play, prompt: Thanks., next: bye }
  long: { type: play, prompt: That was long., next: bye }
  nothing: { type: play, prompt: Nothing was said., next: bye }
  bye: { type: hangup }
`,
    CALLS,
  );
  assert.deepEqual(
    failures(
      set,
      `
  by silence:
    do: [expect: Say it, recorded: 5s, expect: Thanks]
    expect: { outcomes: { say: ok } }
  by a key:
    do: [recorded: 5s, { press: "#", barge_in: true }, expect: Thanks]
    expect: { outcomes: { say: ok } }
  it is too long:
    do: [recorded: 1m, expect: That was long]
    expect: { outcomes: { say: max } }
  nothing is said:
    do: [silence, expect: Nothing was said]
    expect: { outcomes: { say: silence } }
`,
    ),
    [],
  );
});

test('a callback is an order of the real orders, with the numbers that may not be called and those that are asked for', () => {
  const set = flows(
    `
steps:
  call: { type: callback, queue: sales, offer: false, confirm_number: false, on: { not_allowed: no, duplicate: twice, invalid_number: no } }
  bye: { type: hangup }
  no: { type: play, prompt: We may not call you., next: bye }
  twice: { type: play, prompt: We have it already., next: bye }
`,
    CALLS,
  );
  assert.deepEqual(
    failures(
      set,
      `
  it is placed:
    expect:
      outcomes: { call: accepted }
      orders: [{ kind: callback, queue: sales, number: "+4930111", mode: agent_first }]
  it may not be called:
    given: { do_not_call: ["+4930111"] }
    do: [expect: We may not call you]
    expect: { orders: [] }
  it is asked for already:
    given: { callbacks: { "+4930111": sales } }
    do: [expect: We have it already]
`,
      'given: { from: "030 111" }\n',
    ),
    [],
  );
  assert.match(
    failures(
      set,
      '  another:\n    expect: { orders: [{ queue: support, number: "+4930111" }] }\n',
      'given: { from: "030 111" }\n',
    ).join(),
    /The first order has the queue sales, not support\./,
  );
});

test('what cannot be done is told', () => {
  const tests = `
  a:
    do: [dial: answered]
  b:
    do: [dial: ends]
  c:
    do: [recorded: 5s]
  d:
    do: [machine: human]
  e:
    do: [room: full]
`;
  assert.deepEqual(failures(flows('steps:\n  wait: { type: wait, duration: 1h }\n  bye: { type: hangup }\n'), tests), [
    '5:10 Nobody is being dialled.',
    '7:10 Nobody who was dialled has answered.',
    '9:10 No message is being recorded.',
    '11:10 Nobody listens for whether it is a machine.',
    '13:10 The contact is in no conference.',
  ]);
});

test('words that nobody knows are told with line and column', () => {
  const set = flows('steps:\n  wait: { type: wait, duration: 1h }\n  bye: { type: hangup }\n');
  const told = problemsOf(set, 'flow: main\ntests:\n  a:\n    do: [dial: maybe, machine: robot, room: up]\n');
  assert.equal(told.length, 3);
  assert.match(told.join('\n'), /4:\d+ value\.choice .*"robot"/);
  const test = '  a:\n    given: { callbacks: { "030": slaes } }\n    expect: { end: step wait }\n';
  assert.match(problemsOf(set, `flow: main\ntests:\n${test}`).join(), /4:\d+ queue\.unknown .*"sales"/);
});

test('by hand the same is typed', () => {
  const typed = (line: string) => {
    const order = orderOf(line, false);
    return order.ok ? order.value : order.failure.code;
  };
  assert.deepEqual(typed('dial answered'), { do: 'dial', what: 'answered' });
  assert.deepEqual(typed('dial 5'), { do: 'dial', what: 'key 5' });
  assert.deepEqual(typed('recorded 5s'), { do: 'recorded', ms: 5_000 });
  assert.deepEqual(typed('machine fax'), { do: 'machine', verdict: 'fax' });
  assert.deepEqual(typed('room full'), { do: 'room', reason: 'full' });
  for (const line of ['dial maybe', 'recorded soon', 'machine robot', 'room up']) {
    assert.equal(typed(line), 'rehearsal.command_unknown', line);
  }
});
