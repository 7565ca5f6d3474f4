import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Event, EventOf } from '../../src/model/event.ts';
import { turnsEnd } from './listening-turns.ts';
import { outcomes, Receptionist, SITE, said, type Told } from './receptionist.ts';

const FLOW = `
keys: { "9": operator }
steps:
  choose:
    type: menu
    prompt: Sales or support?
    no_match_prompt: Sorry.
    final_prompt: Good luck.
    options:
      "1": { next: sales, say: [sales, buy something] }
      "2": { next: support, say: [support, help] }
    on: { no_input: nobody, no_match: wrong }
  sales: { type: play, prompt: Sales., next: pin }
  support: { type: play, prompt: Support., next: end }
  nobody: { type: play, prompt: Nobody., next: end }
  wrong: { type: play, prompt: Wrong., next: end }
  operator: { type: play, prompt: Operator., next: end }
  pin: { type: gather, prompt: Your PIN?, into: pin, min: 4, max: 4, sensitive: true, on: { no_input: end, no_match: end } }
  end: { type: hangup }
`;
const VOICE: Told = { what: 'voice' };
const words = (text: string, confidence = 0.9): Told => ({ what: 'words', text, confidence });

function called(flow = FLOW): Receptionist {
  const one = new Receptionist({ 'site.yaml': SITE, 'main.yaml': flow });
  one.call('100');
  return one;
}

function kinds(events: readonly Event[]): string[] {
  return events.map(({ kind }) => kind);
}

/** How it was listened the last time. */
function order(events: readonly Event[]): EventOf<'listening.started'>['order'] {
  const found = events.findLast((event) => event.kind === 'listening.started');
  if (found?.kind !== 'listening.started') throw new Error('nobody listens');
  return found.order;
}

describe('a menu with words', () => {
  test('listens from the moment when its prompt begins, for its words and the numbers of its keys', () => {
    const one = called();
    assert.deepEqual(kinds(one.events).slice(-2), ['listening.started', 'prompt.started']);
    assert.deepEqual(order(one.events), {
      language: 'en',
      expected: { kind: 'phrases', phrases: ['sales', 'buy something', 'support', 'help', 'one', 'two'] },
      hints: [],
      bargeIn: 'voice',
      minWords: 1,
      endSilenceMs: 600,
      maxDurationMs: 8_000,
      minConfidence: 0.5,
      sensitive: false,
    });
  });

  test('takes what is said over the prompt, which the voice stops', () => {
    const one = called();
    one.nowMs += 700;
    assert.deepEqual(kinds(one.hears(VOICE)), ['prompt.stopped']);
    one.nowMs += 1_500;
    assert.deepEqual(said(one.hears(words('I want sales'))), ['Sales.']);
    turnsEnd(one);
  });

  test('asks again when nothing is said', () => {
    const one = called();
    one.heardOut();
    assert.deepEqual(said(one.pass(4_999)), []);
    assert.deepEqual(said(one.pass(1)), ['Sales or support?']);
    turnsEnd(one);
  });

  test('lets the prompt go on after a cough, a little before the place where it was stopped', () => {
    const one = called();
    one.nowMs += 2_000;
    one.hears(VOICE);
    one.nowMs += 800;
    const [again] = one.hears({ what: 'noise' });
    assert.equal(again?.kind, 'prompt.started');
    assert.equal((again as EventOf<'prompt.started'>).offsetMs, 1_700);
    one.nowMs += 1_000;
    one.hears(VOICE);
    const [further] = one.hears({ what: 'noise' });
    assert.equal((further as EventOf<'prompt.started'>).offsetMs, 2_400);
    one.heardOut();
    assert.deepEqual(said(one.pass(5_000)), ['Sales or support?']);
    turnsEnd(one);
  });

  test('begins the silence anew after a cough, and ends the turn after five of them', () => {
    const one = called();
    one.heardOut();
    one.pass(4_000);
    one.hears(VOICE);
    assert.deepEqual(said(one.pass(4_000)), [], 'somebody speaks');
    one.hears({ what: 'noise' });
    assert.deepEqual(said(one.pass(4_999)), []);
    for (let count = 0; count < 4; count++) {
      one.hears(VOICE);
      one.hears({ what: 'noise' });
    }
    assert.deepEqual(said(one.pass(0)), ['Sales or support?']);
    turnsEnd(one);
  });

  test('gives up after three wrong words, each asked again', () => {
    const one = called();
    one.hears(VOICE);
    assert.deepEqual(said(one.hears(words('banana', 0.9))), ['Sorry.', 'Sales or support?']);
    assert.deepEqual(said(one.hears(words('', 0))), ['Sorry.', 'Sales or support?']);
    assert.deepEqual(said(one.hears(words('sales', 0.3))), ['Good luck.']);
    assert.deepEqual(said(one.heardOut()), ['Wrong.']);
    assert.deepEqual(outcomes(one.events), ['no_match']);
    turnsEnd(one);
  });

  test('takes a key that is pressed while somebody speaks, and not what was said', () => {
    const one = called();
    const { listenId } = one.session.listening!;
    one.hears(VOICE);
    assert.deepEqual(said(one.press('2')), ['Support.']);
    assert.deepEqual(one.hears(words('sales'), listenId), []);
    turnsEnd(one);
  });

  test('is over when the caller hangs up in the middle of a word', () => {
    const one = called();
    const { listenId } = one.session.listening!;
    one.hears(VOICE);
    one.leave();
    assert.deepEqual(one.hears(words('sales'), listenId), []);
    turnsEnd(one);
  });

  test('goes on by keys when nobody hears', () => {
    const one = called();
    one.hears({ what: 'deaf' });
    assert.deepEqual(outcomes(one.events), []);
    one.heardOut();
    assert.deepEqual(said(one.pass(5_000)), ['Sales or support?']);
    assert.deepEqual(said(one.press('1')), ['Sales.']);
    turnsEnd(one);
  });

  test('lets the prompt go on when the ears fail under a word that stopped it', () => {
    const one = called();
    one.nowMs += 1_000;
    one.hears(VOICE);
    const then = one.hears({ what: 'deaf' });
    assert.deepEqual(kinds(then), ['listening.started', 'prompt.started'], 'it may be said once more');
    one.hears(VOICE);
    assert.deepEqual(kinds(one.hears({ what: 'deaf' })), ['prompt.started'], 'and then keys remain');
    assert.deepEqual(said(one.press('1')), ['Sales.']);
    turnsEnd(one);
  });

  test('does not wait for ever for ears that say nothing more', () => {
    const one = called();
    one.heardOut();
    one.hears(VOICE);
    assert.deepEqual(said(one.pass(8_000 + 600 + 14_999)), []);
    assert.deepEqual(said(one.pass(1)), ['Sales or support?']);
  });

  test('passes over what an earlier turn heard, and the same words told twice', () => {
    const one = called();
    const { listenId } = one.session.listening!;
    one.hears(words('banana'));
    const later = one.session.listening!.listenId;
    assert.notEqual(later, listenId);
    assert.deepEqual(one.hears(words('sales'), listenId), []);
    one.hears(words('banana'), later);
    assert.deepEqual(one.hears(words('banana'), later), []);
    assert.deepEqual(outcomes(one.events), []);
    turnsEnd(one);
  });

  test('is listened to anew after a restart, and not to what the ears of before tell', () => {
    const one = called();
    const { listenId } = one.session.listening!;
    one.nowMs += 1_000;
    const again = one.restart();
    assert.deepEqual(kinds(again), ['prompt.stopped', 'listening.stopped', 'listening.started', 'prompt.started']);
    assert.notEqual(one.session.listening?.listenId, listenId);
    assert.deepEqual(one.hears(words('sales'), listenId), []);
    assert.deepEqual(said(one.hears(words('sales'))), ['Sales.']);
  });

  test('is not listened to any more when a key of the flow leads away', () => {
    const one = called();
    assert.deepEqual(said(one.press('9')), ['Operator.']);
    assert.equal(one.session.listening, null);
    turnsEnd(one);
  });
});

describe('what is understood with doubt', () => {
  test('is asked back, and taken with a yes', () => {
    const one = called();
    assert.deepEqual(said(one.hears(words('sales', 0.6))), ['Did you say sales?']);
    assert.ok(JSON.stringify(order(one.events).expected).includes('"Yes"'));
    assert.deepEqual(said(one.hears(words('yes', 0.8))), ['Sales.']);
    assert.deepEqual(outcomes(one.events), ['1']);
    turnsEnd(one);
  });

  test('is asked for again with a no, with silence, and with what is doubtful again', () => {
    for (const answer of [words('no'), words('support', 0.6), words('banana')]) {
      const one = called();
      one.hears(words('sales', 0.6));
      assert.deepEqual(said(one.hears(answer)), ['Sorry.', 'Sales or support?']);
    }
    const silent = called();
    silent.hears(words('sales', 0.6));
    silent.heardOut();
    assert.deepEqual(said(silent.pass(5_000)), ['Sales or support?']);
  });

  test('may be corrected at once, by another choice or by a key', () => {
    const one = called();
    one.hears(words('sales', 0.6));
    assert.deepEqual(said(one.hears(words('support'))), ['Support.']);
    const other = called();
    other.hears(words('sales', 0.6));
    assert.deepEqual(said(other.press('2')), ['Support.']);
  });

  test('may be one of the less likely ways in which it was understood', () => {
    const one = called();
    const alternatives = [
      { text: 'tails', confidence: 0.8 },
      { text: 'sales', confidence: 0.75 },
    ];
    assert.deepEqual(said(one.hears({ what: 'words', text: 'jails', confidence: 0.9, alternatives })), ['Sales.']);
  });
});

describe('how it is listened', () => {
  const asking = (step: string): string => `
steps:
  ask: { ${step}, prompt: Well?, next: end, on: { no_input: end, no_match: end, error: failed } }
  failed: { type: play, prompt: "\${{ error.code }}", next: end }
  end: { type: hangup }
`;
  const gather = (more: string): string => asking(`type: gather, into: x${more}`);

  test('with barge_in: false, or off for speech, from the end of the prompt on', () => {
    for (const more of [', barge_in: false', ', speech: { barge_in: off }']) {
      const one = called(gather(more));
      assert.equal(one.session.listening, null);
      assert.equal(order(one.heardOut()).bargeIn, 'voice');
      one.hears(words('four seven'));
      assert.deepEqual(outcomes(one.events), ['ok']);
    }
  });

  test('with barge_in: words the prompt goes on until there are some, and nobody who speaks is silent', () => {
    const one = called(gather(', speech: { barge_in: words, min_words: 2 }'));
    assert.equal(order(one.events).minWords, 2);
    assert.deepEqual(one.hears({ what: 'voice', bargesIn: false }), []);
    one.heardOut();
    assert.deepEqual(outcomes(one.pass(5_000)), []);
    const other = called(gather(', speech: { barge_in: words }'));
    other.hears({ what: 'voice', bargesIn: false });
    assert.deepEqual(kinds(other.hears(VOICE)), ['prompt.stopped']);
  });

  test('not at all where only keys count', () => {
    for (const more of [', input: dtmf', ', speech: { listen: false }']) {
      const one = called(gather(more));
      one.heardOut();
      assert.equal(one.session.listening, null);
    }
    const keys = 'type: menu, options: { "1": end, "2": end }';
    assert.equal(called(asking(keys)).session.listening, null);
  });

  test('for what is expected, with the silence that goes with it', () => {
    const expected = (more: string) => {
      const found = order(called(gather(more)).events);
      return [found.expected, found.endSilenceMs];
    };
    assert.deepEqual(expected(', min: 4, max: 6'), [{ kind: 'digits', min: 4, max: 6 }, 1_100]);
    assert.deepEqual(expected(', validate: { lengths: [5, 8] }'), [{ kind: 'digits', min: 5, max: 8 }, 1_100]);
    assert.deepEqual(expected(', validate: { kind: date }'), [{ kind: 'date' }, 1_000]);
    assert.deepEqual(expected(', validate: { kind: text }'), [{ kind: 'free' }, 1_200]);
    assert.deepEqual(expected(', speech: { end_silence: 2s }'), [{ kind: 'digits', min: 1, max: 64 }, 2_000]);
  });

  test('where speech alone counts and nobody hears, the step ends with an error that says so', () => {
    const one = called(gather(', input: speech'));
    assert.deepEqual(said(one.hears({ what: 'deaf' })), ['step.unheard']);
  });

  test('what is said in a sensitive step is for engines that are trusted, and stands in no journal', () => {
    const one = called(gather(', sensitive: true'));
    assert.equal(order(one.events).sensitive, true);
    one.hears({
      what: 'words',
      text: 'four seven',
      confidence: 0.9,
      alternatives: [{ text: 'forty seven', confidence: 0.8 }],
    });
    assert.doesNotMatch(JSON.stringify(one.journal), /four seven|forty seven/);
    assert.deepEqual(outcomes(one.events), ['ok']);
  });

  test('nobody listens in a chat', () => {
    const one = new Receptionist({ 'site.yaml': SITE, 'main.yaml': FLOW });
    one.chat('100');
    assert.equal(one.session.listening, null);
  });
});
