import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import { openFlowReader } from '../../src/controller/flow-reading/flow-reader.ts';
import { readFlows } from '../../src/controller/flow-reading/read-flows.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-flow-reader-'));
cpSync(resolve(projectDir, 'flows'), dir, { recursive: true });
const reader = openFlowReader();
after(async () => {
  await reader.close();
  rmSync(dir, { recursive: true });
});

test('what another thread reads is what would be read here', async () => {
  const [aside, here] = [await reader.read(dir), await readFlows(dir)];
  assert.deepEqual(aside, here);
  assert.ok(aside.set && aside.texts.length > 0);
});

test('what is wrong comes over with its place, and the next read has what was saved since', async () => {
  const broken = join(dir, 'broken.yaml');
  writeFileSync(broken, 'steps:\n  a: { type: plya }\n');
  const { set, problems, texts } = await reader.read(dir);
  assert.equal(set, undefined);
  assert.deepEqual(texts, []);
  assert.deepEqual(
    problems.map(({ file, line, code }) => [file, line, code]),
    [['broken.yaml', 2, 'step.type_unknown']],
  );
  rmSync(broken);
  assert.ok((await reader.read(dir)).set);
});

test('a folder that is not there is told, and the thread goes on', async () => {
  await assert.rejects(reader.read(join(dir, 'none')), /ENOENT/);
  assert.ok((await reader.read(dir)).set);
});

test('a thread that was ended is followed by another one, and who waited for it is told', async () => {
  const waiting = reader.read(dir);
  await Promise.all([assert.rejects(waiting, /ended/), reader.close()]);
  assert.ok((await reader.read(dir)).set);
});
