import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { checkExternalPostgres } from '../../src/supervisor/external-postgres.ts';
import { adoptPostgres, type PostgresPlan, startPostgres } from '../../src/supervisor/postgres.ts';
import { ensureSystemUser } from '../../src/supervisor/system-user.ts';
import { freePort } from './free-port.ts';

const dir = mkdtempSync(join(tmpdir(), 'strowger-pg-'));
// PostgreSQL's own user must be able to pass.
chmodSync(dir, 0o711);
after(() => rmSync(dir, { recursive: true, force: true }));

test('PostgreSQL keeps what was committed through a kill, and its files are closed to others', async (t) => {
  const home = join(dir, 'db');
  const plan: PostgresPlan = { home, port: await freePort(), password: 'first-password', user: ensureSystemUser() };
  const first = await startPostgres(plan);
  t.after(() => first.stop());
  const ask = async (sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: first.databaseUrl });
    await client.connect();
    return client.query(sql).then(
      async ({ rows }) => {
        await client.end();
        return rows;
      },
      async (error) => {
        await client.end();
        throw error;
      },
    );
  };
  assert.deepEqual(await ask('show synchronous_commit'), [{ synchronous_commit: 'on' }]);
  assert.deepEqual(await ask('show fsync'), [{ fsync: 'on' }]);
  await ask('create table kept (id int)');
  await ask('insert into kept values (7)');
  await first.kill();
  assert.ok(existsSync(join(home, 'data/postmaster.pid')), 'the kill left its pid file');
  // The pid meanwhile belongs to another program: this test.
  const stale = readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n');
  writeFileSync(join(home, 'data/postmaster.pid'), [process.pid, ...stale.slice(1)].join('\n'));
  const second = await startPostgres(plan);
  t.after(() => second.stop());
  assert.deepEqual(await ask('select id from kept'), [{ id: 7 }]);
  await checkExternalPostgres(second.databaseUrl);
  const away = (url: string, message: RegExp): Promise<void> =>
    assert.rejects(checkExternalPostgres(url), { code: 'start.database_away', message });
  await away(second.databaseUrl.replace('first-password', 'wrong'), /user or password/);
  await away(second.databaseUrl.replace(/strowger$/, 'none'), /no such database/);
  await away(second.databaseUrl.replace(`:${plan.port}/`, `:${await freePort()}/`), /nothing listens/);

  const adopted = await adoptPostgres(plan);
  assert.equal(adopted?.pid, second.pid);
  await assert.rejects(
    adoptPostgres({ ...plan, password: 'wrong' }).then(
      (found) => found ?? startPostgres({ ...plan, password: 'wrong' }),
    ),
    {
      code: 'postgres.password',
    },
  );
  await second.stop();
  await second.stop();
  assert.equal(await adoptPostgres(plan), undefined);
});
