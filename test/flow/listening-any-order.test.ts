import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { turnsEnd } from './listening-turns.ts';
import { Receptionist, SITE, type Told } from './receptionist.ts';

const FLOW = `
keys: { "9": choose }
steps:
  choose:
    type: menu
    prompt: Sales or support?
    final_prompt: Good luck.
    options: { "1": { next: number, say: [sales] }, "2": { next: sure, say: [support] } }
    direct_dial: { length: 3 }
    max_visits: 4
    on: { no_input: name, no_match: sure, dialed_extension: end, max_visits: end }
  number:
    type: gather
    prompt: Your number?
    into: number
    max: 4
    confirm: { prompt: "Is it \${{ result.value }}?" }
    speech: { barge_in: words, confirm_below: 0.7 }
    on: { no_input: pin, no_match: pin }
  pin: { type: gather, prompt: PIN?, into: pin, input: speech, barge_in: false, on: { no_input: sure, no_match: sure, error: sure } }
  sure: { type: confirm, prompt: Sure?, yes: { say: sales }, on: { no: name, no_input: name, no_match: name } }
  name: { type: directory, prompt: Who?, on: { not_found: rate, no_input: rate, selected: rate } }
  rate:
    type: survey
    survey: s
    questions: [{ name: a, prompt: How? }, { name: b, prompt: Why?, kind: text, required: false }]
    on: { error: end }
  end: { type: hangup }
`;
/** Silence, and prompts heard out: after so much of it every step must have been left. */
const ROUNDS_MAX = 200;

type Deed =
  | { readonly do: 'hears'; readonly told: Told; readonly late: boolean }
  | { readonly do: 'press'; readonly digit: string }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'heard_out' | 'restart' };

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.constantFrom<Told>({ what: 'voice' }, { what: 'voice', bargesIn: false }, { what: 'noise' }, { what: 'deaf' }),
  fc.record({
    what: fc.constant('words' as const),
    text: fc.constantFrom('sales', 'support', 'yes', 'no', 'four seven one one', 'anna', 'banana', ''),
    confidence: fc.constantFrom(0, 0.4, 0.6, 0.9),
    alternatives: fc.constantFrom([], [{ text: 'sales', confidence: 0.55 }]),
  }),
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('hears' as const), told, late: fc.nat(9).map((one) => one === 0) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('press' as const), digit: fc.constantFrom(...'12479#') }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 100, 3_000, 5_000, 40_000) }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Deed>({ do: 'heard_out' }, { do: 'restart' }) },
);

function live(one: Receptionist, does: Deed): void {
  switch (does.do) {
    case 'hears':
      // What an earlier turn heard comes late, and is nobody's.
      return void (does.late ? one.hears(does.told, 'c1.h1-0') : one.hears(does.told));
    case 'press':
      return void one.press(does.digit);
    case 'pass':
      return void one.pass(does.ms);
    case 'heard_out':
      return void (one.session.promptId === null ? one.pass(10) : one.heardOut());
    case 'restart':
      return void one.restart();
  }
}

test('whatever order voices, coughs, words, keys and silence come in, no step is answered twice, and none waits for ever', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
      const one = new Receptionist({ 'site.yaml': SITE, 'main.yaml': FLOW });
      one.call('100');
      const goesOn = (): boolean => one.state.sessions.get('c1')?.stage === 'running';
      for (const does of deeds) {
        if (!goesOn()) break;
        one.nowMs += 50;
        live(one, does);
        turnsEnd(one);
      }
      for (let round = 0; goesOn(); round++) {
        assert.ok(round < ROUNDS_MAX, `nothing leads on from ${one.session.stepId}`);
        live(one, one.session.promptId === null ? { do: 'pass', ms: 60_000 } : { do: 'heard_out' });
      }
      turnsEnd(one);
      let open: string | null = null;
      for (const event of one.journal) {
        if (event.kind === 'step.entered') {
          assert.equal(open, null, `${event.stepId} was entered while ${open} was not left`);
          open = event.stepId;
        } else if (event.kind === 'step.left') {
          assert.equal(event.stepId, open, `${event.stepId} was left twice`);
          open = null;
        }
      }
    }),
    { numRuns: 100 },
  );
});
