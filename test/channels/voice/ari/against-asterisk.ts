import assert from 'node:assert/strict';
import { parseAriAddress } from '../../../../src/channels/voice/ari/address.ts';
import { createAriClient } from '../../../../src/channels/voice/ari/client.ts';
import { AriError, type AriErrorCode } from '../../../../src/channels/voice/ari/error.ts';
import { ariSource } from '../../../../src/channels/voice/ari/generated.ts';
import { generateAri } from '../../../generate/ari.ts';

/**
 * What only a real Asterisk can show of the client. Each check throws when Asterisk does not do what the client is built on;
 * the system tests call them with the Asterisk that they run, at `http://user:password@host:port/ari`.
 */

const APP = 'strowger-check';
const EVENT_WAIT_MS = 5_000;

/** generated.ts agrees with the API description that this Asterisk serves. */
export async function checkGenerated(ariUrl: string): Promise<void> {
  const { secure, host, port, basePath, authorization } = parseAriAddress(ariUrl);
  const docs = `${secure ? 'https' : 'http'}://${host}:${port}${basePath}/api-docs`;
  const read = async (name: string): Promise<string> => {
    const response = await fetch(`${docs}/${name}`, { headers: { Authorization: authorization } });
    assert.equal(response.status, 200, name);
    return response.text();
  };
  const index = await read('resources.json');
  const files = new Map([['resources.json', index]]);
  for (const { path } of (JSON.parse(index) as { apis: { path: string }[] }).apis) {
    const name = path.replace('/api-docs/', '').replace('{format}', 'json');
    files.set(name, await read(name));
  }
  const made = /contentSha256: '(\w+)'/.exec(generateAri(files, ariSource.asteriskVersion))?.[1];
  assert.equal(made, ariSource.contentSha256, 'run the generator again for this Asterisk');
}

/** A channel is made, answered, found taken by a second one of its id, and hung up, with the events in their order. */
export async function checkChannel(ariUrl: string): Promise<void> {
  const channelId = `check-${process.pid}`;
  const seen: string[] = [];
  let wake: () => void = () => {};
  const client = createAriClient({
    url: ariUrl,
    app: APP,
    onState: () => {},
    onEvent(event) {
      if ('channel' in event && event.channel?.id === channelId) seen.push(event.type);
      wake();
    },
  });
  const until = (type: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The event did not come: ${type}`)), EVENT_WAIT_MS);
      wake = () => {
        if (!seen.includes(type)) return;
        clearTimeout(timer);
        resolve();
      };
      wake();
    });
  try {
    await client.connect();
    await client.setEventFilter(['ChannelDialplan']);
    const media = { app: APP, channelId, external_host: '127.0.0.1:9', format: 'ulaw' };
    const channel = await client.request('channels.externalMedia', { ...media, variables: { CHECK: 'a "b" é' } });
    assert.equal(channel.id, channelId);
    await until('StasisStart');
    await client.request('channels.answer', { channelId });
    const variable = await client.request('channels.getChannelVar', { channelId, variable: 'CHECK' });
    assert.equal(variable.value, 'a "b" é');
    const second = { app: APP, channelId, endpoint: 'Local/s@nowhere' };
    await fails('ari.conflict', client.request('channels.originateWithId', second));
    assert.ok((await client.request('channels.list', {})).some(({ id }) => id === channelId));
    await client.request('channels.hangup', { channelId });
    await until('StasisEnd');
    await fails('ari.not_found', client.request('channels.answer', { channelId }));
    await fails('ari.not_found', client.request('recordings.getStoredFile', { recordingName: channelId }));
    assert.equal(client.counters().strayAnswers, 0);
    assert.equal(client.counters().unknownEvents, 0);
  } finally {
    await client.request('channels.hangup', { channelId }).catch(() => {});
    await client.close();
  }
}

/** The second client of an application's name takes it; the first gives way and does not come back. */
export async function checkReplaced(ariUrl: string): Promise<void> {
  const states: string[] = [];
  const onEvent = (): void => {};
  const { promise: replaced, resolve } = withResolver();
  const first = createAriClient({
    url: ariUrl,
    app: APP,
    onEvent,
    onState(state) {
      states.push(state.kind);
      if (state.kind === 'replaced') resolve();
    },
  });
  const second = createAriClient({ url: ariUrl, app: APP, onEvent, onState: () => {} });
  try {
    await first.connect();
    await second.connect();
    await replaced;
    await fails('ari.replaced', first.request('asterisk.ping', {}));
    assert.equal((await second.request('asterisk.ping', {})).ping, 'pong');
    assert.deepEqual(states, ['connected', 'replaced']);
  } finally {
    await first.close();
    await second.close();
  }
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done, reject) => {
    const timer = setTimeout(() => reject(new Error('ApplicationReplaced did not come')), EVENT_WAIT_MS);
    resolve = () => {
      clearTimeout(timer);
      done();
    };
  });
  return { promise, resolve };
}

function fails(code: AriErrorCode, request: Promise<unknown>): Promise<void> {
  return assert.rejects(request, (error) => error instanceof AriError && error.code === code);
}
