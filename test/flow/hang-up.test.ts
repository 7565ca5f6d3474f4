import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemLine } from '../../src/flow/problem.ts';
import type { Event } from '../../src/model/event.ts';
import { load, Receptionist } from './receptionist.ts';

// When the customer leaves: the step, its flow, those that called it, and the site say in that order what is cleared up.

const SITE = 'numbers: { "100": main }\n';

function caller(main: string, more: Record<string, string> = {}, site = SITE): Receptionist {
  const there = new Receptionist({ 'site.yaml': site, 'main.yaml': main, ...more });
  there.call('100');
  return there;
}

/** What was emitted, in order. */
const told = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.kind === 'flow.emitted' ? [event.name] : []));

const ASK = 'ask: { type: gather, prompt: Your number?, into: number';
const note = (name: string) => `${name}: { type: emit, name: ${name}, next: end }`;

test('the step says where the flow goes on, before its flow does', () => {
  const there = caller(`
on_hangup: of_flow
steps:
  ${ASK}, on: { hangup: of_step }, next: end }
  end: { type: hangup }
  ${note('of_flow')}
  ${note('of_step')}
`);
  const events = there.leave();
  assert.deepEqual(told(events), ['of_step']);
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'step.left' ? [`${event.stepId} ${event.outcome}`] : [])),
    ['ask hangup', 'of_step ok'],
  );
  assert.equal(there.state.sessions.size, 0, 'nothing is left of the contact');
});

test('a flow that says nothing leaves it to the one that called it, whose variables are there again', () => {
  const there = caller(
    `
on_hangup: note
steps:
  who: { type: set, vars: { who: outer } }
  inner: { type: call_flow, flow: inner, next: end }
  end: { type: hangup }
  note: { type: emit, name: gone, data: { who: "\${{ vars.who }}" }, next: end }
`,
    { 'inner.yaml': `steps:\n  ${ASK} }\n` },
  );
  const gone = there.leave().find((event) => event.kind === 'flow.emitted');
  assert.deepEqual(gone?.kind === 'flow.emitted' && gone.data, { who: 'outer' });
});

test('a step that calls a flow may say it for all that happens in there', () => {
  const there = caller(
    `
steps:
  inner: { type: call_flow, flow: inner, on: { hangup: in_vain }, next: end }
  end: { type: hangup }
  ${note('in_vain')}
`,
    { 'inner.yaml': `steps:\n  ${ASK} }\n` },
  );
  assert.deepEqual(told(there.leave()), ['in_vain']);
});

test('what neither step nor flow says, the site does', () => {
  const site = `${SITE}on_hangup: clean\n`;
  const there = caller(
    `steps:\n  ${ASK} }\n`,
    { 'clean.yaml': `steps:\n  ${note('of_site')}\n  end: { type: hangup }\n` },
    site,
  );
  assert.deepEqual(told(there.leave()), ['of_site']);
  assert.equal(there.state.sessions.size, 0);
});

test('where nobody says anything the flow is over at once', () => {
  const there = caller(`steps:\n  ${ASK} }\n`);
  assert.deepEqual(
    there.leave().map(({ kind }) => kind),
    ['flow.ended', 'contact.finished'],
  );
});

test('another system may be told; the contact is kept until it has answered, or for a minute', () => {
  const clean = `
on_hangup: tell
steps:
  ${ASK} }
  tell: { type: http, url: "https://crm.example.com/gone", on: { error: end }, next: end }
  end: { type: hangup }
`;
  const answered = caller(clean);
  assert.ok(answered.leave().some(({ kind }) => kind === 'http.requested'));
  assert.equal(answered.state.sessions.size, 1);
  assert.deepEqual(
    answered
      .webAnswers({ status: 200 })
      .slice(-2)
      .map(({ kind }) => kind),
    ['flow.ended', 'contact.finished'],
  );
  const waiting = caller(clean);
  waiting.leave();
  assert.equal(waiting.pass(59_999).length, 0);
  assert.ok(waiting.pass(1).some(({ kind }) => kind === 'contact.finished'));
});

test('an error in the clean-up that would have to be told to somebody ends it', () => {
  const there = caller(`
on_hangup: note
on_error: sorry
steps:
  ${ASK} }
  sorry: { type: play, prompt: Sorry., next: end }
  end: { type: hangup }
  note: { type: set, vars: { a: "\${{ 1 / 0 }}" }, next: end }
`);
  const events = there.leave();
  assert.ok(events.length < 20, `${events.length} events`);
  assert.equal(events.at(-1)?.kind, 'contact.finished');
});

test('a customer who leaves when the flow has come to its end leaves nothing to clear up', () => {
  const there = caller(`on_hangup: note\nsteps:\n  end: { type: hangup }\n  ${note('note')}\n`);
  assert.deepEqual(told(there.leave()), []);
  assert.equal(there.state.sessions.size, 0);
});

test('a step that would have to speak after a hang-up is a problem, by whatever way it is come to', () => {
  const main = `
steps:
  ${ASK}, on: { hangup: bye }, next: bye }
  bye: { type: play, prompt: Bye. }
`;
  const { problems } = load({ 'site.yaml': SITE, 'main.yaml': main });
  assert.match(problems.map(problemLine).join('\n'), /^main\.yaml:4:3 step\.customer_gone .*hangup of step ask/);
});
