import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { menu } from '../../../src/flow/steps/asking/menu.ts';
import { codesOf, type Scene, Stage } from './step-context.ts';

const SALES = `
prompt: For sales, press 1.
options:
  "1": { next: sales, label: Sales, say: [buy something, new customer] }
  "2": { next: support, say: [help, technical support] }
  hash: operator
`;
const at = (more = '', scene: Scene = {}): Stage => new Stage(menu, SALES + more, scene);
const TEXT: Scene = { channel: 'chat' };
const AGENTS: Scene = { agents: { anna: ['Anna', '1001'], ben: ['Ben', '2002'], cem: ['Cem', '77'] } };

describe('a menu on a call', () => {
  test('branches on the key, during the prompt too', () => {
    assert.equal(at().press('2').outcome, '2');
    assert.equal(at().heardOut().press('#').outcome, '#');
  });

  test('leads where its options say', () => {
    const { given } = at();
    assert.deepEqual(
      ['1', '2', '#', 'no_input'].map((outcome) => menu.target!(given, outcome)),
      ['sales', 'support', 'operator', undefined],
    );
  });

  test('has its keys, no_input and no_match as outcomes', () => {
    assert.deepEqual(menu.outcomes(at().given), ['1', '2', '#', 'no_input', 'no_match']);
    assert.deepEqual(menu.keys!(at('repeat_key: "*"').given), ['1', '2', '#', '*']);
  });

  test('tells how it was chosen', () => {
    assert.deepEqual(at().press('1').left?.result, { choice: '1', how: 'keys', text: '1', confidence: 1 });
    const spoken = at().say('new customer', 0.7).left?.result;
    assert.deepEqual(spoken, { choice: '1', how: 'speech', text: 'new customer', confidence: 0.7 });
  });

  test('understands the words of an option, whatever stands around them', () => {
    assert.equal(at().say('I would like to BUY something, please!').outcome, '1');
    assert.equal(at().say('technical support').outcome, '2');
    assert.equal(at().say('Sales').outcome, '1');
  });

  test('understands the key that is said as a number', () => {
    assert.equal(at().say('press two please').outcome, '2');
    assert.equal(at('', { language: 'de' }).say('zwei').outcome, '2');
    assert.equal(at('speech: { language: de }').say('zwei').outcome, '2');
  });

  test('takes the longest of several phrases, and none of two that are as long', () => {
    assert.equal(at().say('I need help to buy something').outcome, '1');
    const two = 'prompt: Which?\noptions: { "1": { next: a, say: east }, "2": { next: b, say: west } }';
    assert.equal(new Stage(menu, two).say('east or west').outcome, undefined);
  });

  test('does not find a phrase inside of a word', () => {
    assert.equal(at().say('helpless').outcome, undefined);
  });

  test('asks again for what was not understood well enough', () => {
    assert.equal(at().say('technical support', 0.49).outcome, undefined);
    assert.equal(at('speech: { min_confidence: 0.3, confirm_below: 0 }').say('technical support', 0.49).outcome, '2');
  });
});

describe('attempts', () => {
  test('end with the outcome of the last failure', () => {
    const one = at().silence().press('7');
    assert.equal(one.outcome, undefined);
    assert.equal(one.silence().outcome, 'no_input');
    assert.equal(at('attempts: 1').press('7').outcome, 'no_match');
  });

  test('may be limited for each kind of failure', () => {
    assert.equal(at('max_no_input: 1').silence().outcome, 'no_input');
    assert.equal(at('max_no_match: 2').press('7').silence().outcome, undefined);
    assert.equal(at('max_no_match: 2').press('77').outcome, 'no_match');
  });

  test('have a hint for what went wrong, and then the prompt again', () => {
    const hints = 'no_input_prompt: I heard nothing.\nno_match_prompt: That is no choice.';
    assert.deepEqual(at(hints).silence().heard, ['I heard nothing.', 'For sales, press 1.']);
    assert.deepEqual(at(hints).press('7').heard, ['That is no choice.', 'For sales, press 1.']);
  });

  test('are asked in other words each time, the last of them repeated', () => {
    const caller = at('reprompts: [Press 1 or 2., One or two?]\nattempts: 5');
    const heard = [caller.heard[0], ...Array.from({ length: 4 }, () => caller.silence().heard[0])];
    assert.deepEqual(heard, ['For sales, press 1.', 'Press 1 or 2.', 'One or two?', 'One or two?', 'One or two?']);
  });

  test('end with last words that no key stops', () => {
    const caller = at('final_prompt: Goodbye.\nattempts: 1').silence();
    assert.deepEqual(caller.heard, ['Goodbye.']);
    assert.equal(caller.press('1').outcome, undefined);
    assert.equal(caller.heardOut().outcome, 'no_input');
    assert.deepEqual(at('final_prompt: Goodbye.\nattempts: 1').press('7').heard, ['Goodbye.']);
  });

  test('wait as long as they are told, differently in a text', () => {
    assert.equal(at().heardOut().wakeInMs, 5_000);
    assert.equal(at('timeout: 9s').heardOut().wakeInMs, 9_000);
    assert.equal(at('', TEXT).wakeInMs, 600_000);
    assert.equal(at('reply_timeout: 1h', TEXT).wakeInMs, 3_600_000);
  });

  test('pass over what comes during a prompt that is not to be stopped', () => {
    const caller = at('barge_in: false').press('1').say('sales');
    assert.equal(caller.outcome, undefined);
    assert.equal(caller.playing, true);
    assert.equal(caller.heardOut().press('1').outcome, '1');
  });

  test('a reply in a text counts whenever it comes', () => {
    assert.equal(at('barge_in: false', TEXT).reply('1').outcome, '1');
  });

  test('begin to wait at once when there is nothing to say', () => {
    const empty = 'prompt: "${{ vars.nothing }}"\noptions: { "1": a }';
    assert.equal(new Stage(menu, empty).wakeInMs, 5_000);
  });
});

describe('a menu in a text', () => {
  test('shows its choices by their labels, first phrases or keys', () => {
    assert.deepEqual(at('', TEXT).choices, [
      { key: '1', label: 'Sales' },
      { key: '2', label: 'help' },
      { key: '#', label: '#' },
    ]);
  });

  test('shows them in the language of the contact, again each time', () => {
    const yaml = 'prompt: Which?\noptions: { "1": { next: a, label: { en: Sales, de: Verkauf } } }';
    const german = new Stage(menu, yaml, { ...TEXT, language: 'de-AT' });
    assert.deepEqual(german.choices, [{ key: '1', label: 'Verkauf' }]);
    assert.deepEqual(german.reply('?').choices, [{ key: '1', label: 'Verkauf' }]);
    assert.equal(german.reply('verkauf').outcome, '1');
  });

  test('takes the key, the label, a phrase, or the beginning of one', () => {
    for (const [reply, outcome] of [
      ['1', '1'],
      [' 2. ', '2'],
      ['#', '#'],
      ['sales!', '1'],
      ['I need technical support', '2'],
      ['tech', '2'],
      ['new', '1'],
    ] as const) {
      assert.equal(at('', TEXT).reply(reply).outcome, outcome, reply);
    }
  });

  test('does not guess', () => {
    const two = 'prompt: Which?\noptions: { "1": { next: a, say: north east }, "2": { next: b, say: north west } }';
    assert.equal(new Stage(menu, two, TEXT).reply('north').outcome, undefined);
    assert.equal(at('attempts: 1', TEXT).reply('hello').outcome, 'no_match');
    assert.equal(at('attempts: 1', TEXT).silence().outcome, 'no_input');
  });
});

describe('the repeat key', () => {
  test('plays the prompt again without counting as a failure', () => {
    const caller = at('repeat_key: star\nattempts: 1').heardOut().press('*');
    assert.deepEqual([caller.playing, caller.outcome], [true, undefined]);
    assert.equal(caller.press('1').outcome, '1');
    assert.deepEqual(at('repeat_key: star\nattempts: 1', TEXT).reply('*').outcome, undefined);
  });

  test('counts as a failure when it is pressed for ever', () => {
    const caller = at('repeat_key: star\nattempts: 1').press('*'.repeat(10));
    assert.equal(caller.outcome, undefined);
    assert.equal(caller.press('*').outcome, 'no_match');
  });
});

describe('direct dial', () => {
  const DIAL = 'direct_dial: { length: 4 }';

  test('takes the extension of an agent', () => {
    const left = at(DIAL, AGENTS).press('1001').left;
    assert.equal(left?.outcome, 'dialed_extension');
    const wanted = { how: 'keys', text: '1001', confidence: 1, extension: '1001', agent: 'anna' };
    assert.deepEqual(left?.result, wanted);
    assert.equal(at(DIAL, { ...AGENTS, ...TEXT }).reply('2002').outcome, 'dialed_extension');
    assert.deepEqual(menu.outcomes(at(DIAL).given).at(-1), 'dialed_extension');
    assert.equal(menu.keys!(at(DIAL).given).includes('9'), true);
  });

  test('takes a key as a choice when no more digits come', () => {
    const caller = at(DIAL, AGENTS).press('1');
    assert.deepEqual([caller.outcome, caller.wakeInMs, caller.playing], [undefined, 2_000, false]);
    assert.equal(caller.silence().outcome, '1');
    assert.equal(at('direct_dial: { length: 4, inter_digit_timeout: 5s }', AGENTS).press('1').wakeInMs, 5_000);
  });

  test('takes a key as a choice at once when no extension begins so', () => {
    assert.equal(at(DIAL, { agents: { anna: ['Anna', '1001'] } }).press('2').outcome, '2');
  });

  test('asks again as soon as no agent can be meant', () => {
    assert.equal(at(`${DIAL}\nattempts: 1`, AGENTS).press('19').outcome, 'no_match');
    assert.equal(at(`${DIAL}\nattempts: 1`, AGENTS).press('7').outcome, 'no_match');
    assert.equal(at(`${DIAL}\nattempts: 1`, AGENTS).press('100').silence().outcome, 'no_match');
  });
});

describe('a menu is refused', () => {
  test('when words or keys mean two things', () => {
    const twice = 'prompt: Hi\noptions:\n  "1": { next: a, say: Help me }\n  "2": { next: b, label: "help, me!" }';
    assert.deepEqual(codesOf(menu, twice), ['4 phrase.duplicate']);
    assert.deepEqual(codesOf(menu, 'prompt: Hi\noptions: { star: a, "*": b }'), ['2 yaml.duplicate']);
    assert.deepEqual(codesOf(menu, 'prompt: Hi\nrepeat_key: 1\noptions: { "1": a }'), ['2 key.conflict']);
  });

  test('without a prompt, options, or with a number outside of its limits', () => {
    assert.deepEqual(codesOf(menu, 'options: { "1": a }'), ['1 key.missing']);
    assert.deepEqual(codesOf(menu, 'prompt: Hi\noptions: {}'), ['2 value.range']);
    const wrong = 'attempts: 21\nmax_no_input: 0\nmax_no_match: x\ntimeout: 1ms\nreply_timeout: 2d\nbarge_in: maybe';
    assert.deepEqual(codesOf(menu, `${SALES.trim()}\n${wrong}`), [
      '6 value.range',
      '7 value.range',
      '8 value.type',
      '9 value.range',
      '10 value.range',
      '11 value.choice',
    ]);
  });
});
