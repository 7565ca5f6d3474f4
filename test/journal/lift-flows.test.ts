import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lift } from '../../src/journal/lift.ts';
import { LIFTED_PARAMETERS } from '../../src/journal/lift-steps.ts';
import type { EventOf } from '../../src/model/event.ts';
import { outcomes, queued, Receptionist, SITE, said } from '../flow/receptionist.ts';

/** The flows of release 0.1.0, as its journal holds them. */
function loaded(change: (flows: Record<string, OldFlow>) => void = () => undefined): EventOf<'flows.loaded'> {
  const lines = readFileSync(new URL('releases/0.1.0.jsonl', import.meta.url), 'utf8').split('\n');
  const line = lines.find((one) => one.includes('"flows.loaded"'))!;
  const { event } = JSON.parse(line) as { event: { flows: { flows: Record<string, OldFlow> } } };
  change(event.flows.flows);
  return lift(1, event as unknown as Record<string, unknown>) as EventOf<'flows.loaded'>;
}
type OldFlow = {
  start: string;
  steps: Record<string, { id: string; type: string; with: unknown; on: object; next?: string; at: string }>;
};

/** A receptionist who goes through these flows. */
function receptionist(change?: (flows: Record<string, OldFlow>) => void): Receptionist {
  const caller = new Receptionist({ 'site.yaml': SITE, 'main.yaml': 'steps: { end: { type: hangup } }' });
  caller.take({ ...loaded(change), atMs: caller.nowMs });
  return caller;
}

test('a caller goes through the flows of release 0.1.0 as under that release', () => {
  const caller = receptionist();
  assert.deepEqual(said(caller.call('100')), ['Welcome to Strowger.']);
  caller.heardOut();
  assert.equal(said(caller.press('9'))[0], 'Sorry, that is not one of the choices.');
  caller.heardOut();
  assert.equal(said(caller.pass(5000))[0], 'Sorry, I did not hear a key.');
  assert.deepEqual(outcomes(caller.press('*')), ['*']);
  assert.deepEqual(said(caller.press('2')), ['Please type your account number, then press hash.']);
  const then = caller.press('4711#');
  assert.deepEqual(said(then), ['Thank you. You typed', '<4711>']);
  const { queueId, skills, giveUpAtMs } = queued(caller.heardOut());
  assert.deepEqual([queueId, skills, giveUpAtMs], ['support', ['english'], caller.nowMs + 600_000]);
});

test('three failures of both kinds together leave a menu of that release', () => {
  const caller = receptionist();
  caller.call('100');
  caller.heardOut();
  caller.press('9');
  caller.heardOut();
  caller.pass(5000);
  assert.deepEqual(outcomes(caller.press('9')), ['no_match']);
});

test('answer, set and switch of that release do what they did', () => {
  const caller = receptionist((flows) => {
    const flow = flows['main-menu']!;
    const step = (id: string, type: string, given: unknown, next?: string) => {
      flow.steps[id] = { id, type, with: given, on: {}, at: 'x', ...(next === undefined ? {} : { next }) };
    };
    step('up', 'answer', {}, 'give');
    step('give', 'set', { vars: { kind: 'gold', who: '${{ contact.from }}' } }, 'which');
    step('which', 'switch', { value: '${{ vars.kind }}', cases: { gold: 'rich' }, otherwise: 'end' });
    step('rich', 'play', { prompt: [{ say: 'Gold ${{ vars.who }}.', language: 'en' }] }, 'end');
    flow.start = 'up';
  });
  assert.deepEqual(said(caller.call('100')), ['Gold 15551234.']);
});

test('every type of step of that release is lifted', () => {
  const types = ['answer', 'play', 'menu', 'gather', 'set', 'switch', 'queue', 'hangup'];
  assert.deepEqual(Object.keys(LIFTED_PARAMETERS).sort(), types.sort());
});
