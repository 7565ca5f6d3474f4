import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '../../src/expression/template.ts';
import { fillPrompt } from '../../src/flow/prompt.ts';
import type { DoorName } from '../../src/model/channel.ts';
import { planOf } from '../../src/speech/text/plan.ts';
import { problemsOf } from './one-flow.ts';

function told(say: string, vars: Record<string, string>, channel: DoorName = 'voice'): string {
  const filled = (text: string) => {
    const result = fill(text, { vars });
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  };
  const [part] = fillPrompt([{ say }], { channel, language: 'en', timeZone: 'UTC', fill: filled });
  assert.ok(part && 'say' in part);
  return part.say;
}

const WELCOME = '<speak>Hi ${{ vars.name }}, <say-as interpret-as="digits">${{ vars.code }}</say-as>.</speak>';

test('a value in a marked-up text is words and never markup', () => {
  const say = told(WELCOME, { name: 'A & B <break time="10s"/>', code: '47' });
  const plan = planOf(say, 'en');
  assert.ok(plan.ok);
  assert.deepEqual(plan.value.segments, [
    { words: 'Hi A & B break time=" ten s"/, four seven.', language: 'en', rate: 1, gainDb: 0 },
  ]);
});

test('a value in an attribute cannot leave it', () => {
  const say = told('<speak>a<sub alias="${{ vars.name }}">b</sub></speak>', { name: '"/><break time="9s"/><b c="' });
  const plan = planOf(say, 'de');
  assert.ok(plan.ok);
  assert.equal(plan.value.segments.length, 1);
});

test('those who read get the words, and plain text stays as it is', () => {
  assert.equal(told(WELCOME, { name: 'A & B', code: '47' }, 'chat'), 'Hi A & B, 47.');
  assert.equal(told('1 < 2 & ${{ vars.x }}', { x: '<b>' }, 'chat'), '1 < 2 & <b>');
});

test('broken markup is refused when flows are loaded, with its place', () => {
  assert.deepEqual(problemsOf(`type: play, prompt: '<speak>Hi <break time="1h"/></speak>'`), [
    '2:42 prompt.ssml An attribute of the SSML is missing or has a value that cannot be: break has a time such as 500ms or 2s.',
  ]);
});

test('what an expression will give is not known yet, and what stands around it is checked all the same', () => {
  const fine = `'<speak xml:lang="\${{ contact.language }}">a<break time="\${{ contact.from }}ms"/> \${{ contact.id == "<" }} b</speak>'`;
  assert.deepEqual(problemsOf(`type: play, prompt: ${fine}`), []);
  const [problem, ...more] = problemsOf(
    `type: play, prompt: '<speak>\${{ contact.id }} <p>\${{ contact.from }}</speak>'`,
  );
  assert.match(problem!, /^2:79 prompt\.ssml .* closes what is not open here/);
  assert.deepEqual(more, []);
});
