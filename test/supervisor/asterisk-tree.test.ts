import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findAsterisk, missingModules, nameSome } from '../../src/supervisor/asterisk-tree.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-tree-'));
after(() => rmSync(dir, { recursive: true, force: true }));

function saying(text: string): string {
  writeFileSync(join(dir, 'asterisk'), `#!/bin/sh\necho "${text}"\n`);
  chmodSync(join(dir, 'asterisk'), 0o755);
  return dir;
}

test('an Asterisk on the PATH that is too old is refused, and the way to a private one is told', async () => {
  await assert.rejects(findAsterisk('/nowhere', saying('Asterisk 20.6.0~dfsg')), {
    code: 'asterisk.too_old',
    message: /20\.6\.0.*22\.10\.1.*private Asterisk/,
  });
});

test('an Asterisk on the PATH that tells no version is refused', async () => {
  await assert.rejects(findAsterisk('/nowhere', saying('hello')), { code: 'asterisk.broken' });
});

test('without an Asterisk on the PATH and without a tree nothing is found', async () => {
  assert.equal(await findAsterisk(join(dir, 'empty'), join(dir, 'empty')), undefined);
});

test('modules that are missing are named', () => {
  writeFileSync(join(dir, 'chan_pjsip.so'), '');
  const missing = missingModules(dir);
  assert.ok(missing.includes('res_ari.so'));
  assert.ok(!missing.includes('chan_pjsip.so'));
});

test('a long list is named by its beginning and its length', () => {
  assert.equal(nameSome(['a', 'b']), 'a, b');
  assert.equal(nameSome([...'abcdefghijk']), 'a, b, c, d, e, f, g, h and 3 more');
});
