import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { language } from '../../../src/flow/steps/asking/language.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const MENU = 'prompt: English or German?\noptions: { "1": en, "2": { language: de, say: [german] } }\n';
const at = (more = '', scene: Scene = {}): Stage => new Stage(language, MENU + more, scene);
const TEXT: Scene = { channel: 'chat' };
const chosen = (stage: Stage): unknown => stage.left?.tell?.[0];

describe('a language', () => {
  test('is given', () => {
    const given = new Stage(language, 'value: de');
    assert.deepEqual([given.outcome, chosen(given)], ['ok', { kind: 'language.chosen', language: 'de' }]);
    assert.deepEqual(given.left?.result, { language: 'de' });
    assert.equal(language.answersFor!(given.given), false);
    assert.deepEqual(language.outcomes(given.given), ['ok']);
  });

  test('is worked out, and that of which it is a kind will do', () => {
    const given = new Stage(language, 'value: ${{ vars.tongue }}', { vars: { tongue: 'de-AT' } });
    assert.deepEqual(chosen(given), { kind: 'language.chosen', language: 'de' });
    const exact = new Stage(language, 'value: DE-at', { languages: ['de', 'de-AT'] });
    assert.deepEqual(chosen(exact), { kind: 'language.chosen', language: 'de-AT' });
  });

  test('that the site does not have is an error', () => {
    const left = new Stage(language, 'value: ${{ vars.tongue }}', { vars: { tongue: 'fr' } }).left;
    assert.deepEqual([left?.outcome, left?.error?.code], ['error', 'step.invalid']);
    assert.match(left?.error?.message ?? '', /"fr" is none of the languages of the site \(en, de\)/);
  });

  test('that the site has lost meanwhile is an error, too', () => {
    const left = at('', { languages: ['en'] })
      .heardOut()
      .press('2').left;
    assert.deepEqual([left?.outcome, left?.error?.code], ['error', 'step.invalid']);
  });

  test('is chosen by key', () => {
    assert.deepEqual(chosen(at().press('2')), { kind: 'language.chosen', language: 'de' });
    assert.equal(language.answersFor!(at().given), true);
    assert.deepEqual(language.keys!(at().given), ['1', '2']);
  });

  test('is chosen by its name in itself, or by other words', () => {
    for (const said of ['Deutsch', 'in German please']) {
      assert.deepEqual(chosen(at().say(said)), { kind: 'language.chosen', language: 'de' }, said);
    }
  });

  test('is shown by its name in itself, or a label', () => {
    assert.deepEqual(at('', TEXT).choices, [
      { key: '1', label: 'English' },
      { key: '2', label: 'Deutsch' },
    ]);
    const labelled = 'prompt: Which?\noptions: { "1": { language: en, label: UK } }';
    assert.deepEqual(new Stage(language, labelled, TEXT).choices, [{ key: '1', label: 'UK' }]);
    assert.deepEqual(chosen(at('', TEXT).reply('deu')), { kind: 'language.chosen', language: 'de' });
  });

  test('is asked for again', () => {
    assert.equal(at('attempts: 1').press('3').outcome, 'no_match');
    assert.equal(at('attempts: 1').say('German', 0.4).outcome, 'no_match');
    assert.equal(at('attempts: 1', TEXT).reply('suomi').outcome, 'no_match');
    assert.equal(at('attempts: 1').silence().outcome, 'no_input');
    assert.equal(
      at('attempts: 1\nspeech: { min_confidence: 0.4, confirm_below: 0.4 }').say('German', 0.4).outcome,
      'ok',
    );
  });

  test('is either given or asked for', () => {
    assert.deepEqual(codesOf(language, 'attempts: 2'), ['1 key.missing']);
    assert.deepEqual(codesOf(language, 'value: de\nprompt: Which?'), ['1 key.conflict']);
    assert.deepEqual(codesOf(language, 'options: { "1": en }'), ['1 key.missing']);
    assert.deepEqual(codesOf(language, 'prompt: Hi\noptions: { "1": en, "2": en }'), ['2 phrase.duplicate']);
  });
});
