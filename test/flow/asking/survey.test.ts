import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { survey } from '../../../src/flow/steps/asking/survey.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const BASE = `
survey: after-call
questions:
  - { name: agent, prompt: "How was the agent, 1 to 5?" }
  - { name: again, prompt: "Would you call again?", kind: yes_no }
  - { name: recommend, prompt: "Would you recommend us, 0 to 10?", min: 0, max: 10 }
`;
const at = (more = '', scene: Scene = {}): Stage => new Stage(survey, BASE + more, scene);
const TEXT: Scene = { channel: 'chat' };
const told = (stage: Stage): unknown[] => stage.told.map((one) => ('name' in one ? [one.name, one.data] : one));

describe('a survey', () => {
  test('asks one question after the other', () => {
    const caller = at();
    assert.deepEqual(caller.heard, ['How was the agent, 1 to 5?']);
    assert.deepEqual(caller.press('4').heard, ['Would you call again?']);
    assert.deepEqual(caller.press('1').heard, ['Would you recommend us, 0 to 10?']);
    assert.equal(caller.press('10').outcome, 'ok');
  });

  test('tells each answer at once, and all of them at the end', () => {
    const caller = at('into: answers').press('4').press('2').press('9').silence();
    const answers = { agent: 4, again: false, recommend: 9 };
    assert.deepEqual(told(caller), [
      ['survey.answer', { survey: 'after-call', question: 'agent', answer: 4 }],
      ['survey.answer', { survey: 'after-call', question: 'again', answer: false }],
      ['survey.answer', { survey: 'after-call', question: 'recommend', answer: 9 }],
      ['survey.answered', { survey: 'after-call', answers, complete: true }],
    ]);
    assert.deepEqual(caller.left?.set, { answers });
    assert.deepEqual(caller.left?.result, { answers, answered: 3 });
    assert.deepEqual(survey.gives!(caller.given).vars, { answers: 'map' });
    assert.equal(at().press('4').press('2').press('10').left?.set, undefined);
  });

  test('ends in part when a question is not answered', () => {
    const caller = at('attempts: 2\nno_match_prompt: Pardon?').press('4').press('3');
    assert.deepEqual(caller.heard, ['Pardon?', 'Would you call again?']);
    assert.equal(caller.silence().outcome, 'partial');
    assert.deepEqual(told(caller).at(-1), [
      'survey.answered',
      { survey: 'after-call', answers: { agent: 4 }, complete: false },
    ]);
    assert.equal(survey.fallbacks?.get('partial'), 'ok');
    assert.deepEqual(survey.outcomes(caller.given), ['ok', 'partial']);
  });

  test('goes on without the answer where that is allowed', () => {
    const questions = `
  - { name: one, prompt: One?, required: false }
  - { name: two, prompt: Two? }`;
    const caller = new Stage(survey, `survey: s\nattempts: 1\nquestions:${questions}`);
    assert.deepEqual(caller.silence().heard, ['Two?']);
    assert.equal(caller.press('5').outcome, 'ok');
    assert.deepEqual(caller.left?.result?.['answers'], { two: 5 });
  });

  test('counts the attempts of each question by itself', () => {
    const caller = at('attempts: 2').press('9').press('4').press('9');
    assert.equal(caller.outcome, undefined);
    assert.equal(caller.press('9').outcome, 'partial');
  });

  test('takes no rating outside of its limits', () => {
    assert.equal(at('attempts: 1').press('6').outcome, 'partial');
    assert.equal(at('attempts: 1', TEXT).reply('4.5').outcome, 'partial');
    assert.deepEqual(at('', TEXT).reply('4').heard, ['Would you call again?']);
  });

  test('takes what is said', () => {
    const caller = at().say('five').say('yes I would').say('ten');
    assert.deepEqual(caller.left?.result?.['answers'], { agent: 5, again: true, recommend: 10 });
    assert.deepEqual(at('speech: { language: de }').say('fünf').heard, ['Would you call again?']);
    assert.equal(at('attempts: 1').say('five', 0.4).outcome, 'partial');
    assert.equal(at('attempts: 1\nspeech: { min_confidence: 0.4 }').say('five', 0.4).outcome, undefined);
  });

  test('keeps what is written in words', () => {
    const words = 'survey: s\nquestions: [{ name: why, prompt: Why?, kind: text }]';
    assert.deepEqual(new Stage(survey, words, TEXT).reply(' It was fine. ').left?.result?.['answers'], {
      why: 'It was fine.',
    });
    assert.equal(new Stage(survey, words).press('1').outcome, undefined);
  });

  test('offers choices in a text', () => {
    const shown = (stage: Stage) => stage.choices.map(({ label }) => label).join(' ');
    assert.equal(shown(at('', TEXT)), '1 2 3 4 5');
    assert.equal(shown(at('', TEXT).reply('4')), 'Yes No');
    assert.equal(shown(at('', TEXT).reply('4').reply('yes')), '0 1 2 3 4 5 6 7 8 9 10');
    const percent = 'survey: s\nquestions: [{ name: x, prompt: How much?, min: 0, max: 100 }]';
    assert.equal(shown(new Stage(survey, percent, TEXT)), '');
    assert.equal(shown(new Stage(survey, 'survey: s\nquestions: [{ name: x, prompt: Why?, kind: text }]', TEXT)), '');
  });

  test('uses the keys that it waits for', () => {
    assert.equal(survey.keys!(at().given).join(''), '0123456789#');
  });
});

describe('a survey is refused', () => {
  test('without questions, or with two of one name', () => {
    assert.deepEqual(codesOf(survey, 'survey: s\nquestions: []'), ['2 value.range']);
    const twice = 'survey: s\nquestions:\n  - { name: a, prompt: A? }\n  - { name: a, prompt: B? }';
    assert.deepEqual(codesOf(survey, twice), ['4 yaml.duplicate']);
  });

  test('with ratings that cannot be', () => {
    assert.deepEqual(codesOf(survey, 'survey: s\nquestions:\n  - { name: a, prompt: A?, min: 5 }'), ['3 value.range']);
    assert.deepEqual(codesOf(survey, 'survey: s\nquestions:\n  - { name: 1a, prompt: A?, max: 101 }'), [
      '3 value.type',
      '3 value.range',
    ]);
    assert.deepEqual(codesOf(survey, 'questions: [{ name: a, prompt: A? }]'), ['1 key.missing']);
  });
});
