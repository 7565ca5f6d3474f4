import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../receptionist.ts';
import { SITE, told } from './checked.ts';

/** What people write in YAML and get something else for, as it was measured with the library that reads the flows. */

const menuWith = (option: string): string =>
  `steps:\n  a:\n    type: menu\n    prompt: Choose.\n    options:\n      "1": b\n      ${option}\n  b: { type: hangup }\n`;

test('an option written #: is no silent comment', () => {
  assert.deepEqual(told(menuWith('#: b')), [
    'main.yaml:7:7 yaml.comment YAML reads this line as a comment, because it begins with #. To write the hash key, put it in quotes ("#") or write hash.',
  ]);
});

test('the same letters inside a text of several lines, and comments with a colon, are fine', () => {
  const text = 'steps:\n  # note: this\n  a:\n    type: play\n    prompt: |\n      Press\n      #: to end\n';
  assert.deepEqual(told(text), []);
  assert.deepEqual(told('#:\n#:no\nsteps: { a: { type: hangup } } #: see there\n'), []);
});

test('the hash key is read by any of its three names', () => {
  for (const key of ['"#"', 'hash', 'pound']) assert.deepEqual(told(menuWith(`${key}: b`)), [], key);
});

test('an option written *: is told to be put in quotes', () => {
  const [first = ''] = told(menuWith('*: b'));
  assert.match(first, /^main\.yaml:7:\d+ yaml\.syntax .*"\*".* star/);
  const [inline = ''] = told('steps:\n  a: { type: menu, prompt: x, options: { *: a } }\n');
  assert.match(inline, /^main\.yaml:2:\d+ yaml\.syntax .*"\*".* star/);
  for (const key of ['"*"', 'star']) assert.deepEqual(told(menuWith(`${key}: b`)), [], key);
});

test('numbers keep their zeros and their plus sign wherever a text is asked for', () => {
  for (const written of ['0800', '0612345678', '007', '00', '+15551234567', '1_000', '0x1F', '1e3']) {
    const flow = `constants: { number: ${written} }\nsteps:\n  a: { type: play, prompt: ${written} }\n  b: { type: set, vars: { x: ${written} } }\n`;
    const { set, problems } = load({ 'site.yaml': SITE, 'main.yaml': flow });
    assert.deepEqual(problems, [], written);
    const { a, b } = set!.flows['main']!.steps;
    assert.deepEqual(a!.with['prompt'], [{ say: written }]);
    assert.deepEqual(b!.with['vars'], { x: written });
    assert.equal(set!.flows['main']!.constants['number'], written);
  }
});

test('{{ x }} without the dollar sign is told, and where it stands', () => {
  const [first = ''] = told('steps:\n  a: { type: play, prompt: {{ vars.x }} }\n');
  assert.match(first, /^main\.yaml:2:28 yaml\.template .*dollar/);
  const block = told(
    'steps:\n  a:\n    type: switch\n    value: {{ vars.x }}\n    cases: { "1": b }\n  b: { type: hangup }\n',
  ).join();
  assert.match(block, /^main\.yaml:4:12 yaml\.template .*dollar/);
});

test('a text with a colon in it is told to be put in quotes', () => {
  const [first = ''] = told('steps:\n  a:\n    type: play\n    prompt: Press 1: sales\n');
  assert.match(first, /^main\.yaml:4:13 yaml\.syntax .*quotes/);
});

test('steps of one name are told, and so is a key that is written with and without quotes', () => {
  assert.match(
    told('steps:\n  a: { type: hangup }\n  a: { type: hangup }\n').join(),
    /^main\.yaml:3:3 yaml\.duplicate/,
  );
  assert.match(told(menuWith('1: b')).join(), /^main\.yaml:7:7 yaml\.duplicate/);
});

test('a key of the telephone by two of its names is told', () => {
  assert.match(told(menuWith('star: b\n      "*": b')).join(), /yaml\.duplicate Key \* stands twice/);
});

test('words that older YAML took for yes and no, times and dates are texts', () => {
  for (const written of ['no', 'on', 'off', 'yes', '12:30', '2024-12-25']) {
    const { set, problems } = load({
      'site.yaml': SITE,
      'main.yaml': `steps:\n  a: { type: switch, value: "x", cases: { ${written}: b } }\n  b: { type: hangup }\n`,
    });
    assert.deepEqual(problems, [], written);
    assert.deepEqual(set!.flows['main']!.steps['a']!.with['cases'], { [written]: 'b' });
  }
});

test('options keep the order in which they are written', () => {
  const { set } = load({
    'site.yaml': SITE,
    'main.yaml':
      'steps:\n  a: { type: menu, prompt: x, options: { 3: b, 1: b, star: b, 2: b } }\n  b: { type: hangup }\n',
  });
  const options = set!.flows['main']!.steps['a']!.with['options'] as { key: string }[];
  assert.deepEqual(
    options.map(({ key }) => key),
    ['3', '1', '*', '2'],
  );
});

test('references that multiply are refused in no time', () => {
  const lines = Array.from({ length: 30 }, (_, at) => `  a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
  const bomb = `constants:\n  a0: &a0 x\n${lines.join('\n')}\nsteps: { a: { type: hangup } }\n`;
  const began = performance.now();
  assert.ok(told(bomb).length > 0);
  assert.ok(performance.now() - began < 1000);
});

test('lists and maps that stand in each other without end are refused, whatever they are made of', () => {
  for (const part of ['[', '{a: ', '- ', '? ', '["]", ', '[ # ]\n ', '&a [', '!x {', '[{a: ']) {
    const [first = ''] = told(`steps:\n ${part.repeat(50_000)}`);
    assert.match(first, /^main\.yaml:\d+:\d+ yaml\.syntax .*deeper than 100/, part);
  }
});

test('a second document in a file is told where it begins', () => {
  assert.match(
    told('steps: { a: { type: hangup } }\n---\nsteps: {}\n').join(),
    /^main\.yaml:\d:1 yaml\.syntax A second document/,
  );
});
