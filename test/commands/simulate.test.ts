import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import { SITE } from '../rehearsal/folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-simulate-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const FLOW = `params: { greeting: { default: Welcome } }
steps:
  hello: { type: play, prompt: "\${{ vars.greeting }}." }
  pin: { type: gather, prompt: Your PIN, into: pin, min: 4, max: 4, sensitive: true, on: { no_input: bye, no_match: bye } }
  fetch:
    type: http
    method: POST
    url: https://api.example.com/pin?x=1
    json: { pin: "\${{ vars.pin }}" }
    save: { name: "\${{ result.body.name }}" }
    on: { ok: choose, status_403: bye, error: bye }
  choose:
    type: menu
    prompt: Sales or support?
    options: { "1": { next: sales, label: Sales, say: sales }, "2": bye }
    on: { no_input: bye, no_match: bye }
  sales: { type: queue, queue: sales, on: { handled: bye } }
  bye: { type: hangup }
`;
writeFileSync(join(dir, 'site.yaml'), SITE);
writeFileSync(join(dir, 'main.yaml'), FLOW);

const BIN = resolve(projectDir, 'bin/strowger');
const TIME = ['--time', '2026-12-01T10:00:00'];

function simulate(input: string, ...options: string[]) {
  return spawnSync(BIN, ['simulate', 'main', dir, ...TIME, ...options], { encoding: 'utf8', input });
}

test('what is heard, where it is, what changed and the virtual clock are printed, and nothing that is sensitive', () => {
  const script =
    '# who it is\n8642\nvars\nhttp fetch 200 {"name": "Ann"}\nwhere\nsay to sales please\nagent anna logs in\nagent anna answers\nwait 90s\nagent anna ends\n';
  const { status, stdout, stderr } = simulate(script);
  assert.deepEqual([status, stderr], [0, '']);
  assert.ok(!stdout.includes('8642') && !stdout.includes('\u001b'), stdout);
  const wanted = [
    '2026-12-01 10:00:00  Europe/Berlin',
    '10:00:00  call from 15551234 to 100',
    '              greeting = "Welcome"',
    '          hello (play)  main.yaml:3',
    '              "Welcome."',
    '          > ****',
    '              pin = ***',
    '              asks POST https://api.example.com/pin',
    '          Step fetch waits for its answer: http fetch 200 {...}',
    'greeting = "Welcome"\npin = ***',
    '              is answered 200',
    '              name = "Ann"',
    'main, step choose (menu)  main.yaml:12',
    '          > "to sales please"',
    '            -> 1',
    '              waits in queue sales',
    '              talks with anna',
    '10:01:3',
    '              has talked with anna',
    'The end: hung up.',
  ];
  let at = 0;
  for (const words of wanted) {
    const bare = words.trim();
    const found = stdout.indexOf(bare, at);
    assert.notEqual(found, -1, `"${bare}" does not follow in\n${stdout}`);
    at = found + 1;
  }
});

test('for programs each thing that happens is one JSON object a line', () => {
  const { status, stdout } = simulate(
    '8642\nhttp fetch 403\n',
    '--json',
    '--set',
    'greeting=Hello',
    '--from',
    '0301234',
  );
  assert.equal(status, 0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(lines[0], {
    at: '2026-12-01T09:00:00.000Z',
    what: 'arrived',
    channel: 'voice',
    from: '0301234',
    to: '100',
  });
  assert.deepEqual(
    lines.filter(({ what }) => what === 'heard').map(({ text }) => text),
    ['Hello.', 'Your PIN'],
  );
  assert.deepEqual(lines.at(-1)?.['end'], 'hung up');
  assert.doesNotMatch(stdout, /8642/);
});

test('a chat guest reads, chooses and writes', () => {
  const { status, stdout } = simulate('8642\nhttp fetch 200 {}\nSales\nhangup\n', '--channel', 'chat', '--from', 'Ann');
  assert.equal(status, 0, stdout);
  assert.match(stdout, /chat from Ann to 100/);
  assert.match(stdout, /"Sales or support\?"\n +1\) Sales\n +2\) 2\n/);
  assert.match(stdout, /> "Sales"\n/);
  assert.match(stdout, /The end: customer left\.\n$/);
});

test('what cannot be done is told with its code and the number of the line, and the exit status is 1', () => {
  const { status, stderr } = simulate('dance\nagent anna answers\nhttp pin timeout\n');
  assert.equal(status, 1);
  assert.deepEqual(
    stderr.split('\n').map((line) => line.split(':')[0]),
    ['rehearsal.command_unknown', 'rehearsal.not_offered', 'rehearsal.no_request', ''],
  );
  assert.match(stderr, /\(line 3\)/);
});

test('a script is read from a file, too, and one that cannot be read has a code', () => {
  const file = join(dir, 'script.txt');
  writeFileSync(file, '8642\r\nhttp fetch network\r\n');
  const fine = simulate('', '--script', file);
  assert.equal(fine.status, 0, fine.stderr);
  assert.match(fine.stdout, /is answered web\.network[\s\S]*The end: hung up\.\n$/);
  const none = simulate('', '--script', join(dir, 'none.txt'));
  assert.deepEqual([none.status, none.stderr.split(':')[0]], [1, 'script.unreadable']);
});

test('a wrong usage ends with status 2, with the nearest name where there is one', () => {
  for (const [options, words] of [
    [['--channel', 'fax'], '--channel takes voice or chat.'],
    [['--time', 'noon'], '--time takes a moment'],
    [['--agents', 'ana'], 'Did you mean "anna"?'],
    [['--set', '=1'], '--set takes NAME=VALUE'],
  ] as const) {
    const { status, stderr } = simulate('', ...options);
    assert.equal(status, 2, stderr);
    assert.ok(stderr.includes(words), stderr);
  }
  const wrong = spawnSync(BIN, ['simulate', 'mian', dir], { encoding: 'utf8', input: '' });
  assert.deepEqual([wrong.status, wrong.stderr.includes('Did you mean "main"?')], [2, true]);
});

test('at a terminal there is a prompt, a list of what can be done, and colours', (t) => {
  if (spawnSync('script', ['--version']).error) return t.skip('there is no program "script" to make a terminal');
  const command = `${BIN} simulate main ${dir} ${TIME.join(' ')}`;
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    encoding: 'utf8',
    input: 'help\nquit\n',
    env: { ...process.env, NO_COLOR: undefined, TERM: 'xterm' },
  });
  assert.match(stdout, /Type "help" for what can be done\./);
  assert.ok(stdout.includes('\u001b[1mhello\u001b[0m (play)'), stdout);
  assert.match(stdout, /agent anna logs in/);
  assert.match(stdout, /step pin/);
});
