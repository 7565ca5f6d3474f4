import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { watchFlowFolder } from '../../src/controller/flow-folder.ts';
import { until } from '../system/until.ts';

test('a file that is replaced by renaming is seen each time, in folders of the folder too', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'strowger-watch-'));
  let changes = 0;
  const stop = watchFlowFolder(dir, () => {
    changes += 1;
  });
  const isSeen = async (change: () => void): Promise<void> => {
    const before = changes;
    change();
    await until('the change is seen', async () => changes > before || undefined);
  };
  const replace = (name: string) => (): void => {
    writeFileSync(join(dir, '.new'), name);
    renameSync(join(dir, '.new'), join(dir, name));
  };
  try {
    for (let time = 0; time < 3; time += 1) await isSeen(replace('main.yaml'));
    await isSeen(() => mkdirSync(join(dir, 'more')));
    for (let time = 0; time < 3; time += 1) await isSeen(replace('more/sales.yaml'));
    await isSeen(() => rmSync(join(dir, 'more'), { recursive: true }));
    await isSeen(() => writeFileSync(join(dir, 'main.yaml'), 'written over'));
    assert.equal(changes >= 9, true);
  } finally {
    stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
