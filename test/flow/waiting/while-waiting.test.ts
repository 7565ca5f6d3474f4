import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventOf } from '../../../src/model/event.ts';
import { flow, ofKind, problemsOf } from '../one-flow.ts';
import { outcomes, queued, type Receptionist, SITE, said } from '../receptionist.ts';

const NEWS = `steps:
  news: { type: play, prompt: News. }
  ask: { type: menu, prompt: "Leave: 5.", options: { "5": leave }, on: { no_input: end, no_match: end } }
  leave: { type: return, outcome: exit }
  end: { type: return }
`;
const STEPS = `
  wait:
    type: queue
    queue: sales
    exit_keys: { "1": key }
    while_waiting: WRITTEN
    on: { handled: done, timeout: late, exit: out }
  done: { type: play, prompt: Done., next: end }
  late: { type: play, prompt: Late., next: end }
  out: { type: play, prompt: Out., next: end }
  key: { type: play, prompt: Key., next: end }
  end: { type: hangup }`;

/** A caller who waits, as the first in the queue. */
function waiting(written = 'news', news = NEWS, more = ''): Receptionist {
  const caller = flow(STEPS.replace('WRITTEN', `${written}${more}`), { 'news.yaml': news });
  caller.call('100');
  caller.take({ kind: 'contact.answered', atMs: caller.nowMs, contactId: 'c1' });
  caller.places.set('c1', { position: 1, waitedMs: 0, estimatedWaitMs: null });
  return caller;
}

function dequeued(caller: Receptionist, reason: EventOf<'contact.dequeued'>['reason']) {
  const about = { queueId: 'sales', queuedAtMs: caller.nowMs, waitedMs: 0, reason };
  return caller.take({ kind: 'contact.dequeued', atMs: caller.nowMs, contactId: 'c1', ...about });
}

function connected(caller: Receptionist) {
  caller.places.delete('c1');
  const about = { offerId: 'o1', agentId: 'anna', queueId: 'sales' };
  dequeued(caller, 'answered');
  return caller.take({ kind: 'contact.connected', atMs: caller.nowMs, contactId: 'c1', ...about });
}

test('the flow begins when the contact waits, called by the queue step', () => {
  const caller = waiting();
  const events = caller.pass(0);
  assert.deepEqual(
    ofKind(events, 'flow.called').map(({ flowId, set }) => [flowId, set]),
    [['news', {}]],
  );
  assert.deepEqual(said(events), ['News.']);
  assert.deepEqual(
    caller.session.callers.map(({ stepId, awaits }) => [stepId, awaits]),
    [['wait', 'queue']],
  );
});

test('while a phone rings it does not begin, but a little later when nobody answered', () => {
  const caller = waiting();
  caller.places.delete('c1');
  assert.deepEqual(caller.pass(0), []);
  caller.places.set('c1', { position: 1, waitedMs: 0, estimatedWaitMs: null });
  assert.deepEqual(said(caller.pass(10_000)), ['News.']);
});

test('it begins as late as it was told, with values for its parameters', () => {
  const news = `params: { who: {} }\nsteps: { hi: { type: play, prompt: "Hi \${{ vars.who }}." } }`;
  const caller = waiting(`{ flow: news, after: 20s, with: { who: "\${{ contact.from }}" } }`, news);
  assert.deepEqual(said(caller.pass(19_999)), []);
  assert.deepEqual(said(caller.pass(1)), ['Hi 15551234.']);
});

test('an agent who answers ends it at once, and the session stands in the queue step again', () => {
  const caller = waiting();
  caller.pass(0);
  const stopped = [...caller.events];
  connected(caller);
  const events = caller.events.slice(stopped.length);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['prompt.stopped', 'step.left', 'flow.returned'],
  );
  assert.deepEqual([caller.session.stepId, caller.session.callers.length], ['wait', 0]);
  assert.deepEqual(caller.press('5'), []);
  const handled = { offerId: 'o1', agentId: 'anna', queueId: 'sales', talkMs: 1, endedBy: 'agent' } as const;
  const then = caller.take({ kind: 'contact.handled', atMs: caller.nowMs, contactId: 'c1', ...handled });
  assert.deepEqual(said(then), ['Done.']);
});

test('an agent who answers while the flow waits for its answer to come from the door ends it, too', () => {
  const caller = flow(STEPS.replace('WRITTEN', 'news'), { 'news.yaml': NEWS });
  caller.call('100');
  caller.places.set('c1', { position: 1, waitedMs: 0, estimatedWaitMs: null });
  // The door answers at once in this test, so the moment between is made by hand.
  caller.pass(0);
  caller.session.stage = 'answering';
  connected(caller);
  assert.deepEqual([caller.session.stepId, caller.session.stage], ['wait', 'running']);
});

test('the longest wait ends it, and so does an overflow to a flow; not one to another queue', () => {
  const late = waiting();
  late.pass(0);
  assert.deepEqual(said(dequeued(late, 'timeout')), ['Late.']);
  const elsewhere = waiting();
  elsewhere.pass(0);
  assert.deepEqual(elsewhere.overflow({ to: 'queue', queueId: 'other' }), []);
  assert.equal(elsewhere.session.flowId, 'news');
  const gone = waiting();
  gone.pass(0);
  assert.equal(
    gone.overflow({ to: 'flow', flowId: 'news' }).find(({ kind }) => kind === 'flow.started') !== undefined,
    true,
  );
  assert.equal(gone.session.callers.length, 0);
});

test('a flow that comes back by exit takes the contact out of the queue', () => {
  const caller = waiting();
  caller.pass(0);
  caller.heardOut();
  const asked = caller.press('5');
  assert.equal(ofKind(asked, 'queue.exit_requested').length, 1);
  assert.equal(caller.session.stepId, 'wait');
  const then = dequeued(caller, 'exit');
  assert.deepEqual([outcomes(then), said(then)], [['exit'], ['Out.']]);
});

test('a key of the queue step leads out of it from within the flow, unless the flow uses the key', () => {
  const caller = waiting();
  caller.pass(0);
  const pressed = caller.press('1');
  assert.equal(ofKind(pressed, 'queue.exit_requested')[0]?.digit, '1');
  assert.deepEqual(said(dequeued(caller, 'exit')), ['Key.']);
  const own = waiting('news', NEWS.replaceAll('"5"', '"1"'));
  own.pass(0);
  own.heardOut();
  own.press('1');
  assert.deepEqual(outcomes(dequeued(own, 'exit')), ['exit']);
});

test('a flow that is over is not begun again, and the wait goes on', () => {
  const caller = waiting('news', 'steps: { news: { type: play, prompt: News. } }');
  caller.pass(0);
  caller.heardOut();
  assert.deepEqual([caller.session.stepId, caller.session.callers.length], ['wait', 0]);
  assert.deepEqual(caller.pass(3_600_000), []);
});

test('with repeat it begins again so long after its end, but not after it failed', () => {
  const caller = waiting('{ flow: news, repeat: 30s }', 'steps: { news: { type: play, prompt: News. } }');
  caller.pass(0);
  caller.heardOut();
  assert.deepEqual(said(caller.pass(29_999)), []);
  assert.deepEqual(said(caller.pass(1)), ['News.']);
  const broken = waiting('{ flow: news, repeat: 30s }', 'steps: { no: { type: fail, code: no } }');
  broken.pass(0);
  assert.deepEqual([broken.session.stepId, ofKind(broken.events, 'flow.failed').length], ['wait', 0]);
  assert.deepEqual(broken.pass(3_600_000), []);
});

test('announcements are made when it is over, and never while it runs', () => {
  const steps = STEPS.replace('WRITTEN', '{ flow: news, repeat: 1m }').replace(
    'exit_keys',
    'announcements: { first_after: 10s, every: 20s, prompts: [One., Two.] }\n    exit_keys',
  );
  const caller = flow(steps, { 'news.yaml': 'steps: { news: { type: play, prompt: News. } }' });
  caller.call('100');
  caller.places.set('c1', { position: 1, waitedMs: 0, estimatedWaitMs: null });
  assert.deepEqual(said(caller.pass(0)), ['News.']);
  assert.deepEqual(said(caller.pass(15_000)), [], 'the flow still speaks');
  caller.heardOut();
  assert.deepEqual(said(caller.pass(20_000)), ['One.']);
  assert.deepEqual(said(caller.pass(40_000)), [], 'the flow is due, and the announcement is still made');
  caller.heardOut();
  assert.deepEqual(said(caller.pass(0)), ['News.']);
  caller.heardOut();
  assert.deepEqual(said(caller.pass(20_000)), ['Two.'], 'they go on in turn');
});

test('after a restart the contact is taken up in the flow, and is not queued a second time', () => {
  const caller = waiting();
  caller.pass(0);
  caller.heardOut();
  const events = caller.restart();
  assert.deepEqual([ofKind(events, 'contact.queued').length, said(events)], [0, ['Leave: 5.']]);
  caller.press('5');
  assert.deepEqual(said(dequeued(caller, 'exit')), ['Out.']);
});

test('after a restart announcements go on, and a flow that was over is not begun again', () => {
  const caller = waiting('news', 'steps: { news: { type: play, prompt: News. } }');
  caller.pass(0);
  caller.heardOut();
  assert.deepEqual(caller.restart(), []);
  assert.deepEqual(caller.pass(3_600_000), []);
  const before = waiting('{ flow: news, after: 1m }', 'steps: { news: { type: play, prompt: News. } }');
  assert.deepEqual(before.restart(), []);
  assert.deepEqual(said(before.pass(60_000)), ['News.'], 'one that had not begun begins');
});

test('what the flow forgot by a restart is asked anew, and the place in the queue stays', () => {
  const news = `steps:
  pin: { type: gather, prompt: PIN?, into: pin, max: 4, sensitive: true, on: { no_input: end, no_match: end } }
  hold: { type: play, prompt: Thanks. }
  end: { type: return }`;
  const caller = waiting('news', news);
  caller.pass(0);
  caller.press('4711');
  assert.equal(caller.session.stepId, 'hold');
  assert.deepEqual(said(caller.restart()), ['PIN?']);
  assert.deepEqual(
    caller.session.callers.map(({ stepId }) => stepId),
    ['wait'],
  );
});

test('a flow that takes too many steps, or would go over to one of the site, ends by itself and not the wait', () => {
  const many = waiting(
    '{ flow: news, repeat: 5s }',
    'limits: { max_steps: 3 }\nsteps:\n  a: { type: play, prompt: A. }\n  b: { type: wait, duration: 1s, until: any, next: a, on: { key: end } }\n  end: { type: return }\n',
  );
  many.pass(0);
  many.heardOut();
  many.pass(1_000);
  many.heardOut();
  assert.equal(many.session.stepId, 'wait');
  assert.equal(many.session.callers.length, 0);
  assert.deepEqual(many.pass(3_600_000), []);
  assert.deepEqual(said(dequeued(many, 'timeout')), ['Late.'], 'its steps are not those of the contact');
  const site = `${SITE}on_error: sorry\n`;
  const caller = flow(STEPS.replace('WRITTEN', 'news'), {
    'site.yaml': site,
    'news.yaml': 'steps: { no: { type: fail, code: no } }',
    'sorry.yaml': 'steps: { a: { type: hangup, cause: busy } }',
  });
  caller.call('100');
  caller.places.set('c1', { position: 1, waitedMs: 0, estimatedWaitMs: null });
  caller.pass(0);
  assert.deepEqual([caller.session.stepId, caller.session.stage], ['wait', 'running']);
});

test('time in the queue is no time in flows, also while the flow runs', () => {
  const caller = waiting('news', NEWS, '\n    max_wait: 24h');
  caller.pass(0);
  caller.heardOut();
  caller.session.notes['deaf'] = false;
  caller.take({ kind: 'time.passed', atMs: caller.nowMs + 25 * 3_600_000 });
  assert.equal(ofKind(caller.events, 'flow.failed').length, 0);
});

test('who hangs up in the flow is gone for good, by way of the handlers of both', () => {
  const caller = waiting();
  caller.pass(0);
  assert.ok(caller.leave().some(({ kind }) => kind === 'flow.ended'));
});

test('music, whisper and how long agents are rung go with the contact', () => {
  const asked = (more: string) => {
    const caller = flow(`  wait: { type: queue, queue: sales, ${more} }`);
    const { music, whisper, answerWithinMs } = queued(caller.call('100'));
    return { music, whisper, answerWithinMs };
  };
  assert.deepEqual(asked('music: jazz, whisper: "From ${{ contact.from }}.", agent_timeout: 10s'), {
    music: 'jazz',
    whisper: [{ say: 'From 15551234.', language: 'en' }],
    answerWithinMs: 10_000,
  });
  assert.deepEqual(asked('priority: 1'), { music: undefined, whisper: undefined, answerWithinMs: undefined });
  const writer = flow('  wait: { type: queue, queue: sales, whisper: Hello. }');
  assert.equal(queued(writer.chat('100')).whisper, undefined);
});

test('steps that make no sense while somebody waits are refused, also in flows that are called', () => {
  const refusedBy = (news: string, more: Record<string, string> = {}) =>
    problemsOf('type: queue, queue: sales, while_waiting: news', { 'news.yaml': news, ...more });
  for (const step of [
    'type: queue, queue: sales',
    'type: hangup',
    'type: reject',
    'type: transfer_flow, flow: main',
    'type: dial, to: "030123"',
    'type: transfer, to: "030123"',
    'type: conference, room: a',
    'type: music, action: stop',
    'type: wait, duration: 5s, music: jazz',
  ]) {
    const problems = refusedBy(`steps: { a: { ${step} } }`);
    assert.match(problems.join('\n'), /news\.yaml:1:\d+ step\.while_waiting .*step step of the flow main/, step);
  }
  const deeper = refusedBy('steps: { a: { type: call_flow, flow: deep } }', {
    'deep.yaml': 'steps: { a: { type: hangup } }',
  });
  assert.match(deeper.join('\n'), /deep\.yaml:1:\d+ step\.while_waiting/);
  assert.deepEqual(refusedBy(NEWS), []);
});

test('the flow is looked for, and must be given what it needs', () => {
  assert.match(problemsOf('type: queue, queue: sales, while_waiting: nwes').join(), /flow\.unknown/);
  const news = { 'news.yaml': 'params: { who: {} }\nsteps: { a: { type: play, prompt: "${{ vars.who }}" } }' };
  assert.match(
    problemsOf('type: queue, queue: sales, while_waiting: { flow: news, with: { hwo: 1 } }', news).join('\n'),
    /parameter\.missing[\s\S]*parameter\.unknown/,
  );
  assert.match(problemsOf('type: queue, queue: sales, music: jaz').join(), /music\.unknown .*"jazz"/);
});
