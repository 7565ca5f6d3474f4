import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { readTemplates, requiredModules } from '../../src/supervisor/asterisk-config.ts';
import { checkExternalAsterisk } from '../../src/supervisor/external-asterisk.ts';
import { freePort } from './free-port.ts';

const needed = requiredModules(readTemplates().get('modules.conf') ?? '');
const running = needed.map((name) => ({ name, status: 'Running' }));

/** ARI as an Asterisk of this version and with these modules answers; its user is `u` with the password `p`. */
async function ari(t: TestContext, version: string, modules: readonly object[]): Promise<string> {
  const server = createServer((request, response) => {
    const right = request.headers.authorization === `Basic ${Buffer.from('u:p').toString('base64')}`;
    response.statusCode = right ? 200 : 401;
    response.end(JSON.stringify(request.url?.includes('/info') ? { system: { version } } : modules));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/ari`;
}

test('an external Asterisk that is new enough and runs every module is taken', async (t) => {
  assert.equal(await checkExternalAsterisk(await ari(t, '22.10.1+dfsg+~cs6.17.60671434-1', running)), '22.10.1');
});

test('an external Asterisk that is too old is refused with both versions', async (t) => {
  await assert.rejects(checkExternalAsterisk(await ari(t, '20.6.0~dfsg', running)), {
    code: 'asterisk.too_old',
    message: /20\.6\.0.*22\.10\.1/,
  });
});

test('modules that an external Asterisk lacks or does not run are named', async (t) => {
  const modules = running
    .filter(({ name }) => name !== 'res_ari.so')
    .map((one) => (one.name === 'app_stasis.so' ? { ...one, status: 'Not Running' } : one));
  await assert.rejects(checkExternalAsterisk(await ari(t, '22.11.0', modules)), (error: Error & { code: string }) => {
    assert.equal(error.code, 'asterisk.module_missing');
    assert.match(error.message, /res_ari\.so/);
    assert.match(error.message, /app_stasis\.so/);
    assert.doesNotMatch(error.message, /chan_pjsip\.so/);
    return true;
  });
});

test('a wrong password, a wrong port and an address that is not ARI are told apart', async (t) => {
  const url = await ari(t, '22.10.1', running);
  const refused = { code: 'start.asterisk_away' };
  await assert.rejects(checkExternalAsterisk(url.replace('u:p@', 'u:q@')), { ...refused, message: /user or password/ });
  const nobody = `http://u:p@127.0.0.1:${await freePort()}/ari`;
  await assert.rejects(checkExternalAsterisk(nobody), { ...refused, message: /does not answer at 127/ });
  await assert.rejects(checkExternalAsterisk(await ari(t, 'none', [])), { ...refused, message: /address of ARI/ });
});
