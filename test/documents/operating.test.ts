import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import { startFixture } from '../journal/journal-fixture.ts';
import { freePort } from '../supervisor/free-port.ts';
import { names, page, rows, section, unquoted } from './page.ts';

const text = page('operating.md');
const source = (file: string): string => readFileSync(join(projectDir, 'src', file), 'utf8');

let fixture: Awaited<ReturnType<typeof startFixture>>;
before(async () => {
  fixture = await startFixture(await freePort());
});
after(() => fixture?.end());

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1,
  s: 1000,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** `512 MiB`, `5 s`, `20,000` as a number; times in ms, sizes in bytes. */
function bound(cell: string): number {
  const [, digits = '', unit = ''] = /^([\d.,]+) ?(\w*)$/.exec(cell) ?? [];
  return Number(digits.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN);
}

/** The value of a constant that is written as a product or a power of numbers. */
function constant(file: string, name: string): number {
  const written = new RegExp(`const ${name} = ([^;]+);`).exec(source(file))?.[1] ?? '';
  assert.match(written, /^[\d_.]+(?: \*\*? [\d_.]+)*$/, `${name} in ${file}`);
  const factors = written.replaceAll('_', '').split(/ \* /);
  return factors.reduce((product, factor) => {
    const [base = '', power = '1'] = factor.split(' ** ');
    return product * Number(base) ** Number(power);
  }, 1);
}

test('every bound that the document names is the one in the code', () => {
  const table = rows(section(text, '## Limits'));
  assert.ok(table.length >= 15);
  for (const [name, value, file] of table) {
    assert.equal(bound(value!), constant(unquoted(file!), unquoted(name!)), name);
  }
});

test('the document tells of every part of the health, and of no other', () => {
  const parts = /const parts = \{([^}]*)\}/.exec(source('main.ts'))?.[1] ?? '';
  const inCode = [...parts.matchAll(/^\s*(\w+):/gm)].map((found) => found[1]);
  assert.ok(inCode.length >= 4);
  assert.deepEqual(names(section(text, '## Health')).sort(), inCode.sort());
});

test('the questions to the journal are ones that PostgreSQL answers', async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl });
  const contactId = 'strowger-1795161600.12';
  const head = { atMs: Date.now(), contactId } as const;
  journal.append([
    { kind: 'contact.arrived', ...head, channel: 'voice', legId: contactId, from: '5550100', to: '100' },
    { kind: 'agent.paused', atMs: Date.now(), agentId: 'anna', reason: 'lunch', by: 'api' },
  ]);
  await journal.flush();
  const questions = /^```sql\n([\s\S]*?)^```$/m
    .exec(text)?.[1]
    ?.split(/;\n/)
    .filter((part) => /SELECT/.test(part));
  assert.equal(questions?.length, 3);
  const answers = await Promise.all(questions.map((question) => fixture.query(databaseUrl, question)));
  assert.equal(answers[0]![0]!['contact_id'], contactId);
  assert.equal(answers[1]![0]!['kind'], 'contact.arrived');
  assert.equal(answers[2]![0]!['reason'], 'lunch');
});

test('every page that a document points to exists', () => {
  const pages = ['api', 'configuration', 'containers', 'errors', 'flow-tests', 'flows', 'operating', 'speech'].map(
    (one) => `${one}.md`,
  );
  for (const name of pages) {
    for (const [, target] of page(name).matchAll(/\]\(([a-z-]+\.md)\)/g))
      assert.ok(page(target!), `${name}: ${target}`);
  }
});
