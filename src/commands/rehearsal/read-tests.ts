import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../flow/problem.ts';
import type { FlowSet } from '../../model/flow-set.ts';
import { type FlowTest, readTests } from '../../rehearsal/tests/test-file.ts';

/** Tests stand beside the flows, in files of this ending. */
const TEST_FILE = /\.test\.ya?ml$/;

/** Reads every file of tests in a folder, hidden ones left out, in the order of their names. Problems are added to the list. */
export async function readTestFolder(dir: string, set: FlowSet, problems: Problem[]): Promise<FlowTest[]> {
  const entries = await readdir(dir, { recursive: true, encoding: 'utf8' });
  const names = entries
    .map((name) => name.split('\\').join('/'))
    .filter((name) => TEST_FILE.test(name) && !name.split('/').some((part) => part.startsWith('.')))
    .sort();
  const tests: FlowTest[] = [];
  for (const path of names) {
    const text = await readFile(join(dir, path), 'utf8');
    tests.push(...readTests({ path, text }, set, problems));
  }
  return tests;
}
