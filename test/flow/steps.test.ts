import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receptionist, SITE, said } from './receptionist.ts';

function flow(steps: string): Receptionist {
  return new Receptionist({ 'site.yaml': SITE, 'main.yaml': `steps:\n${steps}` });
}

const MENU = `
  choose:
    type: menu
    prompt: Press 1 or 2.
    no_input_prompt: Nothing heard.
    no_match_prompt: Not a choice.
    attempts: 2
    timeout: 5s
    options: { "1": one, "2": { next: two, label: two } }
    on: { no_input: bye, no_match: bye }
  one: { type: play, prompt: One., next: end }
  two: { type: play, prompt: Two., next: end }
  bye: { type: play, prompt: Bye. }
  end: { type: hangup }
`;

test('a step that speaks answers first', () => {
  const caller = flow('  hello: { type: play, prompt: Hello. }');
  const events = caller.call('100');
  const order = events.map((event) => event.kind);
  assert.ok(order.indexOf('answer.requested') < order.indexOf('prompt.started'));
  assert.deepEqual(said(events), ['Hello.']);
});

test('after the last step the contact is hung up', () => {
  const caller = flow('  hello: { type: play, prompt: Hello. }');
  caller.call('100');
  assert.deepEqual(
    caller.heardOut().map((event) => event.kind),
    ['step.left', 'hangup.requested'],
  );
});

test('a key in the menu leads to its step and stops the prompt', () => {
  const caller = flow(MENU);
  caller.call('100');
  const then = caller.press('2');
  assert.ok(then.some((event) => event.kind === 'prompt.stopped'));
  assert.deepEqual(said(then), ['Two.']);
});

test('a wrong key is told and asked again, and the second one leaves by no_match', () => {
  const caller = flow(MENU);
  caller.call('100');
  assert.deepEqual(said(caller.press('9')), ['Not a choice.', 'Press 1 or 2.']);
  assert.deepEqual(said(caller.press('8')), ['Bye.']);
  assert.equal(caller.session.stepId, 'bye');
});

test('the time-out of a menu counts from the end of its prompt', () => {
  const caller = flow(MENU);
  caller.call('100');
  assert.deepEqual(caller.pass(60_000), []);
  caller.heardOut();
  assert.deepEqual(caller.pass(4999), []);
  assert.deepEqual(said(caller.pass(1)), ['Nothing heard.', 'Press 1 or 2.']);
  caller.heardOut();
  assert.deepEqual(said(caller.pass(5000)), ['Bye.']);
});

const GATHER = `
  ask: { type: gather, prompt: Your number?, into: account, min: 3, max: 5, attempts: 2, on: { no_match: end, no_input: end } }
  repeat: { type: play, prompt: [You typed, { digits: "\${{ vars.account }}" }] }
  end: { type: hangup }
`;

test('gather ends at its terminator, at the most digits, and at a pause', () => {
  for (const [pressed, pauseMs, account] of [
    ['123#', 0, '123'],
    ['12345', 0, '12345'],
    ['1234', 3000, '1234'],
  ] as const) {
    const caller = flow(GATHER);
    caller.call('100');
    const then = [...caller.press(pressed), ...caller.pass(pauseMs)];
    assert.deepEqual(said(then), ['You typed', `<${account}>`], pressed);
  }
});

test('too few digits are asked again and then leave by no_match', () => {
  const caller = flow(GATHER);
  caller.call('100');
  assert.deepEqual(said(caller.press('1#')), ['Your number?']);
  const then = caller.press('2#');
  assert.ok(then.some((event) => event.kind === 'step.left' && event.outcome === 'no_match'));
});

test('set and switch branch on a value, and fall to default', () => {
  const steps = (kind: string) => `
  give: { type: set, vars: { kind: ${kind}, who: "\${{ contact.from }}" } }
  branch: { type: switch, value: "\${{ vars.kind }}", cases: { gold: vip }, default: plain }
  vip: { type: play, prompt: "Gold \${{ vars.who }}", next: end }
  plain: { type: play, prompt: Plain. }
  end: { type: hangup }
`;
  assert.deepEqual(said(flow(steps('gold')).call('100')), ['Gold 15551234']);
  assert.deepEqual(said(flow(steps('tin')).call('100')), ['Plain.']);
});

test('a queue step asks for its queue without answering, and goes on when it is left', () => {
  const caller = flow(
    `
  wait: { type: queue, queue: sales, priority: 3, skills: english, max_wait: 90s, on: { timeout: sorry } }
  end: { type: hangup }
  sorry: { type: play, prompt: Sorry. }
`
      .replace('  end:', '  end:')
      .replace('sorry: {', 'sorry: {'),
  );
  const queued = caller.call('100').find((event) => event.kind === 'contact.queued');
  assert.ok(queued?.kind === 'contact.queued');
  assert.equal(queued.queueId, 'sales');
  assert.equal(queued.priority, 3);
  assert.deepEqual(queued.skills, ['english']);
  assert.equal(queued.giveUpAtMs, caller.nowMs + 90_000);
  assert.equal(caller.session.answered, false);
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  const left = { queueId: 'sales', queuedAtMs: caller.nowMs, waitedMs: 0, reason: 'timeout' } as const;
  const then = caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...left });
  assert.deepEqual(said(then), ['Sorry.']);
});

test('an unknown number is refused as unallocated', () => {
  const events = flow('  end: { type: hangup }').call('999');
  assert.deepEqual(events, [
    { kind: 'flow.failed', atMs: 1_000_000, contactId: 'c1', code: 'number.unknown' },
    { kind: 'hangup.requested', atMs: 1_000_000, contactId: 'c1', cause: 'unallocated' },
  ]);
});

test('the longest matching beginning of a number wins', () => {
  const site = SITE.replace('"0800*": main', '"0800*": main\n  "080012*": other');
  const caller = new Receptionist({
    'site.yaml': site,
    'main.yaml': 'steps: { a: { type: hangup } }',
    'other.yaml': 'steps: { b: { type: hangup } }',
  });
  caller.call('08001234');
  assert.equal(caller.session.flowId, 'other');
});

test('flows that never wait are stopped at the most steps', () => {
  const hereAndThere = (other: string) =>
    `limits: { max_steps: 10 }\nsteps:\n  a: { type: set, vars: { x: "1" } }\n  b: { type: transfer_flow, flow: ${other} }\n`;
  const caller = new Receptionist({
    'site.yaml': SITE,
    'main.yaml': hereAndThere('other'),
    'other.yaml': hereAndThere('main'),
  });
  const events = caller.call('100');
  assert.ok(events.some((event) => event.kind === 'flow.failed' && event.code === 'flow.too_many_steps'));
  assert.equal(events.filter((event) => event.kind === 'step.entered').length, 10);
});

test('a contact that is resumed begins its step again and the old prompt is stopped', () => {
  const caller = flow(MENU);
  caller.call('100');
  const then = caller.take({ kind: 'flow.resumed', atMs: caller.nowMs, contactId: 'c1' });
  assert.deepEqual(
    then.map((event) => event.kind),
    ['prompt.stopped', 'listening.stopped', 'listening.started', 'prompt.started'],
  );
  assert.deepEqual(said(caller.press('1')), ['One.']);
});

test('a contact keeps the version of the flows with which it started', () => {
  const caller = flow(MENU);
  caller.call('100');
  const newer = new Receptionist({ 'site.yaml': SITE, 'main.yaml': 'steps: { a: { type: hangup } }' });
  const set = { ...newer.state.sets.get('v1')!, version: 'v2' };
  caller.take({ kind: 'flows.loaded', atMs: caller.nowMs, flows: set });
  assert.deepEqual(said(caller.press('1')), ['One.']);
  caller.take({ kind: 'contact.ended', atMs: caller.nowMs, contactId: 'c1', cause: 'hung_up', endedBy: 'customer' });
  assert.deepEqual([...caller.state.sets.keys()], ['v2']);
});

test('feature codes of an agent log in, pause with a reason, ready and log out', () => {
  for (const [code, inService, kind, words] of [
    ['*11', false, 'agent.logged_in', 'You are logged in.'],
    ['*12', true, 'agent.logged_out', 'You are logged out.'],
    ['*131', true, 'agent.paused', 'You are paused.'],
    ['*14', true, 'agent.readied', 'You are ready.'],
  ] as const) {
    const caller = flow('  end: { type: hangup }');
    if (inService) caller.loggedIn.add('anna');
    const events = caller.call(code, 'anna');
    const asked = events.find((event) => event.kind === kind);
    assert.ok(asked && 'by' in asked && asked.by === 'phone', code);
    if (asked.kind === 'agent.paused') assert.equal(asked.reason, 'lunch');
    assert.deepEqual(said(events), [words]);
  }
});

test('a feature code that cannot be done says so and changes nothing; a caller from outside has none', () => {
  const agent = flow('  end: { type: hangup }');
  assert.deepEqual(said(agent.call('*14', 'anna')), ['You are not logged in.']);
  const unknown = flow('  end: { type: hangup }');
  unknown.loggedIn.add('anna');
  assert.deepEqual(said(unknown.call('*139', 'anna')), ['There is no such pause reason.']);
  const outside = flow('  end: { type: hangup }').call('*11');
  assert.ok(!outside.some((event) => event.kind === 'agent.logged_in'));
});

test('a pause code followed by anything but a digit of a reason is told to be unknown', () => {
  const caller = flow('  end: { type: hangup }');
  caller.loggedIn.add('anna');
  const events = caller.call('*13constructor', 'anna');
  assert.deepEqual(said(events), ['There is no such pause reason.']);
  assert.ok(!events.some((event) => event.kind === 'agent.paused'));
});

test('a switch over a value that every object has a property of falls to default', () => {
  const caller = flow(`
  branch: { type: switch, value: constructor, cases: { gold: vip }, default: plain }
  vip: { type: play, prompt: Gold., next: end }
  plain: { type: play, prompt: Plain. }
  end: { type: hangup }
`);
  assert.deepEqual(said(caller.call('100')), ['Plain.']);
});
