import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { projectDir } from '../../src/config.ts';
import type { DryRunReport } from '../../src/controller/dry-run/dry-run-report.ts';
import { readFlowFolder } from '../../src/controller/flow-folder.ts';
import { openJournalReader } from '../../src/journal/reader.ts';
import type { Event } from '../../src/model/event.ts';
import { Dispatcher } from '../acd/dispatcher.ts';
import { startFixture } from '../journal/journal-fixture.ts';
import { freePort } from '../supervisor/free-port.ts';

const SITE = `numbers: { "100": main }
queues: { sales: {} }
agents:
  anna: { name: Anna, extension: "1001", queues: [sales] }
  ben: { name: Ben, extension: "1002", queues: [sales], skills: [german] }
`;
const FLOW = 'steps: { wait: { type: queue, queue: sales } }\n';

let fixture: Awaited<ReturnType<typeof startFixture>>;
const dir = mkdtempSync(join(tmpdir(), 'strowger-dry-run-'));
before(async () => {
  fixture = await startFixture(await freePort());
});
after(async () => {
  await fixture?.end();
  rmSync(dir, { recursive: true, force: true });
});

async function dryRun(
  databaseUrl: string,
  folder: string,
): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, STROWGER_DATA: join(dir, 'data') };
  const child = spawn(resolve(projectDir, 'bin/strowger'), ['dry-run', folder, '--json'], { env });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number];
  return { status, ...printed };
}

test('a dry run reads the journal that a controller writes, takes no lock, changes nothing and finds what would change', async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl });
  writeFileSync(join(dir, 'site.yaml'), SITE);
  writeFileSync(join(dir, 'main.yaml'), FLOW);
  const { set, problems } = await readFlowFolder(dir);
  assert.ok(set, JSON.stringify(problems));
  const day = new Dispatcher(set.site);
  day.nowMs = Date.now() - 3_600_000;
  const events: Event[] = [
    { kind: 'flows.loaded', atMs: day.nowMs, flows: set },
    { kind: 'door.agreed', atMs: day.nowMs, door: 'voice' },
  ];
  const take = (event: Event): void => void events.push(event, ...day.take(event));
  for (const agentId of ['anna', 'ben']) {
    take({ kind: 'phone.changed', atMs: day.nowMs, agentId, phone: 'idle' });
    take({ kind: 'agent.logged_in', atMs: day.nowMs++, agentId, by: 'api' });
  }
  take({
    kind: 'contact.queued',
    atMs: day.nowMs,
    contactId: 'c1',
    queueId: 'sales',
    priority: 0,
    skills: [],
    virtualStartMs: day.nowMs,
  });
  journal.append(events);
  await journal.flush();

  const same = await dryRun(databaseUrl, dir);
  assert.deepEqual([same.status, same.stderr], [0, '']);
  const unchanged = JSON.parse(same.stdout) as DryRunReport;
  assert.deepEqual([unchanged.events, unchanged.decisions, unchanged.changed], [events.length, 1, 0]);

  writeFileSync(join(dir, 'site.yaml'), SITE.replace('sales: {}', 'sales: { skills: [german] }'));
  const other = JSON.parse((await dryRun(databaseUrl, dir)).stdout) as DryRunReport;
  assert.deepEqual(
    other.changes.map(({ kind, text }) => [kind, text]),
    [['other_agent', 'c1 was offered to Anna; it would be offered to Ben. Anna lacks german at 1 (has none).']],
  );
  const lastSeq = journal.append([{ kind: 'controller.stopped', atMs: Date.now() }]);
  assert.equal(lastSeq, events.length + 1, 'the journal was written to by somebody else');
});

test('the reader finds places by time and by kind while the writer goes on', async () => {
  const databaseUrl = await fixture.newDatabase();
  const journal = await fixture.open({ databaseUrl });
  const reader = openJournalReader(databaseUrl);
  try {
    assert.equal(await reader.lastSeq(), 0);
    assert.equal(await reader.seqBefore(5), 0);
    const at = (atMs: number): Event => ({ kind: 'digit.received', atMs, contactId: 'c', digit: '1' });
    journal.append([at(10), at(20), { kind: 'controller.stopped', atMs: 30 }, at(40)]);
    await journal.flush();
    assert.deepEqual(await Promise.all([0, 10, 11, 20, 21, 40, 41].map(reader.seqBefore)), [0, 0, 1, 1, 2, 3, 4]);
    assert.deepEqual(
      [await reader.newestOf('controller.stopped', 4), await reader.newestOf('controller.stopped', 2)],
      [3, 0],
    );
    await journal.saveSnapshot({ seq: 2, atMs: 20, format: 7, state: {} });
    assert.equal((await reader.snapshotBefore(3, 7))?.seq, 2);
    assert.equal(await reader.snapshotBefore(2, 7), undefined);
    assert.equal(await reader.snapshotBefore(3, 8), undefined);
    const seen: number[] = [];
    await reader.replay(1, ({ seq }) => seen.push(seq), 3);
    assert.deepEqual(seen, [2, 3]);
  } finally {
    await reader.close();
  }
});
