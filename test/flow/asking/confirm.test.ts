import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { confirm } from '../../../src/flow/steps/asking/confirm.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const at = (more = '', scene: Scene = {}): Stage =>
  new Stage(confirm, `prompt: Shall we call you back?\n${more}`, scene);
const TEXT: Scene = { channel: 'chat' };

describe('a question of yes or no', () => {
  test('is answered by 1 and 2, or other keys', () => {
    assert.deepEqual([at().press('1').outcome, at().press('2').outcome], ['yes', 'no']);
    const other = 'yes: { key: star }\nno: { key: hash }';
    assert.deepEqual([at(other).press('*').outcome, at(other).press('#').outcome], ['yes', 'no']);
    assert.deepEqual(confirm.keys!(at(other).given), ['*', '#']);
  });

  test('is answered in the words of the language', () => {
    for (const [language, said, outcome] of [
      ['en', 'Yes, please.', 'yes'],
      ['en', "no, that's not right", 'no'],
      ['en', 'incorrect', 'no'],
      ['de', 'ja, genau', 'yes'],
      ['de-AT', 'das stimmt nicht', 'no'],
      ['fr', 'okay', 'yes'],
    ] as const) {
      assert.equal(at('', { language }).say(said).outcome, outcome, said);
    }
  });

  test('is answered in the language that is listened to', () => {
    assert.equal(at('speech: { language: de }').say('ja').outcome, 'yes');
  });

  test('is answered in words of its own, too', () => {
    assert.equal(at('yes: { say: call me }').say('please call me').outcome, 'yes');
    assert.equal(at('no: { say: [leave me alone] }').say('leave me alone').outcome, 'no');
  });

  test('is asked again when the answer is not understood', () => {
    assert.equal(at('attempts: 1').press('3').outcome, 'no_match');
    assert.equal(at('attempts: 1').say('perhaps').outcome, 'no_match');
    assert.equal(at('attempts: 1').say('yes', 0.4).outcome, 'no_match');
    assert.equal(at('attempts: 1\nspeech: { min_confidence: 0.4 }').say('yes', 0.4).outcome, 'yes');
    assert.deepEqual(at('no_match_prompt: Yes or no?').press('3').heard[0], 'Yes or no?');
  });

  test('is not answered', () => {
    assert.equal(at('attempts: 2').silence().silence().outcome, 'no_input');
  });

  test('offers two choices in a text, and takes their beginnings', () => {
    const choices = [
      { key: '1', label: 'Ja' },
      { key: '2', label: 'Nein' },
    ];
    assert.deepEqual(at('', { ...TEXT, language: 'de' }).choices, choices);
    assert.equal(at('yes: { say: Call me }', TEXT).choices[0]?.label, 'Call me');
    assert.deepEqual(
      ['1', 'y', 'No!', '2.'].map((reply) => at('', TEXT).reply(reply).outcome),
      ['yes', 'yes', 'no', 'no'],
    );
  });

  test('is refused when one key means both', () => {
    assert.deepEqual(codesOf(confirm, 'prompt: Hi\nyes: { key: 2 }'), ['1 yaml.duplicate']);
    assert.deepEqual(codesOf(confirm, 'yes: {}'), ['1 key.missing']);
  });

  test('must say where no leads', () => {
    assert.deepEqual(confirm.mustRoute!(at().given), ['no']);
    assert.deepEqual(confirm.outcomes(at().given), ['yes', 'no', 'no_input', 'no_match']);
  });
});
