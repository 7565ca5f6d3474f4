import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Event } from '../../src/model/event.ts';
import { emitted, outcomesOf, wholeOf } from './in-journal.ts';
import { OtherSystem, type Reply } from './other-system.ts';
import { type Contact, Scene } from './scene.ts';
import { until } from './until.ts';

// kill -9 of the controller while calls stand in the middle of their flows: each goes on where it stood, as it began.

const TONE_HZ = 1540;
const PIN = '480275';
/** A key that is held so long was two keys to Asterisk, see `dtmftimeout` in asterisk-config/rtp.conf. */
const HELD_MS = 320;

const SITE = `
site: Exchange under test
numbers: { "601": outer, "602": order, "603": secret, "604": later, "605": leaving, "606": bank }
http: { allow: "127.0.0.1" }
`;

let other: OtherSystem;
let scene: Scene;
before(async () => {
  other = await OtherSystem.open(replyTo);
  scene = await Scene.open({ files: { 'site.yaml': SITE, ...flows('first') } });
});
after(async () => {
  await scene?.close();
  other?.close();
});

/** The first time nobody answers: the controller is killed meanwhile. */
function replyTo({ path }: { path: string }, before: number): Reply {
  if (path === '/pin') return { body: {} };
  return before === 0 ? 'never' : { body: { number: 'A-17' } };
}

/** Each edition says its name, and its steps have names of their own. */
function flows(edition: 'first' | 'second'): Record<string, string> {
  const url = `http://127.0.0.1:${other.port}`;
  const constants = `constants: { edition: ${edition} }`;
  const lost = 'on: { no_input: bye, no_match: bye }';
  return {
    'outer.yaml': `
${constants}
steps:
  note: { type: set, vars: { colour: green, tries: 7 } }
  ask-${edition}: { type: call_flow, flow: inner, with: { colour: "\${{ vars.colour }}" }, returns: { said: choice } }
  tell: { type: emit, name: told, data: { edition: "\${{ constants.edition }}", colour: "\${{ vars.colour }}", tries: "\${{ vars.tries + 1 }}", said: "\${{ vars.said }}" } }
  bye: { type: hangup }
`,
    'inner.yaml': `
${constants}
params: { colour: {} }
steps:
  note: { type: set, vars: { seen: "\${{ vars.colour }} seen" } }
  choose-${edition}: { type: menu, prompt: { file: tone }, options: { "1": back }, timeout: 60s, ${lost} }
  back: { type: return, values: { choice: "\${{ vars.seen }} by \${{ constants.edition }}" } }
  bye: { type: return, outcome: lost }
`,
    'order.yaml': `
${constants}
steps:
  note: { type: set, vars: { customer: "31" } }
  ask-${edition}:
    type: http
    url: ${url}/order
    json: { customer: "\${{ vars.customer }}" }
    timeout: 60s
    filler: { prompt: { file: tone }, after: 0s }
    save: { number: "\${{ result.body.number }}" }
    on: { error: bye }
  tell: { type: emit, name: ordered, data: { edition: "\${{ constants.edition }}", number: "\${{ vars.number }}" } }
  bye: { type: hangup }
`,
    'secret.yaml': `
${constants}
steps:
  pin-${edition}: { type: gather, prompt: { file: tone }, into: pin, min: 6, max: 6, timeout: 60s, inter_digit_timeout: 60s, sensitive: true, ${lost} }
  send: { type: http, url: "${url}/pin", json: { pin: "\${{ vars.pin }}" }, on: { error: bye } }
  bye: { type: hangup }
`,
    'later.yaml': `
${constants}
steps:
  pin-${edition}: { type: gather, prompt: { file: tone }, into: pin, min: 6, max: 6, timeout: 60s, sensitive: true, ${lost} }
  choose: { type: menu, prompt: { silence: 1s }, options: { "1": send }, timeout: 60s, ${lost} }
  send: { type: http, url: "${url}/pin", json: { pin: "\${{ vars.pin }}" }, on: { error: bye } }
  bye: { type: hangup }
`,
    'bank.yaml': `
${constants}
steps:
  pin-${edition}: { type: gather, prompt: { file: tone }, into: pin, min: 6, max: 6, timeout: 60s, sensitive: true, ${lost} }
  inner: { type: call_flow, flow: inner, with: { colour: red } }
  send: { type: http, url: "${url}/pin", json: { pin: "\${{ vars.pin }}" }, on: { error: bye } }
  bye: { type: hangup }
`,
    'leaving.yaml': `
${constants}
on_hangup: tell-${edition}
steps:
  choose: { type: menu, prompt: { file: tone }, options: { "1": bye }, timeout: 60s, ${lost} }
  bye: { type: hangup }
  tell-${edition}: { type: http, url: "${url}/left", json: {}, timeout: 60s, save: { number: "\${{ result.body.number }}" }, on: { error: done } }
  done: { type: emit, name: cleaned-up, data: { number: "\${{ vars.number }}" } }
`,
  };
}

test('after kill -9 each call goes on in the same step of the same version, and nothing is lost or doubled', async () => {
  const outer = await scene.call('601');
  const order = await scene.call('602');
  const secret = await scene.call('603');
  const later = await scene.call('604');
  const leaving = await scene.call('605');
  const bank = await scene.call('606');
  const stands = {
    outer: await scene.stageIs(outer.from, 'flow', 'choose-first'),
    order: await scene.stageIs(order.from, 'flow', 'ask-first'),
    secret: await scene.stageIs(secret.from, 'flow', 'pin-first'),
    later: await scene.stageIs(later.from, 'flow', 'pin-first'),
    leaving: await scene.stageIs(leaving.from, 'flow', 'choose'),
    bank: await scene.stageIs(bank.from, 'flow', 'pin-first'),
  };
  await later.line.press(PIN);
  await scene.stageIs(later.from, 'flow', 'choose');
  await bank.line.press(PIN);
  await scene.stageIs(bank.from, 'flow', 'choose-first');
  // The first three digits are forgotten with the process: they are nowhere.
  await secret.line.press(PIN.slice(0, 3));
  await digitsOf(stands.secret, 3);
  await leaving.line.hangUp();
  await other.wasAsked('/left');
  await other.wasAsked('/order');

  await scene.exchange.killController();
  for (const [name, text] of Object.entries(flows('second'))) writeFileSync(join(scene.exchange.flowsDir, name), text);
  // Their prompts begin together, before the controller answers requests, and are over after a second: all are listened to at once.
  const heard = [outer, secret, later].map(({ line }) => line.hears(TONE_HZ, { withinMs: 20_000 }));
  await Promise.all([scene.exchange.startController(), ...heard]);
  await scene.stageIs(outer.from, 'flow', 'choose-first');
  await outer.line.press('1');
  await secret.line.press(PIN, HELD_MS);
  // What was entered in confidence is gone, so the caller is asked for it again, and comes to the menu by that way.
  await scene.stageIs(later.from, 'flow', 'pin-first');
  await later.line.press(PIN, HELD_MS);
  await scene.stageIs(later.from, 'flow', 'choose');
  await later.line.press('1');
  // The same where it is the outer flow that asked: the inner one is left for it, and gone through again.
  await scene.stageIs(bank.from, 'flow', 'pin-first');
  await bank.line.press(PIN);
  await scene.stageIs(bank.from, 'flow', 'choose-first');
  await bank.line.press('1');
  for (const { line } of [outer, order, secret, later, bank]) await line.ended();

  const inOuter = await wholeOf(scene, stands.outer.id);
  assert.deepEqual(emitted(inOuter), [
    { name: 'told', data: { edition: 'first', colour: 'green', tries: 8, said: 'green seen by first' } },
  ]);
  assert.deepEqual(stepsOf(inOuter), ['note', 'ask-first', 'note', 'choose-first', 'back', 'tell', 'bye']);

  const inOrder = await wholeOf(scene, stands.order.id);
  assert.deepEqual(emitted(inOrder), [{ name: 'ordered', data: { edition: 'first', number: 'A-17' } }]);
  assert.deepEqual(outcomesOf(inOrder, 'ask-first'), ['ok']);
  const orders = other.at('/order');
  assert.equal(orders.length, 2);
  assert.deepEqual(
    orders.map(({ body }) => JSON.parse(body)),
    [{ customer: '31' }, { customer: '31' }],
  );
  assert.ok(orders[0]!.headers['idempotency-key']);
  assert.equal(orders[0]!.headers['idempotency-key'], orders[1]!.headers['idempotency-key']);

  assert.deepEqual(stepsOf(await wholeOf(scene, stands.secret.id)), ['pin-first', 'send', 'bye']);
  assert.deepEqual(stepsOf(await wholeOf(scene, stands.later.id)), [
    'pin-first',
    'choose',
    'pin-first',
    'choose',
    'send',
    'bye',
  ]);
  assert.deepEqual(
    other.at('/pin').map(({ body }) => JSON.parse(body)),
    [{ pin: PIN }, { pin: PIN }, { pin: PIN }],
  );

  assert.deepEqual(stepsOf(await wholeOf(scene, stands.bank.id)), [
    ...['pin-first', 'inner', 'note', 'choose-first'],
    ...['pin-first', 'inner', 'note', 'choose-first', 'back', 'send', 'bye'],
  ]);

  const inLeaving = await wholeOf(scene, stands.leaving.id);
  assert.deepEqual(emitted(inLeaving), [{ name: 'cleaned-up', data: { number: 'A-17' } }]);
  assert.equal(new Set(other.at('/left').map(({ headers }) => headers['idempotency-key'])).size, 1);
  assert.equal(inLeaving.filter(({ kind }) => kind === 'contact.finished').length, 1);
  await scene.quiet();
  const [places] = (await scene.exchange.sql('SELECT count(*)::int AS count, max(seq)::int AS last FROM journal')) as {
    count: number;
    last: number;
  }[];
  assert.equal(places!.count, places!.last, 'the journal has no gap');
});

test('whoever calls after the restart begins in what the folder holds by then', async () => {
  const call = await scene.call('601');
  const { id } = await scene.stageIs(call.from, 'flow', 'choose-second');
  await call.line.press('1');
  await call.line.ended();
  assert.deepEqual(emitted(await wholeOf(scene, id)), [
    { name: 'told', data: { edition: 'second', colour: 'green', tries: 8, said: 'green seen by second' } },
  ]);
});

function digitsOf({ id }: Contact, count: number): Promise<true> {
  return until(`${count} digits came`, async () => {
    const events = await scene.exchange.journalOf(id);
    return events.filter(({ kind }) => kind === 'digit.received').length >= count || undefined;
  });
}

/** The steps that a contact went through; one that it was taken up in again counts once. */
function stepsOf(events: readonly Event[]): string[] {
  return events.flatMap((event) => (event.kind === 'step.entered' ? [event.stepId] : []));
}
