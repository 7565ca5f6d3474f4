// Loaded into a controller under test by NODE_OPTIONS=--import: at SIGUSR2 it collects garbage and writes what memory and
// which handles it has into the file that STROWGER_TEST_PROBE names, as one JSON object.
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const file = process.env.STROWGER_TEST_PROBE;

if (file !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    const handles = {};
    for (const kind of process.getActiveResourcesInfo()) handles[kind] = (handles[kind] ?? 0) + 1;
    writeFileSync(`${file}.new`, JSON.stringify({ ...process.memoryUsage(), handles }));
    renameSync(`${file}.new`, file);
  });
}
