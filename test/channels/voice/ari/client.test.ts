import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import {
  type AriClient,
  type AriClientOptions,
  createAriClient,
  type UnknownAriEvent,
} from '../../../../src/channels/voice/ari/client.ts';
import { AriError, type AriErrorCode } from '../../../../src/channels/voice/ari/error.ts';
import type { AriEvent } from '../../../../src/channels/voice/ari/generated.ts';
import { REQUESTS_IN_FLIGHT_MAX } from '../../../../src/channels/voice/ari/requests.ts';
import type { AriState } from '../../../../src/channels/voice/ari/socket.ts';
import { type FakeAsterisk, responseText, startFakeAsterisk } from './fake-asterisk.ts';

const WAIT_MS = 3_000;

let asterisk: FakeAsterisk;
let client: AriClient;
let events: (AriEvent | UnknownAriEvent)[];
let states: AriState[];
let wake: () => void;

function create(extra: Partial<AriClientOptions> = {}): AriClient {
  return createAriClient({
    url: asterisk.url,
    app: 'strowger',
    onEvent(event) {
      events.push(event);
      wake();
    },
    onState(state) {
      states.push(state);
      wake();
    },
    ...extra,
  });
}

/** Resolves when the condition holds; looked at after each event and state, and after each upgrade and request that Asterisk got. */
function until(what: string, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not happen in time: ${what}`)), WAIT_MS);
    wake = () => {
      if (!condition()) return;
      clearTimeout(timer);
      resolve();
    };
    wake();
  });
}

const failsWith = (code: AriErrorCode) => (error: unknown) => error instanceof AriError && error.code === code;
const answers = (key: string, body: unknown) => () => ({ status: 200, body: { [key]: body } });
const kinds = () => states.map((state) => (state.kind === 'lost' ? state.code : state.kind));

beforeEach(async () => {
  events = [];
  states = [];
  wake = () => {};
  asterisk = await startFakeAsterisk();
  asterisk.onActivity = () => wake();
  client = create();
});

afterEach(async () => {
  await client.close();
  await asterisk.close();
});

describe('an ARI request', () => {
  beforeEach(() => client.connect());

  it('goes over the event socket, and its answer is the parsed body', async () => {
    asterisk.answer = answers('value', 'y');
    const result = await client.request('channels.getChannelVar', { channelId: 'a/b', variable: 'F(x)' });
    assert.deepEqual(result, { value: 'y' });
    assert.deepEqual(asterisk.requests, [
      { type: 'RESTRequest', request_id: '1', method: 'GET', uri: 'channels/a%2Fb/variable?variable=F(x)' },
    ]);
  });

  it('carries variables as a JSON body', async () => {
    await client.request('channels.setChannelVars', { channelId: 'c', variables: { A: '"1"' } });
    assert.equal(asterisk.requests[0]?.content_type, 'application/json');
    assert.equal(asterisk.requests[0]?.message_body, '{"variables":{"A":"\\"1\\""}}');
  });

  it('resolves with undefined when the operation has no answer', async () => {
    assert.equal(await client.request('channels.answer', { channelId: 'c' }), undefined);
  });

  const codes: [number, AriErrorCode][] = [
    [400, 'ari.refused'],
    [403, 'ari.unauthorized'],
    [404, 'ari.not_found'],
    [409, 'ari.conflict'],
    [412, 'ari.precondition'],
    [422, 'ari.unprocessable'],
    [500, 'ari.failed'],
  ];
  for (const [status, code] of codes) {
    it(`fails with ${code} on status ${status} and keeps what Asterisk said out of the message`, async () => {
      asterisk.answer = () => ({ status, body: { message: 'about 0612345678' } });
      const error = await client.request('channels.answer', { channelId: 'secret' }).catch((e: unknown) => e);
      assert.ok(error instanceof AriError);
      assert.deepEqual([error.code, error.status, error.operation], [code, status, 'channels.answer']);
      assert.equal(error.body, '{"message":"about 0612345678"}');
      assert.doesNotMatch(error.message, /0612345678|secret/);
    });
  }

  it('fails with ari.timeout when no answer comes, and the late answer is counted and passed over', async () => {
    await client.close();
    client = create({ requestTimeoutMs: 20 });
    await client.connect();
    asterisk.answer = () => undefined;
    await assert.rejects(client.request('channels.answer', { channelId: 'c' }), failsWith('ari.timeout'));
    asterisk.send(responseText('1', { status: 204 }));
    asterisk.answer = () => ({ status: 204 });
    await client.request('channels.answer', { channelId: 'd' });
    assert.equal(client.counters().strayAnswers, 1);
    assert.equal(client.counters().inFlight, 0);
  });

  it('fails with ari.unreadable when the body is not JSON', async () => {
    asterisk.answer = () => undefined;
    const waiting = client.request('channels.get', { channelId: 'c' });
    asterisk.send('{"type":"RESTResponse","request_id":"1","status_code":200,"message_body":"<html>"}');
    await assert.rejects(waiting, failsWith('ari.unreadable'));
  });

  it('fails with ari.busy when too many are in flight', async () => {
    asterisk.answer = () => undefined;
    const pings = Array.from({ length: REQUESTS_IN_FLIGHT_MAX }, () => client.request('asterisk.ping', {}));
    const all = Promise.allSettled(pings);
    await assert.rejects(client.request('asterisk.ping', {}), failsWith('ari.busy'));
    assert.equal(client.counters().inFlight, REQUESTS_IN_FLIGHT_MAX);
    await client.close();
    for (const one of await all) assert.equal(one.status, 'rejected');
  });

  it('fails with ari.too_large before Asterisk would close the socket over it', async () => {
    const variables = { A: 'é'.repeat(33_000) };
    const sent = client.request('channels.setChannelVars', { channelId: 'c', variables });
    await assert.rejects(sent, failsWith('ari.too_large'));
    await client.request('channels.setChannelVars', { channelId: 'c', variables: { A: 'e'.repeat(60_000) } });
    assert.deepEqual(kinds(), ['connected']);
  });

  it('sets the event filter over HTTP, and empties the list of allowed events that would eat our answers', async () => {
    let seen = '';
    asterisk.onHttp = async (request, response) => {
      seen = `${request.method} ${request.url} ${Buffer.concat(await request.toArray())}`;
      response.end('{}');
    };
    await client.setEventFilter(['ChannelVarset', 'Dial']);
    const filter = { allowed: [], disallowed: [{ type: 'ChannelVarset' }, { type: 'Dial' }] };
    assert.equal(seen, `PUT /ari/applications/strowger/eventFilter ${JSON.stringify(filter)}`);
  });

  it('goes over HTTP when the answer is a listing or binary', async () => {
    const seen: unknown[] = [];
    asterisk.onHttp = (request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.end(request.url?.endsWith('/file') ? Buffer.from([0, 255]) : '[{"id":"b1"}]');
    };
    const [bridge] = await client.request('bridges.list', {});
    const file = await client.request('recordings.getStoredFile', { recordingName: 'x y' });
    assert.equal(bridge?.id, 'b1');
    assert.deepEqual([...file], [0, 255]);
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    assert.deepEqual(seen, [
      ['GET', '/ari/bridges', authorization],
      ['GET', '/ari/recordings/stored/x%20y/file', authorization],
    ]);
    assert.equal(asterisk.requests.length, 0);
  });

  it('goes over the socket when the listing is known to be short', async () => {
    asterisk.answer = () => ({ status: 200, body: [{ id: 'b1' }] });
    assert.equal((await client.requestShort('bridges.list', {}))[0]?.id, 'b1');
    assert.deepEqual(
      asterisk.requests.map(({ uri }) => uri),
      ['bridges'],
    );
  });
});

describe('what Asterisk sends unasked', () => {
  beforeEach(() => client.connect());

  it('is handed on in order, and a type that nobody knows comes as unknown', async () => {
    asterisk.send('{"type":"StasisStart","args":["a"],"channel":{"id":"c"}}');
    asterisk.send('{"type":"ChannelTeleported","to":"Mars"}');
    asterisk.send('{"type":"StasisEnd","channel":{"id":"c"}}');
    await until('three events', () => events.length === 3);
    assert.deepEqual(
      events.map((event) => event.type),
      ['StasisStart', 'unknown', 'StasisEnd'],
    );
    assert.deepEqual(events[1], { type: 'unknown', received: { type: 'ChannelTeleported', to: 'Mars' } });
  });

  it('does no harm when it is not JSON, no object, without a type or an answer to nothing', async () => {
    const nothing = ['<html>', '', 'null', '7', '[]', '{}', '{"type":7}', '{"type":"RESTResponse"}'];
    for (const text of nothing) asterisk.send(text);
    asterisk.send(responseText('', { status: 400 }));
    asterisk.send('{"type":"StasisEnd"}');
    await until('the event after them', () => events.length === 1);
    const { events: count, unreadable, strayAnswers } = client.counters();
    assert.deepEqual({ count, unreadable, strayAnswers }, { count: 1, unreadable: 7, strayAnswers: 2 });
    assert.deepEqual(kinds(), ['connected']);
  });
});

describe('the connection', () => {
  it('shows its credentials in the header and not in the URL', async () => {
    await client.connect();
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    assert.deepEqual(asterisk.upgrades, [{ url: '/ari/events?app=strowger', authorization }]);
  });

  it('fails what is in flight when it is cut, comes back by itself, and works again', async () => {
    await client.connect();
    asterisk.answer = () => undefined;
    const inFlight = [1, 2, 3].map((n) => client.request('channels.answer', { channelId: `c${n}` }));
    await until('the requests are there', () => asterisk.requests.length === 3);
    asterisk.cut();
    for (const one of inFlight) await assert.rejects(one, failsWith('ari.disconnected'));
    await assert.rejects(client.request('asterisk.ping', {}), failsWith('ari.disconnected'));
    await until('connected again', () => states.length === 3);
    assert.deepEqual(kinds(), ['connected', 'ari.disconnected', 'connected']);
    asterisk.answer = answers('ping', 'pong');
    assert.equal((await client.request('asterisk.ping', {})).ping, 'pong');
  });

  it('waits for an Asterisk that refuses, tells each reason once, and resolves when it opens', async () => {
    asterisk.upgradeStatus = 401;
    const connected = client.connect();
    await until('the third attempt', () => asterisk.upgrades.length === 3);
    asterisk.upgradeStatus = 503;
    await until('the other reason is told', () => kinds().includes('ari.refused'));
    asterisk.upgradeStatus = 101;
    await connected;
    assert.deepEqual(kinds(), ['ari.unauthorized', 'ari.refused', 'connected']);
  });

  it('gives way when another program takes the application, and takes it back when asked', async () => {
    await client.connect();
    asterisk.answer = () => undefined;
    const inFlight = client.request('channels.answer', { channelId: 'c' });
    asterisk.send('{"type":"ApplicationReplaced","application":"strowger"}');
    await assert.rejects(inFlight, failsWith('ari.replaced'));
    await assert.rejects(client.request('asterisk.ping', {}), failsWith('ari.replaced'));
    assert.equal(asterisk.upgrades.length, 1);
    await client.connect();
    assert.equal(asterisk.upgrades.length, 2);
    assert.equal(kinds().at(-1), 'connected');
    assert.equal(kinds()[1], 'replaced');
  });

  it('fails what is in flight with ari.closed, and may be closed twice', async () => {
    await client.connect();
    asterisk.answer = () => undefined;
    asterisk.onHttp = () => {};
    const overSocket = client.request('channels.answer', { channelId: 'c' });
    const overHttp = client.request('channels.list', {});
    const both = [
      assert.rejects(overSocket, failsWith('ari.closed')),
      assert.rejects(overHttp, failsWith('ari.closed')),
    ];
    await Promise.all([client.close(), client.close(), ...both]);
    await client.close();
    await assert.rejects(client.request('asterisk.ping', {}), failsWith('ari.closed'));
    await assert.rejects(client.request('channels.list', {}), failsWith('ari.closed'));
    await assert.rejects(client.connect(), failsWith('ari.closed'));
  });

  it('can be closed while it waits for the first connection', async () => {
    asterisk.upgradeStatus = 503;
    const connected = client.connect();
    const refused = assert.rejects(connected, failsWith('ari.closed'));
    await until('the first refusal', () => states.length === 1);
    await client.close();
    await refused;
  });
});

describe('a connection that has gone silent', () => {
  before(() => mock.timers.enable({ apis: ['setInterval'] }));
  after(() => mock.timers.reset());

  it('is ended after two pings without an answer, and kept while answers come', async () => {
    await client.connect();
    asterisk.answersPings = false;
    mock.timers.tick(5_000);
    mock.timers.tick(5_000);
    asterisk.send('{"type":"StasisEnd"}');
    await until('a sign of life', () => events.length === 1);
    mock.timers.tick(5_000);
    mock.timers.tick(5_000);
    asterisk.send('{"type":"StasisEnd"}');
    await until('another one', () => events.length === 2);
    assert.deepEqual(kinds(), ['connected']);
    for (let ping = 0; ping < 3; ping += 1) mock.timers.tick(5_000);
    await until('connected again', () => states.length === 3);
    assert.deepEqual(kinds(), ['connected', 'ari.disconnected', 'connected']);
  });
});

describe('the process', () => {
  it('hears of a mistake in a listener, hears later events too, and ends by itself after close', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', childScript()], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: WAIT_MS,
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('connected')) asterisk.send('{"type":"StasisStart"}');
      asterisk.send('{"type":"StasisEnd"}');
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    assert.match(said, /uncaught: mistake\n.*later event\nclosed\n$/s);
  });
});

function childScript(): string {
  const module = new URL('../../../../src/channels/voice/ari/client.ts', import.meta.url).href;
  return `
    import { createAriClient } from ${JSON.stringify(module)};
    process.on('uncaughtException', (error) => console.log('uncaught: ' + error.message));
    let events = 0;
    const client = createAriClient({
      url: ${JSON.stringify(asterisk.url)},
      app: 'child',
      onState: (state) => console.log(state.kind),
      onEvent() {
        events += 1;
        if (events === 1) throw new Error('mistake');
        if (events === 2) client.close().then(() => console.log('later event\\nclosed'));
      },
    });
    await client.connect();
  `;
}
