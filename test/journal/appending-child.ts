import { openSync, writeSync } from 'node:fs';
import { openJournal } from '../../src/journal/open.ts';
import { digit, silent } from './journal-fixture.ts';

/** Appends one event after the other and writes each place to a file once `append` has returned, until it is killed. */
const [databaseUrl = '', spoolDir = '', acknowledged = ''] = process.argv.slice(2);
const fd = openSync(acknowledged, 'a');
const journal = await openJournal({ databaseUrl, spoolDir, log: silent, now: Date.now });

function appendSome(): void {
  for (let count = 0; count < 20; count += 1) writeSync(fd, `${journal.append([digit(Date.now())])}\n`);
  setImmediate(appendSome);
}
appendSome();
