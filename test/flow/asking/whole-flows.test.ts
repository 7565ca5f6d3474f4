import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Event } from '../../../src/model/event.ts';
import { load, Receptionist, SITE, said } from '../receptionist.ts';

const HEAD = 'flow: main\nsteps:\n';
const END = '  end: { type: hangup }\n';
const site = `languages: [en, de]\n${SITE}`;
const talk = (steps: string, head = HEAD): Receptionist =>
  new Receptionist({ 'site.yaml': site, 'main.yaml': `${head}${steps}${END}` });
const problemsOf = (steps: string): string[] =>
  load({ 'site.yaml': site, 'main.yaml': `${HEAD}${steps}${END}` }).problems.map(({ line, code }) => `${line} ${code}`);
const left = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.kind === 'step.left' ? [`${event.stepId} ${event.outcome}`] : []));

describe('one menu serves voice and text', () => {
  const MENU = `  hello:
    type: menu
    prompt: How can we help?
    options:
      "1": { next: sales, label: Sales, say: [new order] }
      "2": { next: end, label: Nothing }
    on: { no_input: end, no_match: end }
  sales: { type: play, prompt: "Sales it is." }
`;

  test('by key, by word, and by a written choice', () => {
    const voice = talk(MENU);
    voice.call('100');
    assert.deepEqual(said(voice.press('1')), ['Sales it is.']);
    const spoken = talk(MENU);
    spoken.call('100');
    assert.deepEqual(said(spoken.say('I have a new order')), ['Sales it is.']);
    const chat = talk(MENU);
    const shown = chat.chat('100').find((event) => event.kind === 'prompt.started');
    assert.deepEqual(shown?.kind === 'prompt.started' && shown.choices, [
      { key: '1', label: 'Sales' },
      { key: '2', label: 'Nothing' },
    ]);
    assert.deepEqual(said(chat.reply('sales')), ['Sales it is.']);
  });

  test('and waits longer for who has to write', () => {
    const chat = talk(MENU);
    chat.chat('100');
    assert.deepEqual(left(chat.pass(599_999)), []);
    assert.deepEqual(said(chat.pass(1)), ['How can we help?']);
  });
});

test('a key of the flow leads away from a menu, but not from a number that is being typed', () => {
  const head = 'flow: main\nkeys: { "0": operator }\nsteps:\n';
  const steps = `  menu: { type: menu, prompt: Hi, options: { "1": number }, on: { no_input: end, no_match: end } }
  number: { type: gather, prompt: Number?, into: number, max: 2, next: end }
  operator: { type: play, prompt: The operator., next: end }
`;
  const caller = talk(steps, head);
  caller.call('100');
  assert.deepEqual(said(caller.press('0')), ['The operator.']);
  const other = talk(steps, head);
  other.call('100');
  assert.deepEqual(left(other.press('100')), ['menu 1', 'number ok']);
  assert.equal(other.session.vars['number'], '00');
});

test('failures lead where the flow says for all of its steps', () => {
  const head = 'flow: main\non_no_match: sorry\nsteps:\n';
  const steps = `  number: { type: gather, prompt: Number?, into: number, attempts: 1, max: 1, validate: { one_of: "7" }, next: end }
  sorry: { type: play, prompt: Sorry., next: end }
`;
  const caller = talk(steps, head);
  caller.call('100');
  const events = caller.press('8');
  assert.deepEqual(left(events), ['number invalid']);
  assert.deepEqual(said(events), ['Sorry.']);
});

test('the language that is chosen is that of what follows', () => {
  const caller = talk(`  which: { type: language, prompt: Which?, options: { "1": en, "2": de } }
  hello: { type: play, prompt: { by_language: { en: Hello., de: Guten Tag. } } }
`);
  caller.call('100');
  assert.deepEqual(said(caller.press('2')), ['Guten Tag.']);
  assert.equal(caller.session.language, 'de');
});

test('a language that is given does not answer the call', () => {
  const caller = talk('  german: { type: language, value: de }\n');
  const events = caller.call('100');
  assert.equal(
    events.some(({ kind }) => kind === 'answer.requested'),
    false,
  );
  assert.deepEqual(left(events), ['german ok']);
});

describe('a secret', () => {
  const STEPS = `  account: { type: set, vars: { account: "8" } }
  pin:
    type: authenticate
    prompt: Your PIN?
    verify: result.value == "4711"
    into: entered
    max: 4
    max_attempts: 2
    lock: "account \${{ vars.account }}"
    lockout: 1h
    on: { denied: no, locked: locked, no_input: no }
  yes: { type: play, prompt: Welcome., next: end }
  no: { type: play, prompt: No., next: end }
  locked: { type: play, prompt: Locked., next: end }
`;

  test('stands nowhere in the journal', () => {
    const caller = talk(STEPS);
    caller.call('100');
    assert.deepEqual(said(caller.press('4711')), ['Welcome.']);
    const written = caller.journal.filter(({ kind }) => kind !== 'flows.loaded');
    assert.doesNotMatch(JSON.stringify(written), /4711|"digit":"\d"/);
    assert.match(JSON.stringify(written), /"concealed":\["entered"\]/);
    assert.deepEqual([caller.session.secrets, caller.session.vars['entered']], [{ entered: '4711' }, undefined]);
  });

  test('locks out whoever fails, on later contacts, too, until the time is over', () => {
    const caller = talk(STEPS);
    caller.call('100');
    assert.deepEqual(said(caller.press('1111')), ['Your PIN?']);
    assert.deepEqual(said(caller.press('2222')), ['Locked.']);
    caller.leave();
    assert.deepEqual(said(caller.call('100')), ['Locked.']);
    caller.leave();
    caller.pass(3_600_000);
    assert.deepEqual(said(caller.call('100')), ['Your PIN?']);
  });

  test('may come after one failure, which is forgotten then', () => {
    const caller = talk(STEPS);
    caller.call('100');
    caller.press('11114711');
    assert.equal(caller.state.locks.size, 0);
  });
});

test('an answer of a survey is safe when the customer hangs up in between', () => {
  const caller = talk(`  ask:
    type: survey
    survey: after-call
    questions: [{ name: agent, prompt: One? }, { name: again, prompt: Two?, kind: yes_no }]
`);
  caller.call('100');
  caller.press('5');
  caller.leave();
  const emitted = caller.journal.filter((event) => event.kind === 'flow.emitted');
  assert.deepEqual(
    emitted.map((event) => event.kind === 'flow.emitted' && event.data),
    [{ survey: 'after-call', question: 'agent', answer: 5 }],
  );
});

test('an agent who was found by name can be waited for', () => {
  const caller = talk(`  who: { type: directory, prompt: Whom?, into: who, on: { not_found: end, no_input: end } }
  say: { type: play, prompt: "Agent \${{ vars.who }}." }
`);
  caller.call('100');
  caller.press('266');
  assert.deepEqual(said(caller.press('1')), ['Agent anna.']);
});

describe('the check', () => {
  test('knows the languages of the site', () => {
    assert.deepEqual(problemsOf('  a: { type: language, value: fr }\n'), ['3 language.unknown']);
    const menu = '  a: { type: language, prompt: Which?, options: { "1": { language: fr } } }\n';
    assert.deepEqual(problemsOf(menu), ['3 language.unknown']);
    assert.deepEqual(problemsOf('  a: { type: language, value: "${{ contact.language }}" }\n'), []);
  });

  test('knows what was entered in the expressions of a step, and its type', () => {
    const gather = (expression: string, more = '') =>
      problemsOf(
        `  a: { type: gather, prompt: Hi, into: x, validate: { kind: number, expression: ${expression} }${more} }\n`,
      );
    assert.deepEqual(gather('result.value > 5'), []);
    assert.deepEqual(gather('result.valu > 5'), ['3 variable.unknown']);
    assert.deepEqual(gather('result.value'), ['3 expression.type']);
  });

  test('does not let a secret be said', () => {
    const pin = '{ type: gather, prompt: PIN?, into: pin, sensitive: true, confirm: { prompt: "${{ vars.pin }}?" } }';
    assert.equal(problemsOf(`  a: ${pin}\n`).includes('3 sensitive.exposed'), true);
    const back =
      '{ type: gather, prompt: PIN?, into: pin, sensitive: true, confirm: { prompt: "${{ result.value }}?" } }';
    assert.deepEqual(problemsOf(`  a: ${back}\n`), ['3 sensitive.exposed']);
  });
});
