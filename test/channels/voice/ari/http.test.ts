import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parseAriAddress } from '../../../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../../../src/channels/voice/ari/call.ts';
import { AriError, type AriErrorCode } from '../../../../src/channels/voice/ari/error.ts';
import { createHttpRequests, type HttpRequests } from '../../../../src/channels/voice/ari/http.ts';
import { type FakeAsterisk, startFakeAsterisk } from './fake-asterisk.ts';

let asterisk: FakeAsterisk;
let http: HttpRequests;

const list = encodeCall('channels.list', {});
const failsWith = (code: AriErrorCode) => (error: unknown) => error instanceof AriError && error.code === code;

beforeEach(async () => {
  asterisk = await startFakeAsterisk();
  http = createHttpRequests(parseAriAddress(asterisk.url), 100);
});

afterEach(async () => {
  http.close();
  await asterisk.close();
});

describe('ARI requests over HTTP', () => {
  it('use one connection for requests one after another', async () => {
    asterisk.onHttp = (_request, response) => response.end('[]');
    for (let n = 0; n < 5; n += 1) assert.deepEqual(await http.send(list), []);
    assert.equal(asterisk.connections(), 1);
  });

  it('open at most 32 connections, the rest waits its turn, and past 500 the answer is ari.busy', async () => {
    const held: ServerResponse[] = [];
    asterisk.onHttp = (_request, response) => {
      held.push(response);
      if (held.length < 32) return;
      for (const one of held) one.end('[]');
      asterisk.onHttp = (_, later) => later.end('[]');
    };
    http = createHttpRequests(parseAriAddress(asterisk.url), 5_000);
    const all = Array.from({ length: 500 }, () => http.send(list));
    await assert.rejects(http.send(list), failsWith('ari.busy'));
    assert.equal(http.inFlight(), 500);
    await Promise.all(all);
    assert.equal(asterisk.connections(), 32);
    assert.equal(http.inFlight(), 0);
  });

  it('fail with ari.timeout when the answer does not come, or does not end', async () => {
    asterisk.onHttp = () => {};
    await assert.rejects(http.send(list), failsWith('ari.timeout'));
    asterisk.onHttp = (_request, response) => response.writeHead(200).write('[');
    await assert.rejects(http.send(list), failsWith('ari.timeout'));
  });

  it('fail with ari.disconnected when the connection breaks in the answer, or cannot be made', async () => {
    asterisk.onHttp = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('[', () => response.destroy());
    };
    await assert.rejects(http.send(list), failsWith('ari.disconnected'));
    await asterisk.close();
    await assert.rejects(http.send(list), failsWith('ari.disconnected'));
  });

  it('fail with the code of the status, and with ari.unreadable when the body is not JSON', async () => {
    await assert.rejects(http.send(list), failsWith('ari.not_found'));
    asterisk.onHttp = (_request, response) => response.end('<html>');
    await assert.rejects(http.send(list), failsWith('ari.unreadable'));
  });

  it('fail with ari.closed after close, those that wait for a connection too', async () => {
    asterisk.onHttp = () => {};
    const all = Promise.allSettled(Array.from({ length: 40 }, () => http.send(list)));
    http.close();
    http.close();
    for (const one of await all) assert.ok(one.status === 'rejected' && failsWith('ari.closed')(one.reason));
  });
});
