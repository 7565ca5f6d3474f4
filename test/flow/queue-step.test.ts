import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemLine } from '../../src/flow/problem.ts';
import { load, queued, Receptionist, SITE, said } from './receptionist.ts';

const STAFF = SITE.replace('skills: [english]', 'skills: { english: 7, german: 3 }').replace(
  'pause_reasons',
  '  ben: { extension: "1002", queues: [sales], skills: [english] }\nlabels: [gold]\npause_reasons',
);

function flow(steps: string): Receptionist {
  return new Receptionist({ 'site.yaml': STAFF, 'main.yaml': `steps:\n${steps}` });
}

/** What the queue step with these parameters asks of the dispatcher, without what every contact has. */
function asked(parameters: string, from = '15551234'): Record<string, unknown> {
  const caller = flow(`  wait: { type: queue, queue: sales${parameters} }`);
  caller.from = from;
  const { kind, atMs, contactId, queueId, channel, priority, virtualStartMs, ...rest } = queued(caller.call('100'));
  assert.deepEqual([kind, contactId, queueId, channel, priority], ['contact.queued', 'c1', 'sales', 'voice', 0]);
  assert.equal(virtualStartMs, atMs);
  return rest;
}

const NOBODY = { required: {}, anyOf: [], preferred: {}, excluded: {} };
const PLAIN = { customer: '15551234', skills: [] };

test('a step that asks for nothing in particular says nothing in particular', () => {
  assert.deepEqual(asked(''), PLAIN);
});

test('a caller who withholds the number is no customer whose last agent could be remembered', () => {
  for (const from of ['', 'anonymous', 'Unknown']) assert.deepEqual(asked('', from), { skills: [] }, from);
});

test('skills by name are asked for at any level; with levels, preferred and excluded they are needs', () => {
  assert.deepEqual(asked(', skills: [english, german]'), { ...PLAIN, skills: ['english', 'german'] });
  assert.deepEqual(asked(', skills: { english: 6 }'), { ...PLAIN, needs: { ...NOBODY, required: { english: 6 } } });
  assert.deepEqual(asked(', prefer: { german: 2 }, exclude: english'), {
    ...PLAIN,
    needs: { ...NOBODY, preferred: { german: 2 }, excluded: { english: 1 } },
  });
  assert.deepEqual(asked(', skills: { any_of: [english, german] }'), {
    ...PLAIN,
    needs: { ...NOBODY, anyOf: [{ english: 1 }, { german: 1 }] },
  });
});

test('label, attributes and the time within which to serve go with the contact', () => {
  const given = asked(
    ', label: gold, attributes: { vip: true, zip: 08015, from: "${{ contact.from }}" }, serve_within: 90s',
  );
  assert.deepEqual(given, {
    ...PLAIN,
    label: 'gold',
    attributes: { vip: true, zip: '08015', from: '15551234' },
    deadlineMs: 1_000_000 + 90_000,
  });
});

test('preferred agents are held for 30 s or as long as the step says', () => {
  const untilMs = 1_000_000 + 30_000;
  assert.deepEqual(asked(', preferred_agents: [ben, anna]'), {
    ...PLAIN,
    preferred: { agentIds: ['ben', 'anna'], untilMs },
  });
  assert.deepEqual(asked(', preferred_agents: ben, hold: 2m'), {
    ...PLAIN,
    preferred: { agentIds: ['ben'], untilMs: 1_000_000 + 120_000 },
  });
});

test('an expression may name the preferred agent; whom the site does not have is nobody to wait for', () => {
  const wait = (agent: string) => `
  give: { type: set, vars: { manager: ${agent} } }
  wait: { type: queue, queue: sales, preferred_agents: ["\${{ vars.manager }}", ben] }`;
  assert.deepEqual(queued(flow(wait('anna')).call('100')).preferred?.agentIds, ['anna', 'ben']);
  assert.deepEqual(queued(flow(wait('ben')).call('100')).preferred?.agentIds, ['ben']);
  assert.deepEqual(queued(flow(wait('constructor')).call('100')).preferred?.agentIds, ['ben']);
});

test('a queue step may name the queue of one agent', () => {
  const caller = flow('  wait: { type: queue, queue: "@anna" }');
  assert.equal(queued(caller.call('100')).queueId, '@anna');
});

const WAIT = `
  wait: { type: queue, queue: sales, next: over, on: { ON } }
  over: { type: play, prompt: Over., next: end }
  late: { type: play, prompt: Late., next: end }
  full: { type: play, prompt: Full., next: end }
  mail: { type: play, prompt: Speak after the tone., next: end }
  dial: { type: play, prompt: "Dialling \${{ vars.overflow_number }}.", next: end }
  end: { type: hangup }
`;
const OUTCOMES = { timeout: 'late', overflow: 'full', voicemail: 'mail', external: 'dial' };

/** A caller who waits and whose step routes the outcomes given. */
function waiting(...routed: (keyof typeof OUTCOMES)[]): Receptionist {
  const on = routed.map((outcome) => `${outcome}: ${OUTCOMES[outcome]}`).join(', ');
  const never = Object.values(OUTCOMES).filter((step) => !routed.some((outcome) => OUTCOMES[outcome] === step));
  const steps = WAIT.split('\n').filter((line) => !never.some((step) => line.startsWith(`  ${step}:`)));
  const caller = flow(steps.join('\n').replace('{ ON }', `{ ${on} }`));
  caller.call('100');
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  return caller;
}

test('an overflow leaves by the outcome of its name, else by overflow, else by timeout, else by next', () => {
  assert.deepEqual(said(waiting('voicemail', 'overflow', 'timeout').overflow({ to: 'voicemail' })), [
    'Speak after the tone.',
  ]);
  assert.deepEqual(said(waiting('voicemail', 'overflow').overflow({ to: 'callback' })), ['Full.']);
  assert.deepEqual(said(waiting('voicemail', 'timeout').overflow({ to: 'callback' })), ['Late.']);
  assert.deepEqual(said(waiting('voicemail').overflow({ to: 'callback' })), ['Over.']);
});

test('the flow can read the number to which an overflow goes', () => {
  const then = waiting('external').overflow({ to: 'external', number: '+4930123' });
  assert.deepEqual(said(then), ['Dialling +4930123.']);
});

test('an overflow to another queue is none of the flow’s business, and the step goes on when that queue is left', () => {
  const caller = waiting('overflow', 'timeout');
  assert.deepEqual(caller.overflow({ to: 'queue', queueId: 'other' }), []);
  assert.equal(caller.session.stepId, 'wait');
  const left = { queueId: 'other', queuedAtMs: caller.nowMs, waitedMs: 0, reason: 'timeout' } as const;
  const then = caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...left });
  assert.deepEqual(said(then), ['Late.']);
});

function withOther(other: string): Receptionist {
  const main = 'steps:\n  give: { type: set, vars: { who: you } }\n  wait: { type: queue, queue: sales }\n';
  return new Receptionist({ 'site.yaml': STAFF, 'main.yaml': main, 'other.yaml': other });
}

test('an overflow to a flow goes over to it, and the variables go along', () => {
  const other =
    'steps:\n  set: { type: set, vars: { who: "${{ vars.who }} there" } }\n  hi: { type: play, prompt: "Hi ${{ vars.who }}." }\n';
  const caller = withOther(other);
  caller.call('100');
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  const then = caller.overflow({ to: 'flow', flowId: 'other' });
  assert.deepEqual(
    then.slice(0, 3).map((event) => (event.kind === 'step.left' ? event.outcome : event.kind)),
    ['overflow', 'flow.started', 'step.entered'],
  );
  assert.deepEqual(said(then), ['Hi you there.']);
  assert.equal(caller.session.flowId, 'other');
  assert.equal(caller.heardOut().at(-1)?.kind, 'hangup.requested');
});

test('a flow that came after the contact is found among the new ones; one that is nowhere fails the flow', () => {
  const caller = withOther('steps: { a: { type: hangup, cause: busy } }');
  caller.call('100');
  const set = caller.state.sets.get('v1')!;
  const newer = { ...set, version: 'v2', flows: { ...set.flows, late: set.flows['other']! } };
  caller.take({ kind: 'flows.loaded', atMs: caller.nowMs, flows: newer });
  const then = caller.overflow({ to: 'flow', flowId: 'late' });
  assert.ok(then.some((event) => event.kind === 'hangup.requested' && event.cause === 'busy'));
  const lost = withOther('steps: { a: { type: hangup } }');
  lost.call('100');
  const failed = lost.overflow({ to: 'flow', flowId: 'constructor' });
  assert.ok(failed.some((event) => event.kind === 'flow.failed' && event.code === 'flow.missing'));
  assert.equal(lost.session.stage, 'ended');
});

test('a queue and a flow that send a contact to each other without end are stopped at the most steps', () => {
  const main = 'limits: { max_steps: 10 }\nsteps:\n  wait: { type: queue, queue: sales }\n';
  const caller = new Receptionist({ 'site.yaml': STAFF, 'main.yaml': main });
  caller.call('100');
  for (let round = 0; round < 9; round += 1) assert.equal(caller.overflow({ to: 'flow', flowId: 'main' }).length, 4);
  const last = caller.overflow({ to: 'flow', flowId: 'main' });
  assert.ok(last.some((event) => event.kind === 'flow.failed' && event.code === 'flow.too_many_steps'));
});

test('a session is plain JSON, whatever the steps put into it', () => {
  const caller = waiting('external');
  caller.overflow({ to: 'external', number: '+4930123' });
  assert.deepEqual(JSON.parse(JSON.stringify(caller.session)), caller.session);
});

test('a step that was read by the first release is gone through by this one', () => {
  const caller = flow('  hello: { type: play, prompt: Hello. }\n  wait: { type: queue, queue: sales }');
  const set = caller.state.sets.get('v1')!;
  const main = set.flows['main']!;
  const old = { ...main.steps['wait']!, with: { queue: 'sales', priority: 2, skills: ['english'] } };
  const flows = { ...set, flows: { main: { ...main, steps: { ...main.steps, wait: old } } } };
  caller.take({ kind: 'flows.loaded', atMs: caller.nowMs, flows });
  caller.call('100');
  const { priority, skills, needs } = queued(caller.heardOut());
  assert.deepEqual([priority, skills, needs], [2, ['english'], undefined]);
});

/** The problems of a queue step, without the file's name. */
function problems(parameters: string): string[] {
  const { problems: found } = load({
    'site.yaml': STAFF,
    'main.yaml': `steps:\n  wait: { type: queue${parameters} }\n`,
  });
  return found.map((problem) => problemLine(problem).replace('main.yaml:', ''));
}

test('what a queue step names wrongly is found, at its own place', () => {
  for (const [parameters, told] of [
    [', queue: "@ana"', /^2:31 agent\.unknown .*"anna"/],
    [', queue: sales, preferred_agents: [anna, bem]', /^2:\d+ agent\.unknown .*"ben"/],
    [', queue: sales, skills: { german: 4 }', /^2:\d+ skill\.level_unreached .*"german"/],
    [', queue: sales, prefer: [germn]', /^2:\d+ skill\.unknown .*"german"/],
    [', queue: sales, exclude: { englsh: 3 }', /^2:\d+ skill\.unknown .*"english"/],
    [', queue: sales, skills: { any_of: [english, gorman] }', /^2:\d+ skill\.unknown .*"german"/],
    [', queue: sales, skills: { english: 11 }', /^2:\d+ value\.range .*10/],
    [', queue: sales, label: gould', /^2:\d+ label\.unknown .*"gold"/],
    [', queue: sales, label: chat', /^2:\d+ value\.choice .*channel/],
    [', queue: sales, hold: 10s', /^2:\d+ key\.conflict .*preferred_agents/],
    [', queue: sales, attributes: { a: "${{ vars.nme }}" }', /^2:\d+ variable\.unknown .*nme/],
    [', queue: sales, preferred_agents: "${{ anna }}"', /^2:\d+ variable\.unknown /],
    [', queue: sales, attributes: { "a b": c }', /^2:\d+ value\.type .*"a b"/],
  ] as const) {
    const lines = problems(parameters);
    assert.ok(
      lines.some((line) => told.test(line)),
      `${parameters}: ${lines.join('\n') || 'no problem was found'}`,
    );
  }
});
