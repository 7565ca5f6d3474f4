import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { projectDir, readConfig } from '../../src/config.ts';
import { readTemplates } from '../../src/supervisor/asterisk-config.ts';
import { names, page, rows, section, unquoted } from './page.ts';

const table = rows(section(page('configuration.md'), '## Environment variables'));
const DATA = '/a-data-folder';
/** Everything that hangs on the machine or on the user is fixed by naming the data folder. */
const BASE = { STROWGER_DATA: DATA };

/** A path that the document gives, as the program sees it: relative ones lie in the checkout. */
function value(cell: string, isPath: boolean): string {
  const text = unquoted(cell).replace('$STROWGER_DATA', DATA);
  return isPath ? resolve(projectDir, text) : text;
}

const PATHS = ['STROWGER_DATA', 'STROWGER_FLOWS', 'STROWGER_PROMPTS'];

test('the document has exactly the variables that the configuration reads', () => {
  const read = new Set<string>();
  readConfig(new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => void read.add(String(name)) }));
  assert.deepEqual(table.map(([name]) => unquoted(name!)).sort(), [...read].sort());
});

test('no other file of the program reads a variable by its name', () => {
  const src = resolve(projectDir, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const readers = files.filter((name) => /\benv(?:\.|\[['"])[A-Z]/.test(readFileSync(resolve(src, name), 'utf8')));
  assert.deepEqual(readers, []);
});

test('a secret of flows may stand in the variable that the document names', () => {
  const text = section(page('configuration.md'), '## Secrets of flows');
  const [, name, secret] = /`(STROWGER_SECRET_(\w+))`/.exec(text)!;
  assert.equal(readConfig({ ...BASE, [name!]: 'token' }).flowSecrets.get(secret!), 'token');
  assert.ok(text.includes(`\`secrets/${secret!.toLowerCase()}\``));
});

test('a variable that is set to its documented default changes nothing', () => {
  for (const [cell, byDefault] of table) {
    const name = unquoted(cell!);
    if (byDefault === 'none' || name === 'STROWGER_DATA') continue;
    const set = readConfig({ ...BASE, [name]: value(byDefault!, PATHS.includes(name)) });
    assert.deepEqual(set, readConfig(BASE), name);
  }
  const { dataDir } = readConfig({});
  const documented = table.find(([name]) => name === '`STROWGER_DATA`')!;
  const elsewhere = /`(\/[^`]+)`\.$/.exec(documented[3]!.trim())?.[1];
  assert.ok([resolve(projectDir, unquoted(documented[1]!)), elsewhere].includes(dataDir), dataDir);
});

test('the variables without a default are those that the configuration leaves undefined', () => {
  const left = Object.values(readConfig(BASE)).filter((one) => one === undefined);
  const documented = table.filter(([, byDefault]) => byDefault === 'none');
  assert.equal(documented.length, left.length);
  for (const [cell, , example] of documented) {
    const set = readConfig({ ...BASE, [unquoted(cell!)]: unquoted(example!) });
    assert.equal(Object.values(set).filter((one) => one === undefined).length, left.length - 1, cell);
  }
});

test('every documented example is accepted, and differs from the default', () => {
  for (const [cell, , example] of table) {
    const name = unquoted(cell!);
    assert.notDeepEqual(readConfig({ ...BASE, [name]: unquoted(example!) }), readConfig(BASE), name);
  }
});

test('the table of ports has the default ports', () => {
  const text = section(page('configuration.md'), '## Ports');
  const { http, sip, rtp, ariPort, databasePort } = readConfig(BASE);
  const documented = [...text.matchAll(/^\| (\d+(?:-\d+)?) /gm)].map((found) => found[1]);
  const real = [sip.port, `${rtp.first}-${rtp.last}`, http.port, ariPort, databasePort].map(String);
  assert.deepEqual(documented, real);
});

test('every file of asterisk-config that is named exists', () => {
  const named = section(page('configuration.md'), '## An Asterisk of your own').match(/\w+\.conf\b/g) ?? [];
  assert.ok(named.length >= 8);
  for (const name of named) assert.ok(readTemplates().has(name), name);
  assert.ok(names(section(page('configuration.md'), '## The data folder')).includes('secrets.json'));
});
