import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { plainLetters, spelledOnKeys } from '../../../src/flow/input/keypad.ts';
import { calledSo, spelledSo } from '../../../src/flow/input/people.ts';
import { directory } from '../../../src/flow/steps/asking/directory.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const AGENTS: NonNullable<Scene['agents']> = {
  anna: ['Anna Meier', '1001'],
  anke: ['Anke Ott', '1002'],
  kim: ['Kim Müller', '1003'],
  zoe: ["Zoë O'Neil", '1004'],
};
const BASE = 'prompt: Please spell the name.\n';
const at = (more = '', scene: Scene = {}): Stage => new Stage(directory, BASE + more, { agents: AGENTS, ...scene });
const TEXT: Scene = { channel: 'chat' };

describe('a name that is spelled on keys', () => {
  test('is told with its key as soon as it is one of few', () => {
    const caller = at().press('26');
    assert.equal(caller.wakeInMs, 3_000);
    assert.deepEqual(caller.press('6').heard, ['For Anna Meier, press 1.']);
    const left = caller.press('1').left;
    assert.equal(left?.outcome, 'selected');
    assert.deepEqual(left?.result, { agent: 'anna', extension: '1001', name: 'Anna Meier' });
  });

  test('may be the last name, or both in any order', () => {
    for (const keys of ['634', '63437', '266263437', '634372662']) {
      assert.deepEqual(at('min_letters: 9').press(`${keys}#`).heard, ['For Anna Meier, press 1.'], keys);
    }
  });

  test('may be told in the language of the contact, or in other words', () => {
    const german = at('', { language: 'de' }).press('266');
    assert.deepEqual(german.heard, ['Für Anna Meier drücken Sie die 1.']);
    const own = at('match_prompt: "${{ result.key }}: ${{ result.name }}, ${{ result.extension }}"').press('266');
    assert.deepEqual(own.heard, ['1: Anna Meier, 1001']);
  });

  test('waits for more keys while there are too many, and tells the first ones after a pause', () => {
    const caller = at('min_letters: 2\nmatch_limit: 1').press('26');
    assert.deepEqual([caller.playing, caller.wakeInMs], [false, 3_000]);
    assert.deepEqual(caller.silence().heard, ['For Anke Ott, press 1.']);
    assert.deepEqual(at('min_letters: 2').press('26').heard.length, 2);
    assert.equal(at('inter_digit_timeout: 1s').press('2').wakeInMs, 1_000);
  });

  test('ends with hash, and begins anew with star', () => {
    assert.deepEqual(at().press('26#').heard, ['For Anke Ott, press 1.', 'For Anna Meier, press 2.']);
    assert.deepEqual(at().press('99*266').heard, ['For Anna Meier, press 1.']);
    assert.deepEqual([at().press('*').playing, at().press('9*').wakeInMs], [false, 5_000]);
  });

  test('that nobody has is not found', () => {
    assert.equal(at('attempts: 1').press('777').outcome, 'not_found');
    assert.equal(at('attempts: 1').press('#').outcome, 'not_found');
    assert.deepEqual(at('no_match_prompt: Nobody.').press('777').heard, ['Nobody.', 'Please spell the name.']);
  });

  test('that is not entered', () => {
    assert.equal(at('attempts: 1').silence().outcome, 'no_input');
  });

  test('fills a variable where one is named', () => {
    assert.deepEqual(at('into: who').press('2661').left?.set, { who: 'anna' });
    assert.deepEqual(directory.gives!(at('into: who').given).vars, { who: 'text' });
  });
});

describe('names that were told', () => {
  test('are told again, and then the search has failed', () => {
    const caller = at('attempts: 1').press('266').silence();
    assert.deepEqual(caller.heard, ['For Anna Meier, press 1.']);
    assert.equal(caller.silence().outcome, 'no_input');
    assert.equal(at('attempts: 1').press('26699').outcome, 'not_found');
  });

  test('are left with star for another name, which counts as a failure', () => {
    assert.deepEqual(at().press('266*').heard, ['Please spell the name.']);
    assert.equal(at('attempts: 1').press('266*').outcome, 'not_found');
  });

  test('are chosen by speech, too', () => {
    assert.equal(at().press('26#').say('Anna Meier').left?.result?.['agent'], 'anna');
    assert.equal(at().press('26#').say('one').left?.result?.['agent'], 'anke');
    assert.equal(at().press('26#').say('Anna Meier', 0.4).outcome, undefined);
  });
});

describe('a name that is spoken or written', () => {
  test('and is the name of one agent is enough', () => {
    assert.equal(at().say('anna meier').left?.result?.['agent'], 'anna');
    assert.equal(at('', TEXT).reply("Zoe O'Neil").left?.result?.['agent'], 'zoe');
  });

  test('and is a part of names is answered with choices', () => {
    const caller = at('', TEXT).reply('an');
    assert.deepEqual(caller.choices, [
      { key: '1', label: 'Anke Ott' },
      { key: '2', label: 'Anna Meier' },
    ]);
    assert.equal(caller.reply('2').left?.result?.['agent'], 'anna');
    assert.equal(at('', TEXT).reply('an').reply('anke').left?.result?.['agent'], 'anke');
  });

  test('and is nearly a name is asked back', () => {
    assert.deepEqual(at('', TEXT).reply('kim miller').choices, [{ key: '1', label: 'Kim Müller' }]);
    assert.deepEqual(at().say('Anna Maier').heard, ['For Anna Meier, press 1.']);
  });

  test('and is nobody at all is not found', () => {
    assert.equal(at('attempts: 1', TEXT).reply('Wolfgang').outcome, 'not_found');
    assert.equal(at('attempts: 1').say('anna meier', 0.4).outcome, 'not_found');
    const trusting = at('attempts: 1\nspeech: { min_confidence: 0.4, confirm_below: 0 }');
    assert.equal(trusting.say('anna meier', 0.4).outcome, 'selected');
  });
});

describe('the operator', () => {
  test('is reached with 0 at any time', () => {
    assert.equal(at().press('0').outcome, 'operator');
    assert.equal(at().press('2660').outcome, 'operator');
    assert.equal(at('', TEXT).reply('0').outcome, 'operator');
  });

  test('stands in where nobody is found, and no_match for both', () => {
    assert.deepEqual(
      [directory.fallbacks?.get('operator'), directory.fallbacks?.get('not_found')],
      ['not_found', 'no_match'],
    );
    assert.deepEqual(directory.outcomes(at().given), ['selected', 'not_found', 'operator', 'no_input']);
    assert.deepEqual(directory.mustRoute!(at().given), ['not_found', 'no_input']);
    assert.deepEqual(directory.keys!(at().given).join(''), '0123456789*#');
  });
});

describe('letters on keys', () => {
  test('are those of E.161, accents left out', () => {
    const keys = (name: string) => spelledOnKeys(plainLetters(name));
    assert.equal(keys('Müller'), '685537');
    assert.equal(keys("Zoë O'Neil"), '96366345');
    assert.equal(keys('Straße 7'), '78727737');
    assert.equal(keys('pqrs tuv wxyz'), '77778889999');
    assert.equal(keys('Ольга'), '');
  });

  test('find an umlaut spelled out, too', () => {
    const site = { agents: { bob: { id: 'bob', name: 'Kim Müller', extension: '1' } } } as never;
    assert.equal(spelledSo(site, '68355').length, 1);
    assert.equal(spelledSo(site, '6855').length, 1);
    assert.equal(calledSo(site, '').agents.length, 0);
  });
});

test('a directory is refused with limits that cannot be', () => {
  assert.deepEqual(codesOf(directory, `${BASE}min_letters: 11\nmatch_limit: 10`), ['2 value.range', '3 value.range']);
  assert.deepEqual(codesOf(directory, 'into: x'), ['1 key.missing']);
});
