import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { allCommands, commandOf, usageText } from '../../src/commands/commands.ts';
import { spanMs } from '../../src/commands/decisions.ts';
import { readOptions } from '../../src/commands/options.ts';
import { projectDir } from '../../src/config.ts';
import { page } from '../documents/page.ts';

const commands = await allCommands();
const dataDir = mkdtempSync(join(tmpdir(), 'strowger-commands-'));
after(() => rmSync(dataDir, { recursive: true, force: true }));

function strowger(...args: string[]) {
  const env = { ...process.env, STROWGER_DATA: dataDir, STROWGER_HTTP_PORT: '1', STROWGER_API_KEY: '' };
  return spawnSync(resolve(projectDir, 'bin/strowger'), args, { encoding: 'utf8', env });
}

test('the list of commands is printed with status 0 when it is asked for, and with 2 for a command that does not exist', () => {
  const asked = strowger('help');
  assert.deepEqual([asked.status, asked.stdout], [0, usageText(commands)]);
  const wrong = strowger('fly');
  assert.deepEqual([wrong.status, wrong.stdout, wrong.stderr], [2, '', usageText(commands)]);
});

test('every command has a name of its own, a sentence, and a word in the document for the person on call', async () => {
  const names = commands.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, summary } of commands) {
    assert.equal((await commandOf(name))?.name, name);
    assert.ok(summary.length > 10, name);
    assert.ok(name === 'serve' || page('operating.md').includes(name), `docs/operating.md says nothing of ${name}`);
  }
});

test('a wrong usage ends with status 2 and says how the command is used', () => {
  for (const args of [
    ['check', 'a', 'b'],
    ['serve', 'now'],
    ['decisions'],
    ['decisions', 'c1', '--since', '1h'],
    ['dry-run'],
    ['dry-run', '.', '--hours', 'many'],
    ['decisions', '--agent', 'a', '--since', 'noon'],
  ]) {
    const { status, stdout, stderr } = strowger(...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, new RegExp(`\nUsage: bin/strowger ${args[0]}`), args.join(' '));
  }
});

test('a folder with problems and a controller that is away end with status 1 and a code', () => {
  const nowhere = strowger('check', join(dataDir, 'nowhere'));
  assert.equal(nowhere.status, 1);
  assert.match(nowhere.stderr, /^flows\.unreadable: /);
  const away = strowger('decisions', 'c1');
  assert.equal(away.status, 1);
  assert.match(away.stderr, /^controller\.unreachable: .*holds no API key/);
  const checked = strowger('check', resolve(projectDir, 'flows'));
  assert.equal(checked.status, 0, checked.stdout);
  assert.match(checked.stdout, /^fine: \d+ flows, version [0-9a-f]{16}\n$/m);
});

test('options are read in any order, and what is not known is refused', () => {
  const known = { values: ['agent'] as const, flags: ['json'] };
  const read = readOptions(['--json', 'c1', '--agent', 'ben'], known);
  assert.ok(typeof read !== 'string');
  assert.deepEqual([read.values, [...read.flags], read.others], [{ agent: 'ben' }, ['json'], ['c1']]);
  assert.equal(readOptions(['--agent'], known), '--agent needs a value.');
  assert.equal(readOptions(['--agnt', 'ben'], known), '"--agnt" is not understood.');
  assert.deepEqual(['90s', '30m', '8h', '2d', '1w', '', '-1h'].map(spanMs), [
    90_000,
    1_800_000,
    28_800_000,
    172_800_000,
    undefined,
    undefined,
    undefined,
  ]);
});
